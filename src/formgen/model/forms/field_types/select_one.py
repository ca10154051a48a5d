"""A question with answers of which one is chosen."""

from dataclasses import replace

from formgen.model.forms.field_type import Cell, FieldType, PdfControl, WebControl

_SIDE_BY_SIDE = FieldType(
    name="select_one",
    paper="select_one",
    pdf=PdfControl("radio buttons", mark="dot"),
    web=WebControl("choices", "radio"),
    cell=Cell(WebControl("choices", "radio")),
    has_choices=True,
)
# On paper a line to write on.
_LIST = replace(
    _SIDE_BY_SIDE,
    paper="text",
    pdf=PdfControl("drop-down list"),
    web=WebControl("drop_down"),
    cell=Cell(WebControl("drop_down")),
)
SELECT_ONE = replace(_SIDE_BY_SIDE, minimal=_LIST)
