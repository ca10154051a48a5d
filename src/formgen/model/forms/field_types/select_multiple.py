"""A question with answers of which any number is ticked."""

from formgen.model.forms.field_types.base import FieldType, PdfControl, WebControl

SELECT_MULTIPLE = FieldType(
    name="select_multiple",
    paper="select_multiple",
    pdf=PdfControl("check boxes"),
    web=WebControl("choices", "checkbox"),
    has_choices=True,
)
