"""Read a page of HTML as people read it: its words, by the part of the page that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from formgen.model.clauses import CHAPTER, MAIN, NUMBERS, SECTION, part_of

# Elements without an end, and those whose words nobody reads.
_VOID = frozenset(
    ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_UNREAD = frozenset(("head", "script", "style", "template", "title", "desc", "datalist"))
# What says which element it is, or where it leads, and styles nothing by itself.
_NAMING = frozenset(("class", "id", "href", "data-number", "for", "name"))
# What can change the looks of a whole page.
_STYLING = frozenset(("link", "script", "style"))
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:opacity|font-size)\s*:\s*0")


@dataclass
class Parts:
    """Words by the part of a page that they stand in; or what they stand in."""

    sections: dict[str, list[str]] = field(default_factory=dict)
    chapters: list[list[str]] = field(default_factory=list)
    main: list[str] = field(default_factory=list)

    def part(self, name: str) -> list[str]:
        """Return where the words of a part go that begins here."""
        if name == MAIN:
            return self.main
        if name == CHAPTER:
            self.chapters.append([])
            return self.chapters[-1]
        return self.sections.setdefault(name.removeprefix(SECTION), [])


@dataclass
class ReadPage(Parts):
    """The words of a page, the elements that they stand in, and what styles all of them."""

    around: Parts = field(default_factory=Parts)
    styling: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Open:
    """An element that is open: what it is, where its words and elements go, if nobody reads it."""

    tag: str
    written: str
    into: tuple[list[str], list[str]] | None
    hidden: bool


class _Reader(HTMLParser):
    """Reads the words of a page as a reader sees them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = ReadPage()
        self.open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {key: value or "" for key, value in attrs}
        classes = facts.get("class", "").split()
        # A class that no style speaks of does nothing; numbers move with the parts above.
        looks = [key for key in facts if key not in _NAMING]
        looks += filter(self._is_styled, [f".{name}" for name in classes])
        looks += filter(self._is_styled, [f"#{facts.get('id', '-')}"])
        written = f"<{tag} {' '.join(sorted(looks))} {facts.get('style', '')}>"
        if tag in _STYLING:
            self.page.styling.append(written)
        for each in self.open:
            if each.into:
                each.into[1].append(written)
        if tag in _VOID:
            return
        hidden = tag in _UNREAD or bool(NUMBERS & set(classes)) or "hidden" in facts
        hidden = hidden or bool(_HIDING.search(facts.get("style", "")))
        inside = any(each.into for each in self.open)
        name = "" if inside else part_of(tag, classes, facts.get("aria-labelledby", ""))
        into = (self.page.part(name), self.page.around.part(name)) if name else None
        if into:
            into[1].extend([*(each.written for each in self.open), written])
        self.open.append(_Open(tag, written, into, hidden))

    def _is_styled(self, name: str) -> bool:
        return any(name in styles for styles in self.page.styling)

    def handle_endtag(self, tag: str) -> None:
        tags = [each.tag for each in self.open]
        if tag in tags:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].tag in _STYLING:
            self.page.styling.append(data)
        if any(each.hidden for each in self.open):
            return
        for each in self.open:
            if each.into:
                each.into[0].extend(data.split())


def read_page(html: str) -> ReadPage:
    """Return the words of a page, what they stand in, and what styles it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page
