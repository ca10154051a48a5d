"""A pair, and the people around it who can help."""

from __future__ import annotations

import math

from formgen.compose.figures.facts import FigureFacts, sentence
from formgen.compose.figures.measure import lines_of
from formgen.compose.figures.shapes import (
    COLUMN,
    NAME,
    TEXT,
    Box,
    Disc,
    Drawing,
    Lens,
    Line,
    Shape,
    height_of,
    joined,
    middle_of,
    stack,
)

# How many people stand around a pair, and of how many job families.
_AROUND, _FAMILIES = 6, 3
_RADIUS, _APART = 52.0, 35.0
_GAP, _INSET, _LINK = 12.0, 7.0, 22.0


def draw_mosaic(facts: FigureFacts, width: float = COLUMN) -> Drawing | None:
    """Draw the two partners, and six people: of the local's job families, and others."""
    people = _people(facts)
    across = _AROUND // 2
    if len(people) < _AROUND:
        return None
    wide = (width - _GAP * (across - 1)) / across
    room = wide - 2 * _INSET
    words = [(lines_of(who, room, NAME), lines_of(what, room, TEXT)) for who, what in people]
    high = max(height_of([*who, *what]) for who, what in words) + 2 * _INSET
    middle, level = width / 2, high + _LINK + _RADIUS
    height = 2 * level
    boxes: list[Shape] = []
    links: list[Shape] = []
    lines: list[Shape] = []
    for number, (who, what) in enumerate(words):
        row, column = divmod(number, across)
        x, y = column * (wide + _GAP), row * (height - high)
        center, edge = x + wide / 2, high if not row else height - high
        boxes.append(Box(x + 0.5, y + 0.5, wide - 1, high - 1, "tinted"))
        links.append(Line(((middle, level), (center, edge)), "link"))
        top = middle_of([*who, *what], y + high / 2)
        lines += stack(who, center, top, look="name", anchor="middle", size=NAME)
        lines += stack(what, center, top + height_of(who), anchor="middle")
    said = (facts.told("center"), *(sentence(who, what) for who, what in people))
    return Drawing(width, height, joined(links, boxes, _pair(facts, middle, level), lines), said)


def _people(facts: FigureFacts) -> list[tuple[str, str]]:
    known = [family for family in facts.job_families if facts.told("families", family, "who")]
    found = [("families", family) for family in known[:_FAMILIES]]
    found += [("others", name) for name in facts.group("others")]
    people = [(facts.told(*path, "who"), facts.told(*path, "what")) for path in found]
    return [each for each in people if each[0]][:_AROUND]


def _pair(facts: FigureFacts, x: float, y: float) -> list[Shape]:
    """Return two circles that share something, each with the name of a partner in it."""
    shapes: list[Shape] = [
        Disc(x - _APART, y, _RADIUS, "circle"),
        Disc(x + _APART, y, _RADIUS, "circle"),
        Lens(x, y, math.sqrt(_RADIUS**2 - _APART**2), _RADIUS),
    ]
    # What is not shared of a circle is so wide at its middle.
    room = 2 * _APART - 12
    for side, key in ((-1, "mentor"), (1, "mentee")):
        lines = lines_of(facts.told(key), room, NAME)
        center, top = x + side * _RADIUS, middle_of(lines, y)
        shapes += stack(lines, center, top, look="name", anchor="middle", size=NAME)
    return shapes
