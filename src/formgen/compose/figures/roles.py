"""Two jobs that are kept apart, side by side."""

from __future__ import annotations

from formgen.compose.figures.facts import FigureFacts, sentence
from formgen.compose.figures.measure import lines_of
from formgen.compose.figures.shapes import (
    COLUMN,
    NAME,
    TEXT,
    Box,
    Drawing,
    Line,
    Shape,
    height_of,
    joined,
    stack,
)

_GAP, _INSET, _ABOVE, _BELOW = 22.0, 10.0, 13.0, 3.5
_SIDES = ("left", "right")


def draw_roles(facts: FigureFacts, width: float = COLUMN) -> Drawing | None:
    """Draw what each of the two does, a row for each thing, and the wall between them."""
    names = [facts.told(side) for side in _SIDES]
    rows = [
        [facts.told("rows", key, side) for side in _SIDES]
        for key in facts.group("rows")
        if all(facts.told("rows", key, side) for side in _SIDES)
    ]
    if not all(names) or not rows:
        return None
    wide = (width - _GAP) / 2
    room = wide - 2 * _INSET
    starts = [0.0, wide + _GAP]
    heads = [lines_of(name, room, NAME) for name in names]
    head = max(map(height_of, heads)) + 9
    heading: list[Shape] = []
    lines: list[Shape] = []
    for x, said in zip(starts, heads, strict=True):
        heading += stack(said, x + _INSET, _ABOVE + 1.5, look="name", size=NAME)
    at = head
    for number, row in enumerate(rows):
        cells = [lines_of(text, room, TEXT) for text in row]
        for x, cell in zip(starts, cells, strict=True):
            if number:
                lines.append(Line(((x + _INSET, at), (x + wide - _INSET, at))))
            lines += stack(cell, x + _INSET, at + _ABOVE)
        at += max(map(height_of, cells)) + _ABOVE - 8.6 + _BELOW
    height = at + 3
    cards = [Box(x + 0.5, 0.5, wide - 1, height - 1, "card") for x in starts]
    tops = [Box(x + 0.5, 0.5, wide - 1, head, "tinted") for x in starts]
    wall = Line(((width / 2, 0), (width / 2, height)), "again")
    said = tuple(
        sentence(name, *(row[number] for row in rows)) for number, name in enumerate(names)
    )
    return Drawing(width, height, joined(cards, tops, [wall], heading, lines), said)
