"""What a Word copy under way knows: its file, its numbers, and what it could not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from formgen.word.facts import WordFacts
from formgen.word.ooxml import Element, find_w, w


@dataclass(frozen=True)
class Draft:
    """One file under way."""

    facts: WordFacts
    # As Word names languages: en-US.
    language: str
    # python-docx's document, for parts and relationships.
    document: Any
    # The bookmarks of places that links of the page lead to, by their anchors.
    bookmarks: dict[str, str]
    # Of controls: none may be there twice.
    numbers: Iterator[int] = field(default_factory=lambda: count(1001))
    # Elements of the page that have no counterpart here; their words are kept.
    unknown: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Room:
    """The place that blocks go to."""

    # In twentieths of a point.
    width: int
    # What a paragraph is there.
    style: str = ""
    # How deep in lists.
    level: int = 0


def list_number(draft: Draft, *, ordered: bool, start: int = 1) -> int:
    """Return the number of a new list of the file; each counts for itself."""
    numbering = draft.document.part.numbering_part.element
    number = len(find_w(numbering, "num")) + 1
    made = w("num", w("abstractNumId", val=2 if ordered else 1), numId=number)
    if ordered:
        made.extend(
            w("lvlOverride", w("startOverride", val=start if level == 0 else 1), ilvl=level)
            for level in range(9)
        )
    numbering.append(made)
    return number


def bookmarked(draft: Draft, anchor: str, content: list[Element]) -> list[Element]:
    """Return what a place of the page says, with a bookmark if a link leads there."""
    name = draft.bookmarks.get(anchor)
    if not name:
        return content
    number = next(draft.numbers)
    start = w("bookmarkStart", id=number, name=name)
    return [start, *content, w("bookmarkEnd", id=number)]
