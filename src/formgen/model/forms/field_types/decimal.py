"""A number with a fraction, such as an amount of money."""

from formgen.model.forms.field_type import Cell, FieldType, PdfControl, Value, WebControl

DECIMAL = FieldType(
    name="decimal",
    paper="text",
    pdf=PdfControl("line"),
    web=WebControl("input", decimals=True),
    value=Value(is_number=True, longest=16),
    format="decimal_format",
    cell=Cell(WebControl("input", decimals=True)),
)
