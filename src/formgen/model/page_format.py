"""How the pages of a document are made: for which medium, in which styles, how large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formgen.model.catalog import FILLABLE_KINDS, Kind

# What a page is composed for: the typesetter, or a browser.
Medium = Literal["print", "web"]
# What one layout for the typesetter is written as: lines for the hand, or the fields of a PDF.
Edition = Literal["print", "fillable"]
# Kinds that take one page, whatever stands on it.
ONE_PAGE_KINDS: tuple[Kind, ...] = ("certificate",)


@dataclass(frozen=True)
class PageFormat:
    """One way to make pages; templates know it by its id, as `variant`."""

    id: str
    medium: Medium
    # Places to fill in have controls, which become the fields of a PDF.
    has_fields: bool = False
    # Style sheets after those of the medium and of the kind, for each kind or for all others ("").
    styles: tuple[tuple[Kind | Literal[""], tuple[str, ...]], ...] = ()
    # How many times as large as laid out it comes onto the paper.
    zoom: float = 1.0
    # For those who see little: wide tables stand as lists, choices below each other.
    is_large: bool = False

    def more_styles(self, kind: str) -> tuple[str, ...]:
        """Return the style sheets that a kind of document has in this format alone."""
        known: dict[str, tuple[str, ...]] = dict(self.styles)
        return known.get(kind, known.get("", ()))

    def zoom_of(self, kind: str) -> float:
        """Return how much a document is enlarged; of what takes one page, only the words are."""
        return 1.0 if kind in ONE_PAGE_KINDS else self.zoom


# What is printed, and what a browser shows.
PAPER = PageFormat(
    "print",
    "print",
    has_fields=True,
    styles=tuple((kind, ("fillable.css",)) for kind in FILLABLE_KINDS),
)
SCREEN = PageFormat("web", "web")
