"""What PDFs to print are made into for copiers and print shops, and the paper that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Imposition = Literal["booklet", "small-booklet"]
# What a PDF to print is made into besides.
Finish = Literal["booklet", "small-booklet", "bleed", "proof"]
BOOKLETS: tuple[Imposition, ...] = ("booklet", "small-booklet")

# Width and height in points.
Size = tuple[float, float]
_MM = 72 / 25.4
PAPERS: Mapping[str, Size] = MappingProxyType(
    {"letter": (612.0, 792.0), "legal": (612.0, 1008.0), "a4": (210 * _MM, 297 * _MM)}
)
# More sheets than this are too thick for the folders and staplers of copiers.
MOST_FOLDED = 20


def sheet_of(paper: str, imposition: Imposition) -> Size:
    """Return the sheet that carries two pages side by side, in points.

    Pages keep their size on a sheet of twice the size. Smaller ones suit a copier that has but
    the one paper: it is turned, and takes two.
    """
    width, height = PAPERS[paper]
    return (2 * width, height) if imposition == "booklet" else (height, width)


def booklet_order(pages: int) -> list[tuple[int, int]]:
    """Return the pages on each side of the sheets, left and right, counted from nought.

    Front and back of each sheet, from the outermost inwards; there are up to three numbers more
    than pages, and those stay blank.
    """
    places = -(-pages // 4) * 4
    return [
        (last, first) if first % 2 == 0 else (first, last)
        for first, last in zip(range(places // 2), range(places - 1, -1, -1), strict=False)
    ]
