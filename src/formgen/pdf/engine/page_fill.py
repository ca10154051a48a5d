"""Give the height that is left on a page to its lines and rows, after it was laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from formgen.pdf.engine.boxes import bottom, flow, grow, has_class, paint_anew
from formgen.pdf.engine.open_rows import add_rows, last_rows

# What lines may take of a page's height in all: more, and it is a page of bare rules.
MOST = 0.4
# How many lines a field gets for each that it has: an answer grows, but not out of proportion.
_GROWTH = 2
# Pixels that rounding may take.
_CLOSE = 0.5
# Words below a table reach a little out of their lines: they keep clear of the foot.
_ABOVE_FOOT = 6


@dataclass
class _Field:
    """A field's lines, and the boxes round them from the page on."""

    path: tuple[Any, ...]
    asked: int
    given: int = 0

    @property
    def box(self) -> Any:
        """Return what holds the lines."""
        return self.path[-1]

    @property
    def line(self) -> Any:
        """Return the last of the lines, which more of them look like."""
        return [each for each in self.box.children if has_class(each, "line")][-1]


def fill_pages(document: Any) -> None:
    """Add lines to the fields of each page and rows to its tables, as many as it has room for."""
    for number, page in enumerate(document.pages):
        box = page._page_box  # noqa: SLF001  (see docs/developers.md)
        lines, rows = _add_to_fields(box), _add_to_tables(box)
        if lines or rows:
            paint_anew(document, number)


def _room(page: Any) -> float:
    return float(page.content_box_y() + page.height - max(map(bottom, flow(page))) + _CLOSE)


def _add_to_tables(page: Any) -> bool:
    """Add rows to the tables of a page, and tell whether there was room for any."""
    tables = list(last_rows(page, ()))
    given = [0] * len(tables)
    room = _room(page) - _ABOVE_FOOT
    while True:
        growing = [
            each
            for each, path in enumerate(tables)
            if path[-1].height <= room and given[each] < _asked(path)
        ]
        if not growing:
            break
        largest = max(growing, key=lambda each: _asked(tables[each]) / (given[each] + 1))
        given[largest] += 1
        room -= tables[largest][-1].height
    for path, count in zip(tables, given, strict=True):
        if count:
            add_rows(path, count)
    return any(given)


def _asked(path: tuple[Any, ...]) -> int:
    """Return how many rows a table had, on all of its pages, by the path to its last one."""
    return len(path[-2].element)


def _add_to_fields(page: Any) -> bool:
    """Add lines to a page, and tell whether there was room for any."""
    fields = list(_fields(page, ()))
    if not fields:
        return False
    step = fields[0].line.margin_height()
    allowed = MOST * page.margin_height() - sum(field.box.margin_height() for field in fields)
    lines = int(min(_room(page), allowed + _CLOSE) // step)
    for field in _share(fields, lines):
        _add_lines(field, step)
    return any(field.given for field in fields)


def _share(fields: Sequence[_Field], lines: int) -> list[_Field]:
    """Return the fields that get a line, the largest first and each by its size."""
    for _ in range(lines):
        growing = [field for field in fields if field.given < _GROWTH * field.asked]
        if growing:
            max(growing, key=lambda field: field.asked / (field.given + 1)).given += 1
    return [field for field in fields if field.given]


def _fields(box: Any, path: tuple[Any, ...]) -> Iterator[_Field]:
    """Yield the fields below a box that have lines which may become more."""
    from weasyprint.formatting_structure.boxes import MarginBox, ParentBox

    path = (*path, box)
    if has_class(box, "lines"):
        count = sum(has_class(each, "line") for each in box.children)
        if count > 1:
            yield _Field(path, count)
        return
    if isinstance(box, ParentBox) and not isinstance(box, MarginBox):
        for child in box.children:
            yield from _fields(child, path)


def _add_lines(field: _Field, step: float) -> None:
    """Add the lines that a field was given, and move what comes after it."""
    box, line = field.box, field.line
    more = []
    for number in range(1, field.given + 1):
        copied = line.deepcopy()
        copied.translate(0, number * step)
        more.append(copied)
    at = box.children.index(line) + 1
    grown = field.given * step
    for child in box.children:
        if child.is_absolutely_positioned():
            # The place of a fillable file covers all lines.
            child._box.height += grown  # noqa: SLF001
    box.children = [*box.children[:at], *more, *box.children[at:]]
    box.height += grown
    grow(field.path, grown)
