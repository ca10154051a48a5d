"""Lay a sheet out with WeasyPrint, and let its file be changed before it is written."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from formgen.model.page_format import Edition
from formgen.pdf.engine.caches.line_cache import forget_lines
from formgen.pdf.engine.copy_pages import cuts_of
from formgen.pdf.engine.editions import shown_in
from formgen.pdf.engine.margin_column import arrange_margin, has_margin
from formgen.pdf.engine.messages import cut_off_picture, defect_of, listening, refused_file
from formgen.pdf.engine.overruns import overruns
from formgen.pdf.engine.page_balance import balance_pages
from formgen.pdf.engine.page_fill import fill_pages
from formgen.pdf.engine.style_sheets import BASE, Styles, count_fonts, styles_for
from formgen.pdf.sheet import Cut, Defect, PdfError, Sheet

if TYPE_CHECKING:
    import weasyprint

    from formgen.pdf.engine.fetcher import PageFetcher
    from formgen.pdf.engine.objects import PDF

# Of the standards that WeasyPrint knows, the one whose rules all files keep.
VARIANT = "pdf/a-2a"


@dataclass(frozen=True)
class PageFacts:
    """What a page that was laid out says of itself, and what laid it out."""

    title: str
    language: str
    producer: str


@dataclass(frozen=True)
class Rendered:
    """PDFs, their number of pages, where their copies lie, and what was passed over."""

    # By what each is written as.
    files: Mapping[str, bytes]
    pages: int
    cuts: tuple[Cut, ...]
    defects: tuple[Defect, ...]
    # Why there is no file of an edition.
    lacking: Mapping[str, Defect]


# Changes the objects of a file before they are written.
Change = Callable[["PDF", PageFacts, Edition], None]


def render(sheet: Sheet, change: Change) -> Rendered:
    """Return the PDFs of a sheet. The process must use our fonts (`fonts.use_only`).

    Raises PdfError if there is none.
    """
    try:
        rendered = _render(sheet, change)
    finally:
        if sheet.personal:
            forget_lines()
    if count_fonts((*sheet.styles, sheet.html)):
        # What WeasyPrint wrote of them for Fontconfig is removed with its last object.
        gc.collect()
    return rendered


def _render(sheet: Sheet, change: Change) -> Rendered:
    from formgen.pdf.engine.fetcher import PageFetcher

    fetcher = PageFetcher(sheet.assets)
    styles = styles_for(sheet.styles, sheet.html)
    files: dict[str, bytes] = {}
    lacking: dict[str, Defect] = {}
    with listening() as messages:
        document, root = _lay_out(sheet, styles, fetcher)
        if has_margin(sheet.html):
            arrange_margin(document)
        balance_pages(document)
        fill_pages(document)
        for edition in sheet.editions:
            try:
                files[edition] = _write(document, sheet, change, edition)
            except PdfError as problem:
                if len(sheet.editions) == 1:
                    raise
                lacking[edition] = Defect(problem.code, problem.message, problem.fix)
    found = (
        *map(refused_file, (*styles.refused, *fetcher.refused)),
        *map(cut_off_picture, fetcher.truncated),
        *map(defect_of, (*styles.messages, *messages)),
    )
    cuts = tuple(cuts_of(document, sheet.copies))
    long = overruns(document, root, cuts, fits_one_page=sheet.fits_one_page)
    defects = tuple(dict.fromkeys(defect for defect in (*found, *long) if defect is not None))
    return Rendered(files, len(document.pages), cuts, defects, lacking)


def _lay_out(sheet: Sheet, styles: Styles, fetcher: PageFetcher) -> tuple[weasyprint.Document, Any]:
    """Return a sheet whose boxes all have their places, and the element that it was made of."""
    import weasyprint

    html = weasyprint.HTML(string=sheet.html, base_url=BASE, url_fetcher=fetcher)
    document = html.render(
        stylesheets=list(styles.css),
        font_config=styles.fonts,
        pdf_variant=VARIANT,
        # What shows none of them has the same places.
        pdf_forms=True,
    )
    return document, html.etree_element


def _write(document: weasyprint.Document, sheet: Sheet, change: Change, edition: Edition) -> bytes:
    """Return what was laid out as a file. Raises PdfError."""
    import weasyprint

    producer = f"WeasyPrint {weasyprint.VERSION}"

    def finish(document: weasyprint.Document, pdf: PDF) -> None:
        about = document.metadata
        change(pdf, PageFacts(about.title or "", about.lang or "", producer), edition)

    with shown_in(edition, document) as shown:
        pdf: bytes = shown.write_pdf(zoom=sheet.zoom, finisher=finish, pdf_variant=VARIANT)
    return pdf
