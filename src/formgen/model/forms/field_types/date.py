"""A day."""

from formgen.codes import Code
from formgen.model.forms.field_type import Cell, FieldType, PdfControl, Value, WebControl

DATE = FieldType(
    name="date",
    paper="text",
    pdf=PdfControl("line"),
    web=WebControl("input", "date"),
    value=Value(
        is_day=True,
        problem=(Code.BAD_DATE, "is no date.", "write it like 2026-10-05."),
        longest=30,
    ),
    format="date_format",
    cell=Cell(WebControl("input", "date"), shows_format=True),
)
