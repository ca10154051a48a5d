"""Typeset: HTML to PDF, a pure function of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formgen.pdf.engine.render import PageFacts, render
from formgen.pdf.sheet import Sheet, Typeset

if TYPE_CHECKING:
    from formgen.pdf.engine.objects import PDF


def typeset(sheet: Sheet) -> Typeset:
    """Return the PDF of a sheet. The process must use our fonts (`fonts.use_only`).

    Raises PdfError.
    """
    from formgen.pdf.passes.table import PASSES, PassInput

    def change(pdf: PDF, page: PageFacts) -> None:
        given = PassInput(sheet, page)
        for each in PASSES:
            each.run(pdf, given)

    made = render(sheet, change)
    if not sheet.copies:
        return Typeset(made.pdf, made.pages, made.defects)
    from formgen.pdf.files.split import split, with_backs

    files = zip(made.cuts, split(made.pdf, made.cuts), strict=True)
    copies = tuple(Typeset(file, cut.end - cut.first) for cut, file in files)
    pdf, pages = with_backs(made.pdf, made.cuts) if sheet.backs else (made.pdf, made.pages)
    return Typeset(pdf, pages, made.defects, copies)
