"""A few words on one line."""

from formgen.model.forms.field_type import Cell, FieldType, PdfControl, Value, WebControl

TEXT = FieldType(
    name="text",
    paper="text",
    pdf=PdfControl("line"),
    web=WebControl("input"),
    value=Value(takes_lines=True, takes_comb=True),
    cell=Cell(WebControl("textarea")),
)
