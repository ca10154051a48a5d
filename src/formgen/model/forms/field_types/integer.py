"""A whole number."""

from formgen.model.forms.field_type import Cell, FieldType, PdfControl, Value, WebControl

INTEGER = FieldType(
    name="integer",
    paper="text",
    pdf=PdfControl("line"),
    web=WebControl("input", digits=True),
    value=Value(takes_comb=True, is_number=True, longest=12),
    format="integer_format",
    cell=Cell(WebControl("input", digits=True)),
)
