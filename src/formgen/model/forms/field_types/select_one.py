"""A question with answers of which one is chosen."""

from formgen.model.forms.field_types.base import FieldType, PdfControl, WebControl

SELECT_ONE = FieldType(
    name="select_one",
    paper="select_one",
    pdf=PdfControl("radio buttons", mark="dot"),
    web=WebControl("choices", "radio"),
    has_choices=True,
)
