"""An answer that takes several lines; how many, the form says."""

from formgen.model.forms.field_type import FieldType, PdfControl, Value, WebControl

MULTILINE = FieldType(
    name="multiline",
    paper="multiline",
    pdf=PdfControl("lines"),
    web=WebControl("textarea"),
    value=Value(takes_lines=True),
)
