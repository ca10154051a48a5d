"""The style sheets of a page, parsed, and the fonts that the page may be set in.

A process keeps both for its next page, since reading them takes long. A page that brings a
font of its own shares neither: WeasyPrint knows a font by what its rule says, so the next page
with the same rule, of another local perhaps, would be set in this page's font.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from formgen.pdf.engine.caches.drawing_cache import keep_drawings
from formgen.pdf.engine.caches.line_cache import keep_lines
from formgen.pdf.engine.messages import listening
from formgen.pdf.engine.tokens import with_tokens

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

BASE = "formgen:/"
# What brings a font, loads a style sheet that may, or is one of both written in escapes.
_FONT = re.compile(
    r"@\s*(?:font-face|import(?=[\s\"'(/])|[a-z-]*\\)|<link\b[^>]*stylesheet", re.IGNORECASE
)


@dataclass(frozen=True)
class Styles:
    """The parsed style sheets of a page, its fonts, and what was said and refused meanwhile."""

    css: tuple[Any, ...]
    fonts: FontConfiguration
    messages: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class _Style:
    css: Any
    messages: tuple[str, ...]
    refused: tuple[str, ...]


def count_fonts(texts: Iterable[str]) -> int:
    """Return how many fonts of their own style sheets or pages may bring."""
    return len(_FONT.findall("".join(texts)))


def styles_for(styles: Sequence[str], html: str) -> Styles:
    """Return the style sheets of a page, ready for use."""
    texts = with_tokens(styles, html)
    if count_fonts((*styles, html)):
        from weasyprint.text.fonts import FontConfiguration

        fonts = FontConfiguration()
        parsed = [_parse(text, fonts) for text in texts]
    else:
        fonts, parsed = _shared_fonts(), [_parse_once(text) for text in texts]
    return Styles(
        tuple(style.css for style in parsed),
        fonts,
        tuple(message for style in parsed for message in style.messages),
        tuple(url for style in parsed for url in style.refused),
    )


@functools.cache
def _shared_fonts() -> FontConfiguration:
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    keep_lines(fonts)
    keep_drawings()
    return fonts


# As many as two locals have: each has its own, with the values of its tokens.
@functools.lru_cache(maxsize=24)
def _parse_once(style: str) -> _Style:
    return _parse(style, _shared_fonts())


def _parse(style: str, fonts: FontConfiguration) -> _Style:
    from weasyprint import CSS

    from formgen.pdf.engine.fetcher import PageFetcher

    fetcher = PageFetcher({})
    with listening() as heard:
        css = CSS(string=style, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    return _Style(css, tuple(heard), tuple(fetcher.refused))
