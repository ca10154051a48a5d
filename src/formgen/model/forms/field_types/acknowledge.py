"""One box before a sentence that one agrees to."""

from formgen.model.forms.field_type import FieldType, PdfControl, WebControl

ACKNOWLEDGE = FieldType(
    name="acknowledge",
    paper="acknowledge",
    pdf=PdfControl("one box"),
    web=WebControl("one_choice", "checkbox"),
)
