"""An e-mail address."""

from formgen.codes import Code
from formgen.model.forms.field_type import FieldType, PdfControl, Value, WebControl

EMAIL = FieldType(
    name="email",
    paper="text",
    pdf=PdfControl("line"),
    web=WebControl("input", "email"),
    value=Value(
        pattern=r"[^\s@,;:<>()\[\]\"\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
        problem=(Code.BAD_EMAIL, "is no e-mail address.", "write it like name@example.org."),
        longest=254,
    ),
)
