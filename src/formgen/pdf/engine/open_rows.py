"""Add rows to the tables of a page that was laid out: like the last, with fields of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from formgen.pdf.engine.boxes import grow, has_class

# What a place in a row is called: the table, the number of the row, its column.
_NAME = re.compile(r"((?:[^_]+__)?[^_]+_)(\d+)(_.+)")


def last_rows(box: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the boxes from the page to the last row of each table that may have more of them."""
    from weasyprint.formatting_structure.boxes import MarginBox, ParentBox, TableBox

    path = (*path, box)
    if isinstance(box, TableBox):
        if has_class(box, "open-rows"):
            group = box.children[-1]
            row = group.children[-1]
            # One that goes on overleaf has its last row there.
            if not group.is_header and row.element is list(group.element)[-1]:
                yield (*path, group, row)
        return
    if isinstance(box, ParentBox) and not isinstance(box, MarginBox):
        for child in box.children:
            yield from last_rows(child, path)


def add_rows(path: tuple[Any, ...], count: int) -> None:
    """Add rows below the last one of a table, and move what comes after them."""
    *_, table, group, row = path
    step = row.height
    more = []
    for number in range(1, count + 1):
        copied = row.deepcopy()
        copied.translate(0, number * step)
        for box in copied.descendants():
            if box.is_input():
                box.element = _renamed(box.element, number)
        more.append(copied)
    group.children = [*group.children, *more]
    group.height += count * step
    across, down = table.collapsed_border_grid
    table.collapsed_border_grid = (
        [*across, *across[-1:] * count],
        # The last of those between two rows, and the one below them all.
        [*down[:-1], *down[-2:-1] * count, down[-1]],
    )
    grow(path[:-1], count * step)


def _renamed(place: Any, by: int) -> Any:
    """Return a place with the name that it has so many rows below."""
    renamed = place.makeelement(place.tag, dict(place.attrib))
    name = _NAME.sub(lambda name: f"{name[1]}{int(name[2]) + by}{name[3]}", place.get("name"))
    renamed.set("name", name)
    return renamed
