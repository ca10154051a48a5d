"""Numbered steps from least to most, of which one is ringed."""

from formgen.model.forms.field_type import Cell, FieldType, PdfControl, WebControl

SCALE = FieldType(
    name="scale",
    paper="scale",
    pdf=PdfControl("radio buttons", mark="ring"),
    web=WebControl("steps", "radio"),
    cell=Cell(WebControl("steps", "radio")),
    has_choices=True,
    is_rated=True,
)
