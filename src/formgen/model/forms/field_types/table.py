"""Rows of cells to write in, below the heads of their columns."""

from formgen.model.forms.field_type import FieldType, PdfControl, WebControl

TABLE = FieldType(
    name="table",
    paper="table",
    pdf=PdfControl("cells"),
    web=WebControl("cells"),
    has_columns=True,
)
