"""Make a new file of pages that are only printed: what they look like is kept, and no more.

It has no tags, links or fields, so it says no more than it keeps: PDF/A-2b.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

import pikepdf

from formgen.codes import Code
from formgen.pdf.files.save import pdf_bytes
from formgen.pdf.sheet import PdfError
from formgen.pdf.xmp import xmp_packet


class Plain:
    """A new file, and the pages of another one as pictures to be placed in it."""

    def __init__(self, source: pikepdf.Pdf, pdf: pikepdf.Pdf) -> None:
        """Place the pages of one file into the other."""
        self._pdf = pdf
        # Each page's picture, and its width and height as it is read.
        self.pictures: list[tuple[pikepdf.Object, float, float]] = []
        for page in source.pages:
            picture = pdf.copy_foreign(page.as_form_xobject())
            box = [float(each) for each in page.trimbox]
            width, height = box[2] - box[0], box[3] - box[1]
            if int(page.obj.get("/Rotate", 0)) % 180:
                width, height = height, width
            self.pictures.append((picture, width, height))

    def add_page(
        self, width: float, height: float, drawn: str, pictures: dict[str, int]
    ) -> pikepdf.Object:
        """Add a page on which the pictures with these names and numbers are drawn; return it."""
        named = {f"/{name}": self.pictures[number][0] for name, number in pictures.items()}
        page = self._pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=pikepdf.Array([0, 0, number(width), number(height)]),
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(named)),
                Contents=pikepdf.Stream(self._pdf, drawn.encode("ascii")),
            )
        )
        self._pdf.pages.append(pikepdf.Page(page))
        return page

    def box(self, page: pikepdf.Object, name: str, box: tuple[float, float, float, float]) -> None:
        """Give a page a box."""
        page[f"/{name}"] = pikepdf.Array([number(each) for each in box])


@contextlib.contextmanager
def plain_copy(pdf: bytes) -> Iterator[tuple[Plain, io.BytesIO]]:
    """Yield what makes a new file of a file's pages, and where it is when that is done.

    Raises PdfError for a file that is filled in: its fields would be lost.
    """
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as new:
        if "/AcroForm" in source.Root and source.Root.AcroForm.get("/Fields"):
            message = "it has fields, and a file that is only printed can have none."
            raise PdfError(Code.HAS_FIELDS, message, "take the variant to print.")
        yield Plain(source, new), made
        _describe(source, new)
        made.write(pdf_bytes(new))


def number(value: float) -> float:
    """Return a number as PDF writes it, to a thousandth of a point."""
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _describe(source: pikepdf.Pdf, new: pikepdf.Pdf) -> None:
    """Say what the new file is, and how its colours are meant, as the old one says it."""
    title = str(source.docinfo.get("/Title", ""))
    producer = str(source.docinfo.get("/Producer", ""))
    language = str(source.Root.get("/Lang", ""))
    packet = xmp_packet(title=title, language=language, producer=producer, tagged=False)
    stream = pikepdf.Stream(new, packet)
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.Metadata, pikepdf.Name.XML
    new.Root.Metadata = stream
    new.Root.OutputIntents = pikepdf.Array(
        [new.copy_foreign(new_intent(source, intent)) for intent in source.Root.OutputIntents]
    )
    if language:
        new.Root.Lang = pikepdf.String(language)
    new.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    for key, text in (("/Title", title), ("/Producer", producer)):
        if text:
            new.docinfo[key] = pikepdf.String(text)


def new_intent(source: pikepdf.Pdf, intent: pikepdf.Object) -> pikepdf.Object:
    """Return an output intent that can be copied: qpdf copies objects that are referred to."""
    return intent if intent.is_indirect else source.make_indirect(intent)
