"""A question with answers of which several may be chosen."""

from formgen.model.forms.field_type import Cell, FieldType, PdfControl, WebControl

SELECT_MULTIPLE = FieldType(
    name="select_multiple",
    paper="select_multiple",
    pdf=PdfControl("check boxes"),
    web=WebControl("choices", "checkbox"),
    cell=Cell(WebControl("choices", "checkbox")),
    has_choices=True,
)
