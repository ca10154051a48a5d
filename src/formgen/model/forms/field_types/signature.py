"""A line to sign on."""

from formgen.model.forms.field_type import FieldType, PdfControl, WebControl

SIGNATURE = FieldType(
    name="signature",
    paper="signature",
    pdf=PdfControl("signature line"),
    web=WebControl("signature"),
    is_signed=True,
)
