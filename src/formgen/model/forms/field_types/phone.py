"""A telephone number."""

from formgen.codes import Code
from formgen.model.forms.field_types.base import FieldType, PdfControl, Value, WebControl

PHONE = FieldType(
    name="phone",
    paper="text",
    pdf=PdfControl("line"),
    web=WebControl("input", "tel"),
    value=Value(
        pattern=r"(?i)[+(]?\d[\d\s().,/-]*((ext\.?|x|#)\s*\d+)?",
        problem=(Code.BAD_PHONE, "is no telephone number.", "write digits, like 555-0142."),
        longest=40,
    ),
)
