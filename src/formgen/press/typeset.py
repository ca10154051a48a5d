"""Typeset: HTML to PDF, a pure function of (HTML, styles, assets, options).

WeasyPrint «succeeds» whatever is missing; so its log is read, and what it ignored,
could not fetch or could not print becomes a finding.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from formgen.codes import Code
from formgen.findings import brief
from formgen.model.acroform import AcroForm
from formgen.model.copies import Copy
from formgen.press.copies import cuts_of
from formgen.press.fonts import field_font
from formgen.press.line_cache import forget_lines
from formgen.press.metadata import VARIANT, write_metadata
from formgen.press.named import list_names
from formgen.press.page_styles import BASE, Styles, count_fonts, listening, styles_for
from formgen.press.split import split, with_backs
from formgen.press.structure import simplify

if TYPE_CHECKING:
    from formgen.press.fetcher import PageFetcher

# What WeasyPrint says of things that are not wrong with a page.
_HARMLESS = re.compile(r"^(Step \d|Using |Anchor defined twice)")
# Said of what the fetcher refused, and remembers itself.
_REFUSED = re.compile(r"^Failed to load .* is not a file of this page$", re.DOTALL)
_NOTDEF = re.compile(r'\.notdef glyph.*?"(.*)"', re.DOTALL)


@dataclass(frozen=True)
class Sheet:
    """All that typesetting one document needs; two equal sheets make the same bytes."""

    html: str
    styles: tuple[str, ...] = ()
    assets: Mapping[str, bytes] = field(default_factory=dict)
    # The fields of a fillable file.
    form: AcroForm | None = None
    # What the HTML holds instead of one document: a copy for each person.
    copies: tuple[Copy, ...] = ()
    # Blank backs are put in, so that each of them starts on a front side.
    backs: bool = False
    # How many times as large as laid out it comes onto the paper.
    zoom: float = 1.0
    # Made for a person: what it becomes is kept nowhere but in the kit.
    personal: bool = False


@dataclass(frozen=True)
class Defect:
    """Something that WeasyPrint passed over, as a code, a message and a remedy."""

    code: Code
    message: str
    fix: str


@dataclass(frozen=True)
class Typeset:
    """A PDF, its number of pages, and what was passed over while it was set."""

    pdf: bytes
    pages: int
    defects: tuple[Defect, ...] = ()
    # Of a sheet of copies, a file for each.
    copies: tuple[Typeset, ...] = ()


def typeset(sheet: Sheet) -> Typeset:
    """Return the PDF of a sheet. The process must use our fonts (`fonts.use_only`)."""
    try:
        result = _typeset(sheet)
    finally:
        if sheet.personal:
            forget_lines()
    if count_fonts((*sheet.styles, sheet.html)):
        # What WeasyPrint wrote of them for Fontconfig is removed with its last object.
        gc.collect()
    return result


def _typeset(sheet: Sheet) -> Typeset:
    from formgen.press.fetcher import PageFetcher

    fetcher = PageFetcher(sheet.assets)
    styles = styles_for(sheet.styles, sheet.html)
    with listening() as heard:
        document = _laid_out(sheet, styles, fetcher)
        pdf = document.write_pdf(zoom=sheet.zoom, finisher=_finisher(sheet), pdf_variant=VARIANT)
    refused = [*styles.refused, *fetcher.refused]
    messages = [*styles.messages, *heard]
    defects = dict.fromkeys(
        [*map(_denied, refused), *map(_truncated, fetcher.truncated), *map(_defect, messages)]
    )
    found = tuple(defect for defect in defects if defect is not None)
    pages = len(document.pages)
    if not sheet.copies:
        return Typeset(pdf, pages, found)
    cuts = cuts_of(document, sheet.copies)
    copies = tuple(
        Typeset(copy, cut.end - cut.first) for cut, copy in zip(cuts, split(pdf, cuts), strict=True)
    )
    if sheet.backs:
        pdf, pages = with_backs(pdf, cuts)
    return Typeset(pdf, pages, found, copies)


def _forms(sheet: Sheet) -> list[AcroForm]:
    forms = [sheet.form, *(copy.form for copy in sheet.copies)]
    return [form for form in forms if form is not None]


def _laid_out(sheet: Sheet, styles: Styles, fetcher: PageFetcher) -> Any:
    """Lay out a page without writing it."""
    from weasyprint import HTML

    html = HTML(string=sheet.html, base_url=BASE, url_fetcher=fetcher)
    return html.render(
        stylesheets=list(styles.css),
        font_config=styles.fonts,
        pdf_variant=VARIANT,
        pdf_forms=bool(_forms(sheet)),
    )


def _finisher(sheet: Sheet) -> Callable[[Any, Any], None]:
    """Return what WeasyPrint calls last, before it writes the file."""
    import weasyprint

    from formgen.press.acroform import make_fillable
    from formgen.press.appearance import read_font
    from formgen.press.written import write_once

    def finish(document: Any, pdf: Any) -> None:
        simplify(pdf)
        list_names(pdf, hashlib.sha256(sheet.html.encode()).hexdigest()[:8])
        forms = _forms(sheet)
        if forms:
            make_fillable(pdf, forms, read_font(field_font()))
        write_metadata(
            pdf,
            title=document.metadata.title or "",
            language=document.metadata.lang or "",
            producer=f"WeasyPrint {weasyprint.VERSION}",
            identifier=forms[0].identifier if forms else "",
        )
        write_once(pdf)

    return finish


def _denied(url: str) -> Defect:
    message = f"{brief(url)} is not a file of the stack."
    return Defect(
        Code.FETCH_DENIED, message, "copy the file into assets/ and name it with asset()."
    )


def _truncated(url: str) -> Defect:
    name = url.removeprefix("formgen:")
    return Defect(Code.IMAGE_TRUNCATED, f"{brief(name)} ends early.", "export it again.")


def _defect(message: str) -> Defect | None:
    if _HARMLESS.match(message) or _REFUSED.search(message):
        return None
    glyphs = _NOTDEF.search(message)
    if glyphs or ".notdef" in message:
        shown = glyphs[1] if glyphs else message
        return Defect(
            Code.NO_GLYPH,
            f'no font of ours can print all of "{shown}".',
            "use other letters for it.",
        )
    if message.startswith(("Ignored", "Invalid", "Expected", "Unknown")):
        return Defect(Code.CSS, f"{message.rstrip('.')}.", "correct the style sheet.")
    if "ailed to load" in message:
        return Defect(Code.FETCH_DENIED, f"{message.rstrip('.')}.", "copy the file into assets/.")
    return Defect(Code.TYPESET, f"{message.rstrip('.')}.", "correct the template.")
