"""What is wrong with where the words of a drawing stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from formgen.compose.figures.shapes import Box, Disc, Drawing, Line, Words

Bounds = tuple[float, float, float, float]
# In points: what no eye sees.
_HAIR = 0.3
_LEAST_TYPE = 8.5


def misplaced(drawing: Drawing) -> list[str]:
    """Return each text that is cut off, or stands on another, on a line or over a box's edge."""
    return list(_misplaced(drawing))


def _misplaced(drawing: Drawing) -> Iterator[str]:
    words = [shape for shape in drawing.shapes if isinstance(shape, Words)]
    boxes = [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.look != "column"]
    discs = [shape for shape in drawing.shapes if isinstance(shape, Disc)]
    rings = [disc for disc in discs if disc.look == "ring"]
    whole = (0.0, 0.0, drawing.width, drawing.height)
    for each in words:
        if each.size < _LEAST_TYPE:
            yield f"too small: {each.text}"
        yield from _wrong_with(each, boxes, drawing)
    for one, other in itertools.combinations(words, 2):
        if _meet(one.box, other.box):
            yield f"on each other: {one.text} | {other.text}"
    for box, disc in itertools.product(words, discs):
        if disc.look == "dot" and _meet(box.box, _round(disc)):
            yield f"on a dot: {box.text}"
    yield from _crossing(boxes, rings)
    for bounds in (*map(_bounds, boxes), *map(_round, discs)):
        if not _inside(bounds, whole):
            yield f"cut off: {bounds}"


def _crossing(boxes: list[Box], rings: list[Disc]) -> Iterator[str]:
    for first, second in itertools.combinations(map(_bounds, boxes), 2):
        if _meet(first, second) and not (_inside(first, second) or _inside(second, first)):
            yield f"boxes on each other: {first} | {second}"
    for a, b in itertools.combinations(rings, 2):
        if (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < (a.radius + b.radius) ** 2:
            yield f"rings on each other: {a} | {b}"


def _wrong_with(words: Words, boxes: list[Box], drawing: Drawing) -> Iterator[str]:
    if not _inside(words.box, (0.0, 0.0, drawing.width, drawing.height)):
        yield f"cut off: {words.text}"
    for box in boxes:
        if _meet(words.box, _bounds(box)) and not _inside(words.box, _bounds(box)):
            yield f"over the edge of a {box.look}: {words.text}"
    for line in drawing.shapes:
        if isinstance(line, Line) and any(_meet(words.box, part) for part in _parts(line)):
            yield f"on a line: {words.text}"


def _bounds(box: Box) -> Bounds:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _round(disc: Disc) -> Bounds:
    x, y, r = disc.x, disc.y, disc.radius
    return x - r, y - r, x + r, y + r


def _parts(line: Line) -> Iterator[Bounds]:
    """Yield the straight parts of a line; what leads from a pair to its helpers lies behind."""
    if line.look == "link":
        return
    for (x0, y0), (x1, y1) in itertools.pairwise(line.points):
        yield min(x0, x1) - 0.5, min(y0, y1) - 0.5, max(x0, x1) + 0.5, max(y0, y1) + 0.5


def _inside(one: Bounds, other: Bounds) -> bool:
    return (
        one[0] >= other[0] - _HAIR
        and one[1] >= other[1] - _HAIR
        and one[2] <= other[2] + _HAIR
        and one[3] <= other[3] + _HAIR
    )


def _meet(one: Bounds, other: Bounds) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > _HAIR and down > _HAIR
