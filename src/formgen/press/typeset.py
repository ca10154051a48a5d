"""Typeset: HTML to PDF, a pure function of (HTML, styles, assets, options).

WeasyPrint «succeeds» whatever is missing; so its log is read, and what it ignored,
could not fetch or could not print becomes a finding.
"""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

_BASE = "formgen:/"
# What WeasyPrint says of things that are not wrong with a page.
_HARMLESS = re.compile(r"^(Step \d|Using |Anchor defined twice)")
_NOTDEF = re.compile(r'\.notdef glyph.*?"(.*)"', re.DOTALL)


@dataclass(frozen=True)
class Sheet:
    """All that typesetting one document needs; two equal sheets make the same bytes."""

    html: str
    styles: tuple[str, ...] = ()
    assets: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Defect:
    """Something that WeasyPrint passed over, as a code, a message and a remedy."""

    code: str
    message: str
    fix: str


@dataclass(frozen=True)
class Typeset:
    """A PDF, its number of pages, and what was passed over while it was set."""

    pdf: bytes
    pages: int
    defects: tuple[Defect, ...] = ()


def typeset(sheet: Sheet) -> Typeset:
    """Return the PDF of a sheet. The process must use our fonts (`fontconfig.use_only`)."""
    from weasyprint import HTML

    from formgen.press.fetcher import PageFetcher

    fetcher = PageFetcher(sheet.assets)
    log = _Log()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(log)
    logger.propagate = False
    try:
        styles = [_parsed(style) for style in sheet.styles]
        document = HTML(string=sheet.html, base_url=_BASE, url_fetcher=fetcher).render(
            stylesheets=styles, font_config=_fonts(), pdf_variant="pdf/ua-1"
        )
        pdf = document.write_pdf(pdf_variant="pdf/ua-1")
    finally:
        logger.removeHandler(log)
    refused = [
        Defect(
            "fetch-denied",
            f"{url} is not a file of the stack.",
            "copy the file into assets/ and name it with asset().",
        )
        for url in fetcher.refused
    ]
    defects = dict.fromkeys(refused + [_defect(message) for message in log.messages])
    return Typeset(pdf, len(document.pages), tuple(d for d in defects if d is not None))


@functools.cache
def _fonts() -> FontConfiguration:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@functools.lru_cache(maxsize=64)
def _parsed(style: str) -> Any:
    from weasyprint import CSS

    from formgen.press.fetcher import PageFetcher

    return CSS(string=style, base_url=_BASE, url_fetcher=PageFetcher({}), font_config=_fonts())


class _Log(logging.Handler):
    """Keeps what WeasyPrint says at the level of a warning or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _defect(message: str) -> Defect | None:
    if _HARMLESS.match(message):
        return None
    glyphs = _NOTDEF.search(message)
    if glyphs or ".notdef" in message:
        shown = glyphs[1] if glyphs else message
        return Defect(
            "no-glyph", f'no font of ours can print all of "{shown}".', "use other letters for it."
        )
    if message.startswith(("Ignored", "Invalid", "Expected", "Unknown")):
        return Defect("css", f"{message.rstrip('.')}.", "correct the style sheet.")
    if "ailed to load" in message:
        return Defect("fetch-denied", f"{message.rstrip('.')}.", "copy the file into assets/.")
    return Defect("typeset", f"{message.rstrip('.')}.", "correct the template.")
