"""Compose a sheet of small pictures: one page of a document, of every local."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formgen.compose.many.staff_page import staff_page


@dataclass(frozen=True)
class Tile:
    """A local's page: how many pages its document has, how full it is, its file and picture."""

    name: str
    number: str
    pages: int
    # Of the page, from 0 to 1.
    used: float
    href: str
    picture: str
    size: tuple[int, int]


def look_page(tiles: Sequence[Tile], document: str, page: int, usual: int) -> str:
    """Return the sheet; ``usual`` is how many pages most have of the document."""
    shown = {"tiles": tiles, "title": f"{document}, {page}", "usual": usual}
    return staff_page("look", shown)
