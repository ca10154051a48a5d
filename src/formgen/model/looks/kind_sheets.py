"""Which style sheets belong to kinds of documents alone, beside those that all pages have."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# What a kind of page has in print.
IN_PRINT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "manual": ("manual.css",),
        "letter": ("letter.css",),
        "certificate": ("certificate.css",),
        "packet": ("packet.css",),
        "copies": ("packet.css", "copies.css"),
        "chapter": ("manual.css", "packet.css"),
    }
)
# What it has on the screen, after web.css.
ON_SCREEN: Mapping[str, tuple[str, ...]] = MappingProxyType({"letter": ("web-letter.css",)})
# The kinds of page that a document is made as: a chapter stands in packets by itself.
PAGES_OF: Mapping[str, tuple[str, ...]] = MappingProxyType({"manual": ("manual", "chapter")})


def sheets_of(kind: str) -> frozenset[str]:
    """Return the names of the style sheets that a kind of document has, and not every kind."""
    pages = PAGES_OF.get(kind, (kind,))
    return frozenset(
        name for page in pages for name in (*IN_PRINT.get(page, ()), *ON_SCREEN.get(page, ()))
    )


def all_sheets() -> frozenset[str]:
    """Return the names of the style sheets that only some kinds have."""
    return frozenset(name for names in (*IN_PRINT.values(), *ON_SCREEN.values()) for name in names)
