"""The first letters of a name, in a small box."""

from formgen.model.forms.field_type import Cell, FieldType, PdfControl, Value, WebControl

INITIALS = FieldType(
    name="initials",
    paper="initials",
    pdf=PdfControl("line"),
    web=WebControl("input"),
    value=Value(longest=6),
    cell=Cell(WebControl("input")),
)
