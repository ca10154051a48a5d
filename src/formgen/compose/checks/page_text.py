"""Read a page of HTML as people read it: its words, by the part of the page that they stand in."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

CHAPTER = "chapter"
# In the manual, or by itself in a packet.
_CHAPTER_CLASSES = frozenset((CHAPTER, "excerpt"))
MAIN = "main"
LINE = "\n"
SECTION = "section-"
# Words of a document outside of its sections.
_MAIN_CLASSES = frozenset(("prose", "lead", "greeting", "closing", "presented"))
# The number in front of a part counts the parts above it, which do not belong to it.
_NUMBERS = frozenset(("section-number", "chapter-number"))
# Elements without an end, and those whose words nobody reads.
_VOID = frozenset(
    ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_UNREAD = frozenset(("head", "script", "style", "template", "title", "desc", "datalist"))
# Elements that begin a line.
_LINES = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "dt", "dd", "legend"))
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:opacity|font-size)\s*:\s*0")


@dataclass
class Page:
    """The words of a page by the part of it that they stand in."""

    sections: dict[str, list[str]] = field(default_factory=dict)
    # By the id of the chapter, or by its place if it has none.
    chapters: dict[str, list[str]] = field(default_factory=dict)
    main: list[str] = field(default_factory=list)

    def part(self, name: str, anchor: str = "") -> list[str]:
        """Return where the words of a part go that begins here; ``anchor`` is its id."""
        if name == MAIN:
            return self.main
        if name == CHAPTER:
            return self.chapters.setdefault(anchor or str(len(self.chapters)), [])
        return self.sections.setdefault(name.removeprefix(SECTION), [])


@dataclass(frozen=True)
class _Open:
    """An element that is open: what it is, where its words go, and whether nobody reads them."""

    tag: str
    words: list[str] | None
    hidden: bool


class _Reader(HTMLParser):
    """Reads the words of a page as a reader sees them."""

    def __init__(self, *, in_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.in_lines = in_lines
        self.page = Page()
        self.open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        facts = {key: value or "" for key, value in attrs}
        classes = facts.get("class", "").split()
        hidden = tag in _UNREAD or bool(_NUMBERS & set(classes)) or "hidden" in facts
        hidden = hidden or bool(_HIDING.search(facts.get("style", "")))
        inside = any(each.words is not None for each in self.open)
        name = "" if inside else _part_of(tag, classes, facts.get("aria-labelledby", ""))
        self.open.append(
            _Open(tag, self.page.part(name, facts.get("id", "")) if name else None, hidden)
        )
        if self.in_lines and tag in _LINES:
            self.handle_words([LINE])

    def handle_endtag(self, tag: str) -> None:
        tags = [each.tag for each in self.open]
        if tag in tags:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.handle_words(data.split())

    def handle_words(self, words: Sequence[str]) -> None:
        """Put words where those of all open elements go, if people read them."""
        if any(each.hidden for each in self.open):
            return
        for each in self.open:
            if each.words is not None:
                each.words.extend(words)


def read_page(html: str, *, in_lines: bool = False) -> Page:
    """Return the words of a page by its parts; ``in_lines``, with a mark where a line begins."""
    reader = _Reader(in_lines=in_lines)
    reader.feed(html)
    reader.close()
    return reader.page


def _part_of(tag: str, classes: Collection[str], label: str) -> str:
    """Name the part of a page that an element is: a section, a chapter, its main words; or none.

    ``label`` is its `aria-labelledby`.
    """
    if tag == "section" and label.startswith(SECTION):
        return label
    if tag == "section" and _CHAPTER_CLASSES & set(classes):
        return CHAPTER
    return MAIN if _MAIN_CLASSES & set(classes) else ""
