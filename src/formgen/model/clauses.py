"""Locked words on a finished page: what must be there to read, and the page that has it so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

CHAPTER = "chapter"
# In the manual, or by itself in a packet.
_CHAPTER_CLASSES = frozenset((CHAPTER, "excerpt"))
MAIN = "main"
SECTION = "section-"
# Words of a document outside of its sections.
_MAIN_CLASSES = frozenset(("prose", "lead", "greeting", "closing", "presented"))
# The number in front of a part counts the parts above it, which do not belong to it.
NUMBERS = frozenset(("section-number", "chapter-number"))


@dataclass(frozen=True)
class Clause:
    """One thing that a pack locks in a document, for the typesetter."""

    # The name of its section; none means every part of the document.
    section: str
    # What is said of it: `letter-of-understanding#disclosure`, and `pack ohio 2026.1`.
    thing: str
    by: str
    # So many of the pack's chapters the local may replace.
    own: int = 0


@dataclass(frozen=True)
class Original:
    """A page as a pack has it, and the clauses that must be as readable on the local's page."""

    html: str
    styles: tuple[str, ...]
    clauses: tuple[Clause, ...]
    assets: Mapping[str, bytes] = field(default_factory=dict)


def part_of(tag: str, classes: Collection[str], label: str) -> str:
    """Name the part of a page that an element is: a section, a chapter, its main words; or none.

    ``label`` is its `aria-labelledby`.
    """
    if tag == "section" and label.startswith(SECTION):
        return label
    if tag == "section" and _CHAPTER_CLASSES & set(classes):
        return CHAPTER
    return MAIN if _MAIN_CLASSES & set(classes) else ""
