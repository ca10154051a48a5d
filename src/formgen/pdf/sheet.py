"""What typesetting is given and what it returns: sheets, PDFs, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from formgen.codes import Code
from formgen.model.copies import Copy
from formgen.model.forms.acroform import AcroForm
from formgen.model.page_format import Edition


@dataclass(frozen=True)
class Sheet:
    """All that typesetting one document needs; two equal sheets make the same bytes."""

    html: str
    styles: tuple[str, ...] = ()
    assets: Mapping[str, bytes] = field(default_factory=dict)
    # The fields of its fillable file.
    form: AcroForm | None = None
    # What the HTML holds instead of one document: a copy for each person.
    copies: tuple[Copy, ...] = ()
    # Blank backs are put in, so that each of them starts on a front side.
    backs: bool = False
    # How many times as large as laid out it comes onto the paper.
    zoom: float = 1.0
    # Whatever it says has to fit on one page, of each copy.
    fits_one_page: bool = False
    # Made for a person: what it becomes is kept nowhere but in the kit.
    personal: bool = False
    # What its one layout is written as; a sheet of copies is written but once.
    editions: tuple[Edition, ...] = ("print",)

    @property
    def forms(self) -> tuple[AcroForm, ...]:
        """Return the forms that its fields belong to."""
        forms = (self.form, *(copy.form for copy in self.copies))
        return tuple(form for form in forms if form is not None)


@dataclass(frozen=True)
class Cut:
    """Where a copy lies: its first page, counted from nought, and the page after its last."""

    first: int
    end: int
    # Its root field, and what that is called when it stands alone.
    root: str = ""
    field: str = ""


@dataclass(frozen=True)
class Defect:
    """Something that was passed over while a PDF was made, as a code, a message and a remedy."""

    code: Code
    message: str
    fix: str


@dataclass(frozen=True)
class Typeset:
    """The PDFs of a sheet, its number of pages, and what was passed over while they were made."""

    # By what each is written as.
    files: Mapping[str, bytes]
    pages: int
    defects: tuple[Defect, ...] = ()
    # Of a sheet of copies, a file for each.
    copies: tuple[Typeset, ...] = ()
    # Why there is no file of an edition.
    lacking: Mapping[str, Defect] = field(default_factory=dict)

    @property
    def pdf(self) -> bytes:
        """Return the one file of a sheet that is written once."""
        (pdf,) = self.files.values()
        return pdf


class PdfError(Exception):
    """A PDF cannot be made of what was given: code, message, remedy."""

    def __init__(self, code: Code, message: str, fix: str) -> None:
        """Keep the parts of the finding that it becomes."""
        # All of them, so that it survives the way out of a worker.
        super().__init__(code, message, fix)
        self.code, self.message, self.fix = code, message, fix
