"""Something to read among the fields."""

from formgen.model.forms.field_type import FieldType, PdfControl, WebControl

NOTE = FieldType(
    name="note",
    paper="note",
    pdf=PdfControl("nothing"),
    web=WebControl("words"),
    is_read=True,
)
