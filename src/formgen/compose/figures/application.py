"""How an application travels, from the one who fills it in to the answer."""

from __future__ import annotations

from itertools import pairwise

from formgen.compose.figures.facts import FigureFacts, sentence
from formgen.compose.figures.measure import lines_of
from formgen.compose.figures.shapes import (
    COLUMN,
    NAME,
    TEXT,
    Box,
    Disc,
    Drawing,
    Line,
    Shape,
    Words,
    height_of,
    joined,
    stack,
)

_RADIUS, _INDENT, _BETWEEN = 11.0, 36.0, 13.0
_GAP, _INSET = 9.0, 8.0


def draw_application(facts: FigureFacts, width: float = COLUMN) -> Drawing | None:
    """Draw the stations one below the other, and the answers that there can be."""
    stations = [
        (facts.told("stations", name, "name"), facts.told("stations", name, "about"))
        for name in facts.group("stations")
    ]
    stations = [each for each in stations if each[0]]
    if not facts.told("forms") or not stations:
        return None
    words: list[Shape] = []
    marks: list[Shape] = []
    centers: list[float] = []
    at = 0.5
    for number, (name, about) in enumerate(stations, 1):
        title = lines_of(name, width - _INDENT, NAME)
        more = lines_of(about, width - _INDENT, TEXT)
        center = at + _RADIUS
        centers.append(center)
        marks.append(Disc(_RADIUS + 0.5, center, _RADIUS, "ring"))
        words.append(Words(_RADIUS + 0.5, center + 3.3, str(number), "code", "middle", NAME))
        top = center + 3.3 - (height_of(more[:1]) / 2 if len([*title, *more]) > 1 else 0)
        words += stack(title, _INDENT, top, look="name", size=NAME)
        words += stack(more, _INDENT, top + height_of(title))
        at = max(at + 2 * _RADIUS, top + height_of([*title, *more]) - 6) + _BETWEEN
    x = _RADIUS + 0.5
    track = [
        Line(((x, above + _RADIUS), (x, below - _RADIUS)), "strong")
        for above, below in pairwise(centers)
    ]
    ends, height = _ends(facts, width, at)
    said = [sentence(f"{at}. {name}", about) for at, (name, about) in enumerate(stations, 1)]
    answers = [sentence(name, about) for name, about in _answers(facts)]
    return Drawing(width, height, joined(track, marks, words, ends), (*said, *answers))


def _answers(facts: FigureFacts) -> list[tuple[str, str]]:
    known = facts.group("answers")
    told = (
        (facts.told("answers", key, "name"), facts.told("answers", key, "about")) for key in known
    )
    return [(name, about) for name, about in told if name]


def _ends(facts: FigureFacts, width: float, top: float) -> tuple[list[Shape], float]:
    """Return the answers as boxes side by side below the last station, and where they end."""
    answers = _answers(facts)
    if not answers:
        return [], top - _BETWEEN + 1
    start = _INDENT
    wide = (width - start - _GAP * (len(answers) - 1)) / len(answers)
    room = wide - 2 * _INSET
    texts = [(lines_of(name, room, NAME), lines_of(about, room, TEXT)) for name, about in answers]
    high = max(height_of([*name, *about]) for name, about in texts) + 2 * _INSET - 1
    top -= 3
    shapes: list[Shape] = []
    for number, (name, about) in enumerate(texts):
        x = start + number * (wide + _GAP)
        shapes.append(Box(x, top, wide - 0.5, high, "tinted"))
        shapes += stack(name, x + _INSET, top + _INSET + 8, look="name", size=NAME)
        shapes += stack(about, x + _INSET, top + _INSET + 8 + height_of(name))
    return shapes, top + high + 1
