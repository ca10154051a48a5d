"""Which style sheets the pages of a kind of document have."""

from __future__ import annotations

from collections.abc import Mapping

from formgen.model.looks.kind_sheets import IN_PRINT, ON_SCREEN, all_sheets, sheets_of
from formgen.model.looks.palette import Look
from formgen.model.page_format import PageFormat
from formgen.sources.layers import Stack
from formgen.sources.styles import read_style

_COMMON = ("tokens.css", "print.css")
# The kinds of document that are read at length.
_PROSE = ("manual", "letter", "agreement", "certificate")
# What a look has more; large print, whose lines have to be strong, comes after it.
_LOOKS: Mapping[Look, tuple[str, ...]] = {"classic": (), "plain": ("look-plain.css",)}


def print_styles(kind: str, page: PageFormat, looks: Stack, look: Look) -> tuple[str, ...]:
    """Return the style sheets of a kind of document in their order; web pages hold theirs."""
    if page.medium == "web":
        return ()
    names = (*_COMMON, *IN_PRINT.get(kind, ()), *_LOOKS[look], *page.more_styles(kind))
    return tuple(read_style(looks, name) for name in names)


def web_styles(kind: str, page: PageFormat, looks: Stack, look: Look, voice: str) -> str:
    """Return the style sheets of a web page of a kind of document as one text."""
    if page.medium != "web":
        return ""
    sheets = ("web.css", *ON_SCREEN.get(kind, ()), faces_sheet(kind, voice, look))
    return css_of(looks, look, *sheets)


def sheets_of_others(kind: str) -> frozenset[str]:
    """Return the names of style sheets that other kinds of document have, and this one has not."""
    return all_sheets() - sheets_of(kind)


def faces_sheet(kind: str, voice: str, look: Look) -> str:
    """Return the name of the style sheet with the typefaces of a web page."""
    if voice == "sans":
        return "faces-sans.css"
    # A look without bold titles has what is read at length for them, too.
    return "faces-prose.css" if kind in _PROSE or look == "plain" else "faces-titles.css"


def css_of(stack: Stack, look: Look, *names: str) -> str:
    """Return style sheets as one text, for a page that holds its own."""
    sheets = ("tokens.css", *names, *_LOOKS[look])
    return "\n".join(read_style(stack, name) for name in sheets)
