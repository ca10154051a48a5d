"""Pages as boxes: where their words end, which run into others, how much of them is lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from unittest import mock

from formgen.pdf.engine import render
from formgen.pdf.sheet import Sheet

# What words may stick out of the box that they stand in, in pixels: overhanging letters.
_SLACK = 1.0


@dataclass(frozen=True)
class LaidOut:
    """What one page shows."""

    # Where the last words or lines to write on end, as a part of the page's height.
    last_text: float
    # What lines to write on take of it.
    lines: float
    # Words that stick out of their box, or run into others.
    outside: tuple[str, ...]
    overprinted: tuple[str, ...]
    # How many lines the head and the foot take, and how many words end each lead of several lines.
    running: tuple[int, int]
    leads: tuple[int, ...]


def laid_out(sheet: Sheet) -> list[LaidOut]:
    """Return the pages of a sheet as they are written. The process must use our fonts."""
    return [_measured(page) for page in _pages_of(sheet)]


def places_of(sheet: Sheet, name: str) -> list[tuple[float, float, float, float]]:
    """Return the edges of all that has a class: left, top, right, bottom, in millimetres."""
    boxes = (box for page in _pages_of(sheet) for top in _flow(page) for box in _named(top, name))
    return [
        (x / 96 * 25.4, y / 96 * 25.4, (x + wide) / 96 * 25.4, (y + high) / 96 * 25.4)
        for box in boxes
        for x, y in [(box.border_box_x(), box.border_box_y())]
        for wide, high in [(box.border_width(), box.border_height())]
    ]


def _named(box: Any, name: str) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    if _has_class(box, name):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _named(child, name)


def _pages_of(sheet: Sheet) -> list[Any]:
    with mock.patch.object(render, "_write") as write:
        write.return_value = b""
        render.render(sheet, lambda *_: None)
    return [page._page_box for page in write.call_args.args[0].pages]


def _measured(page: Any) -> LaidOut:
    texts = [(box, holder) for top in _flow(page) for box, holder in _texts(top, None)]
    ruled = [box for top in _flow(page) for box in _ruled(top)]
    height = page.margin_height()
    ends = [box.position_y + box.height for box, _ in texts]
    return LaidOut(
        last_text=max(ends, default=0.0) / height,
        lines=sum(box.margin_height() for box in ruled) / height,
        outside=tuple(box.text for box, holder in texts if _sticks_out(box, holder, page)),
        overprinted=tuple(
            f"{one.text} / {other.text}"
            for (one, _), (other, _) in combinations(texts, 2)
            if _overlap(_edges(one), _edges(other))
        ),
        running=(_lines(page, "running-head"), _lines(page, "running-foot")),
        leads=tuple(
            len(_said(lines[-1]).split())
            for box in page.descendants(placeholders=True)
            if _has_class(box, "lead") and len(lines := box.children) > 1
        ),
    )


def _flow(page: Any) -> list[Any]:
    from weasyprint.formatting_structure.boxes import MarginBox

    return [box for box in page.children if not isinstance(box, MarginBox)]


def _texts(box: Any, holder: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the texts below a box, each with the block that it stands in."""
    from weasyprint.formatting_structure.boxes import BlockContainerBox

    box = getattr(box, "_box", box)
    if getattr(box, "text", "").strip():
        yield box, holder
    for child in box.children:
        yield from _texts(child, box if isinstance(box, BlockContainerBox) else holder)


def _ruled(box: Any) -> Iterator[Any]:
    if _has_class(box, "line"):
        yield box
        return
    for child in box.children:
        yield from _ruled(child)


def _has_class(box: Any, name: str) -> bool:
    return box.element is not None and name in (box.element.get("class") or "").split()


def _lines(page: Any, name: str) -> int:
    """Return over how many lines what stands at the head or foot of each page runs."""
    from weasyprint.formatting_structure.boxes import BlockBox

    found = [box for box in page.descendants() if _has_class(box, name)]
    texts = [text for box in found if isinstance(box, BlockBox) for text, _ in _texts(box, None)]
    return len({round(text.position_y + text.height) for text in texts})


def _said(box: Any) -> str:
    return " ".join(text.text for text, _ in _texts(box, None))


def _edges(box: Any) -> tuple[float, float, float, float]:
    x, y = box.position_x, box.position_y
    return (x, y, x + box.width, y + box.height)


def _sticks_out(box: Any, holder: Any, page: Any) -> bool:
    x0, y0, x1, y1 = _edges(box)
    left, top = holder.content_box_x(), page.content_box_y()
    beside: bool = x0 < left - _SLACK or x1 > left + holder.width + _SLACK
    # Letters reach out of lines that are set close.
    beyond: bool = y0 < top - 3 * _SLACK or y1 > top + page.height + 3 * _SLACK
    return beside or beyond


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    # Lines that are set close overlap by less of their height.
    return wide > 1 and high > 0.4 * min(one[3] - one[1], other[3] - other[1])
