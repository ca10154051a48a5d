"""Typeset: HTML to PDF, a pure function of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formgen.model.page_format import Edition
from formgen.pdf.engine.render import PageFacts, render
from formgen.pdf.sheet import Sheet, Typeset

if TYPE_CHECKING:
    from formgen.pdf.engine.objects import PDF


def typeset(sheet: Sheet) -> Typeset:
    """Return the PDFs of a sheet. The process must use our fonts (`fonts.use_only`).

    Raises PdfError if there is none.
    """
    from formgen.pdf.passes.table import PASSES, PassInput

    def change(pdf: PDF, page: PageFacts, edition: Edition) -> None:
        given = PassInput(sheet, page, edition)
        for each in PASSES:
            each.run(pdf, given)

    made = render(sheet, change)
    if not sheet.copies:
        return Typeset(made.files, made.pages, made.defects, lacking=made.lacking)
    from formgen.pdf.files.split import split, with_backs

    ((edition, whole),) = made.files.items()
    files = zip(made.cuts, split(whole, made.cuts), strict=True)
    copies = tuple(Typeset({edition: file}, cut.end - cut.first) for cut, file in files)
    pdf, pages = with_backs(whole, made.cuts) if sheet.backs else (whole, made.pages)
    return Typeset({edition: pdf}, pages, made.defects, copies)
