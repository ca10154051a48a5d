"""The steps of setting up a program, with the papers for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from formgen.compose.figures.facts import FigureFacts, sentence
from formgen.compose.figures.measure import lines_of
from formgen.compose.figures.shapes import (
    COLUMN,
    LINE,
    NAME,
    TEXT,
    Box,
    Drawing,
    Line,
    Shape,
    Words,
    height_of,
    joined,
    stack,
)

_INSET, _NUMBER, _GAP, _EDGE = 9.0, 24.0, 26.0, 13.0
_BELOW, _FOOT = 22.0, 24.0


@dataclass(frozen=True)
class _Step:
    name: str
    when: str
    papers: str


def draw_steps(facts: FigureFacts, width: float = COLUMN) -> Drawing | None:
    """Draw the steps, each with when it is taken and its papers, and the way back to the first."""
    steps = [step for name in facts.group("steps") if (step := _step(facts, name)).name]
    if not steps:
        return None
    boxes, foot = _cards(steps, width)
    words = [
        _drawn(step, number, box)[0]
        for number, (step, box) in enumerate(zip(steps, boxes, strict=True), 1)
    ]
    ways = [_way(a, b) for a, b in pairwise(boxes)]
    again = facts.told("again")
    said = [
        sentence(f"{number}. {step.name}", step.when, step.papers)
        for number, step in enumerate(steps, 1)
    ]
    back = _again(boxes, foot + _FOOT - LINE, again) if again else []
    shapes = joined(boxes, ways, back, *words)
    height = foot + _FOOT + 2 if again else foot + 1
    return Drawing(width, height, shapes, tuple(filter(None, (*said, again))))


def _cards(steps: Sequence[_Step], width: float) -> tuple[list[Box], float]:
    """Return the cards: down two columns, or along two rows where there is room; and their foot."""
    along = width > COLUMN
    half = -(-len(steps) // 2)
    columns, rows = (half, 2) if along else (2, half)
    wide = (width - _EDGE - 0.5 - _GAP * (columns - 1)) / columns
    needed = [_drawn(step, 0, Box(0, 0, wide, 0))[1] for step in steps]
    places = [divmod(n, columns) if along else divmod(n, rows)[::-1] for n in range(len(steps))]
    # Cards beside each other are as high as the highest.
    heights = [
        max((high for high, (at, _) in zip(needed, places, strict=True) if at == row), default=0)
        for row in range(rows)
    ]
    tops = [0.5 + sum(heights[:row]) + _BELOW * row for row in range(rows)]
    boxes = [
        Box(_EDGE + column * (wide + _GAP), tops[row], wide, heights[row]) for row, column in places
    ]
    return boxes, max(box.y + box.height for box in boxes)


def _step(facts: FigureFacts, name: str) -> _Step:
    return _Step(*(facts.told("steps", name, key) for key in ("name", "when", "papers")))


def _drawn(step: _Step, number: int, box: Box) -> tuple[list[Shape], float]:
    """Return what stands on the card of a step, and how high it has to be."""
    x, room = box.x + _INSET + _NUMBER, box.width - 2 * _INSET - _NUMBER
    name, when = lines_of(step.name, room, NAME), lines_of(step.when, room, TEXT)
    papers = lines_of(step.papers, room, TEXT)
    at = box.y + 18
    shapes: list[Shape] = [
        Words(box.x + _INSET, box.y + 28, str(number), "number", size=25),
        *stack(name, x, at, look="name", size=NAME),
        *stack(when, x, at + height_of(name)),
    ]
    at += height_of([*name, *when])
    if papers:
        shapes.append(Line(((x, at - 5), (box.x + box.width - _INSET, at - 5))))
        shapes += stack(papers, x, at + 7, look="code")
        at += 7 + height_of(papers)
    return shapes, max(at - box.y - 2, 36)


def _way(a: Box, b: Box) -> Line:
    """Return the arrow from one card to the next."""
    middle, level = a.x + a.width / 2, a.y + a.height / 2
    below, beside = a.y + a.height, a.x + a.width
    if a.x == b.x:
        points: tuple[tuple[float, float], ...] = ((middle, below), (middle, b.y - 1))
    elif a.y == b.y:
        points = ((beside, level), (b.x - 1, level))
    elif b.x > a.x:
        # From the foot of a column to the head of the next, in the gap between them.
        gap, end = b.x - _GAP / 2, b.y + b.height / 2
        points = ((beside, level), (gap, level), (gap, end), (b.x - 1, end))
    else:
        # From the end of a row to the beginning of the next, between the rows.
        gap, end = b.y - _BELOW / 2, b.x + b.width / 2
        points = ((middle, below), (middle, gap), (end, gap), (end, b.y - 1))
    return Line(points, "way", arrow=True)


def _again(boxes: Sequence[Box], foot: float, said: str) -> list[Shape]:
    """Return the way from the last card back to the first, below and beside the others."""
    first, last = boxes[0], boxes[-1]
    start, level = last.x + last.width / 2, first.y + 16
    points = (
        (start, last.y + last.height), (start, foot), (2, foot), (2, level), (first.x - 1, level),
    )  # fmt: skip
    words = lines_of(said, start - _EDGE, TEXT)[:1]
    return [Line(points, "again", arrow=True), *stack(words, _EDGE, foot + LINE - 1)]
