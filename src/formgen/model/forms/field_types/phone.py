"""A telephone number."""

from formgen.codes import Code
from formgen.model.forms.field_type import FieldType, PdfControl, Value, WebControl

PHONE = FieldType(
    name="phone",
    paper="text",
    pdf=PdfControl("line"),
    web=WebControl("input", "tel"),
    value=Value(
        # With a word such as «cell» before or behind it, or as an extension alone.
        pattern=(
            r"(?i)(?=(\D*\d){3})([a-z]{1,6}[.:]?\s*)?"
            r"([+(]?\d[\d\s().,/-]*((extension|ext\.?|x|#)\s*\d+)?|(ext(ension|n)?\.?|x|#)\s*\d+)"
            r"(\s*[(,/-]*\s*[a-z]{1,6}\)?)?"
        ),
        problem=(
            Code.BAD_PHONE,
            "is no telephone number.",
            "write digits, like 555-0142 or x4411.",
        ),
        longest=40,
    ),
)
