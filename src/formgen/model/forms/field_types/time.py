"""A time of day."""

from formgen.model.forms.field_type import Cell, FieldType, PdfControl, Value, WebControl

TIME = FieldType(
    name="time",
    paper="text",
    pdf=PdfControl("line"),
    web=WebControl("input", "time"),
    value=Value(longest=20),
    format="time_format",
    cell=Cell(WebControl("input", "time")),
)
