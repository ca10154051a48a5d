"""A sheet as it is read: its rows, what it hides, and which of its cells are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# A row's cells: their line, their column and their text, counted from 1.
Row = list[tuple[int, int, str]]


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet, and what it shows of them."""

    rows: list[Row]
    # Rows that are hidden, by hand or by a filter.
    hidden: frozenset[int] = frozenset()
    # Of cells that are one over several columns: their line and first column, and the last one.
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)


def with_merged(
    rows: list[Row], merged: Iterable[tuple[int, int, int, int]], hidden: Iterable[int]
) -> Sheet:
    """Return a sheet in which a cell over several rows says in each of them what it says.

    ``merged`` are first and last lines, first and last columns.
    """
    spans = {}
    places = {row[0][0]: number for number, row in enumerate(rows) if row}
    for top, bottom, left, right in merged:
        if right > left:
            spans[top, left] = right
        row = rows[places[top]] if top in places else []
        text = next((text for _, column, text in row if column == left), "")
        for line in range(top + 1, bottom + 1):
            cells = rows[places[line]] if line in places else []
            for number, (_, column, there) in enumerate(cells):
                if column == left and not there:
                    cells[number] = (line, column, text)
    return Sheet(rows, frozenset(hidden), spans)
