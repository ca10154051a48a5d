"""Which style sheets the pages of a kind of document have."""

from __future__ import annotations

from formgen.model.page_format import PageFormat
from formgen.sources.layers import Stack
from formgen.sources.styles import read_style

# Which a kind of document needs in print, beside the common ones.
_STYLES = {
    "manual": ("manual.css",),
    "certificate": ("certificate.css",),
    "packet": ("packet.css",),
    "copies": ("packet.css", "copies.css"),
    "chapter": ("manual.css", "packet.css"),
}
_COMMON = ("tokens.css", "print.css")


def print_styles(kind: str, page: PageFormat, looks: Stack) -> tuple[str, ...]:
    """Return the style sheets of a kind of document in their order; web pages hold theirs."""
    if page.medium == "web":
        return ()
    names = (*_COMMON, *_STYLES.get(kind, ()), *page.more_styles(kind))
    return tuple(read_style(looks, name) for name in names)


def sheets_of_others(kind: str) -> frozenset[str]:
    """Return the names of style sheets that other kinds of document have, and this one has not."""
    own = {*_STYLES.get(kind, ()), *(_STYLES["chapter"] if kind == "manual" else ())}
    return frozenset(name for names in _STYLES.values() for name in names) - own


def css_of(stack: Stack, *names: str) -> str:
    """Return style sheets as one text, for a page that holds its own."""
    return "\n".join(read_style(stack, name) for name in ("tokens.css", *names))
