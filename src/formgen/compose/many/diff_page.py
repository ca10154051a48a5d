"""Compose the page on which two editions of a pack stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from formgen.compose.many.staff_page import staff_page

# As words_changed of text_diff.py writes them.
_CHANGED = re.compile(r"\[-(?P<gone>.*?)-\]|\{\+(?P<new>.*?)\+\}", re.DOTALL)
# What becomes of some words.
Fate = Literal["stays", "gone", "new"]


@dataclass(frozen=True)
class Lines:
    """Something that changes, and how."""

    group: str
    name: str
    lines: tuple[str, ...] = ()

    @property
    def parts(self) -> list[list[tuple[Fate, str]]]:
        """Return the lines, each in pieces with what becomes of them."""
        return [list(_pieces(line)) for line in self.lines]


@dataclass(frozen=True)
class Reprinted:
    """A document or packet that is to be printed again, and what of it."""

    title: str
    what: str
    cover: bool = False


@dataclass(frozen=True)
class Drawn:
    """A page: its number, its picture and the size of that."""

    page: int
    picture: str
    size: tuple[int, int]


@dataclass(frozen=True)
class PageDiff:
    """A page as it was and as it will be; none is for one that is not there."""

    title: str
    before: Drawn | None
    now: Drawn | None


@dataclass(frozen=True)
class DiffGroup:
    """What changes for some locals."""

    locals_: tuple[str, ...]
    settings: tuple[Lines, ...]
    # Why they do not build then.
    broken: tuple[str, ...]
    documents: tuple[Reprinted, ...]
    packets: tuple[Reprinted, ...]
    gone: tuple[str, ...]
    # How many documents stay as they are.
    same: int
    pages: tuple[PageDiff, ...]


@dataclass(frozen=True)
class DiffPage:
    """All that stands on the page."""

    name: str
    before: str
    now: str
    pack: tuple[Lines, ...]
    groups: tuple[DiffGroup, ...]
    # How many pages that change are not shown.
    left_out: int


def _pieces(line: str) -> Iterator[tuple[Fate, str]]:
    at = 0
    for found in _CHANGED.finditer(line):
        if found.start() > at:
            yield "stays", line[at : found.start()]
        yield ("gone", found["gone"]) if found["new"] is None else ("new", found["new"])
        at = found.end()
    if at < len(line):
        yield "stays", line[at:]


def diff_page(page: DiffPage) -> str:
    """Return the page as HTML."""
    return staff_page("diff", {"diff": page})
