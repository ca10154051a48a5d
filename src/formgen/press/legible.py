"""See that locked words can be read on the laid-out page, as on the page that the pack makes.

Their words are compared in the HTML before. Styles and templates of a local can still hide
them, paint them white, shrink, cover, strike or move them away, or put words between them. So
both pages are laid out, and each part is read twice: all of its words, and those that show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from formgen.findings import brief
from formgen.model.clauses import CHAPTER, MAIN, NUMBERS, SECTION, Clause, Original, part_of
from formgen.press.painted import runs_of

# Spaces, and what parts a word at the end of a line.
_BETWEEN = re.compile("[\\s\u00ad\u2010-]+")


@dataclass(frozen=True)
class Layout:
    """A page that was laid out: WeasyPrint's document, and the root of its elements."""

    document: Any
    root: Any
    zoom: float = 1.0


@dataclass
class _Part:
    """What a part of a page says, and what of it shows."""

    said: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    @property
    def letters(self) -> tuple[str, str]:
        """Return the letters alone: styles may part words, and set capitals."""
        return _letters(self.said), _letters(self.shown)


def check_legible(page: Layout, pack: Layout, original: Original) -> Iterator[tuple[Clause, str]]:
    """Yield each clause that cannot be read as on the pack's page, with the first such words."""
    ours, theirs = _parts(page), _parts(pack)
    for clause in original.clauses:
        missing = _missing(clause, ours, theirs)
        if missing is not None:
            yield clause, missing


def _missing(
    clause: Clause, ours: Mapping[str, list[_Part]], theirs: Mapping[str, list[_Part]]
) -> str | None:
    """Return the first words of a clause that cannot be read, or None if all can."""
    if CHAPTER in theirs:
        there = {part.letters for part in ours.get(CHAPTER, ())}
        lost = [part for part in theirs[CHAPTER] if part.letters not in there]
        return _first(_Part(), lost[0]) if len(lost) > clause.own else None
    names = [f"{SECTION}{clause.section}"] if clause.section else list(theirs)
    for name in names:
        pairs = zip_longest(ours.get(name, ()), theirs.get(name, ()), fillvalue=_Part())
        for here, there_ in pairs:
            if here.letters != there_.letters:
                return _first(here, there_)
    return None


def _letters(texts: Iterable[str]) -> str:
    return _BETWEEN.sub("", "".join(texts)).casefold()


def _first(here: _Part, theirs: _Part) -> str:
    """Return the pack's first words that do not show."""
    shown, at = _letters(here.shown), 0
    for text in theirs.shown:
        found = shown.find(_letters([text]), at)
        if found < 0:
            return brief(text.strip())
        at = found
    return brief(next(iter(theirs.shown), "").strip())


def _parts(page: Layout) -> dict[str, list[_Part]]:
    """Read every part of a page, by name, in the order of its source."""
    belongs = _belongs(page.root)
    parts: dict[Any, _Part] = {}
    found: dict[str, list[_Part]] = {}
    for element, name in belongs.values():
        if element in parts:
            continue
        # The main words are one part, in however many elements they stand.
        known = found.get(name) if name == MAIN else None
        parts[element] = known[0] if known else _Part()
        if not known:
            found.setdefault(name, []).append(parts[element])
    for run in runs_of(page.document, page.zoom):
        if run.element not in belongs:
            continue
        part = parts[belongs[run.element][0]]
        part.said.append(run.text)
        if run.shows:
            part.shown.append(run.text)
    return found


def _belongs(root: Any) -> dict[Any, tuple[Any, str]]:
    """Return, for each element within a part of a page, the part's element and name."""
    found: dict[Any, tuple[Any, str]] = {}

    def walk(element: Any, part: tuple[Any, str] | None) -> None:
        classes = element.get("class", "").split()
        if NUMBERS & set(classes):
            return
        if part is None:
            name = part_of(str(element.tag), classes, element.get("aria-labelledby", ""))
            part = (element, name) if name else None
        if part:
            found[element] = part
        for child in element:
            walk(child, part)

    walk(root, None)
    return found
