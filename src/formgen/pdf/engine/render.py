"""Lay a sheet out with WeasyPrint, and let its file be changed before it is written."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formgen.pdf.engine.copy_pages import cuts_of
from formgen.pdf.engine.line_cache import forget_lines
from formgen.pdf.engine.messages import cut_off_picture, defect_of, listening, refused_file
from formgen.pdf.engine.overruns import overruns
from formgen.pdf.engine.style_sheets import BASE, count_fonts, styles_for
from formgen.pdf.sheet import Cut, Defect, Sheet

if TYPE_CHECKING:
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
    """A PDF, its number of pages, where its copies lie, and what was passed over."""

    pdf: bytes
    pages: int
    cuts: tuple[Cut, ...]
    defects: tuple[Defect, ...]


# Changes the objects of a file before they are written.
Change = Callable[["PDF", PageFacts], None]


def render(sheet: Sheet, change: Change) -> Rendered:
    """Return the PDF of a sheet. The process must use our fonts (`fonts.use_only`)."""
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
    import weasyprint

    from formgen.pdf.engine.fetcher import PageFetcher

    producer = f"WeasyPrint {weasyprint.VERSION}"

    def finish(document: weasyprint.Document, pdf: PDF) -> None:
        about = document.metadata
        change(pdf, PageFacts(about.title or "", about.lang or "", producer))

    fetcher = PageFetcher(sheet.assets)
    styles = styles_for(sheet.styles, sheet.html)
    with listening() as messages:
        html = weasyprint.HTML(string=sheet.html, base_url=BASE, url_fetcher=fetcher)
        document = html.render(
            stylesheets=list(styles.css),
            font_config=styles.fonts,
            pdf_variant=VARIANT,
            pdf_forms=bool(sheet.forms),
        )
        pdf = document.write_pdf(zoom=sheet.zoom, finisher=finish, pdf_variant=VARIANT)
    found = (
        *map(refused_file, (*styles.refused, *fetcher.refused)),
        *map(cut_off_picture, fetcher.truncated),
        *map(defect_of, (*styles.messages, *messages)),
    )
    cuts = tuple(cuts_of(document, sheet.copies))
    root = html.etree_element
    long = overruns(document, root, cuts, fits_one_page=sheet.fits_one_page)
    defects = tuple(dict.fromkeys(defect for defect in (*found, *long) if defect is not None))
    return Rendered(pdf, len(document.pages), cuts, defects)
