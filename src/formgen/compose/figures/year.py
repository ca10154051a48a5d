"""The year of a program: its months, when pairs meet, and the days to know."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from formgen.compose.figures.facts import FigureFacts, sentence
from formgen.compose.figures.measure import lines_of, width_of
from formgen.compose.figures.shapes import (
    COLUMN,
    LINE,
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
from formgen.compose.text.year import MonthOfYear

_RADIUS, _BREAK, _LANE, _BAR = 7.4, 9.0, 15.0, 9.0
_KEY_GAP, _KEY_INDENT, _KEY_BELOW = 16.0, 21.0, 6.0
# What the name of a month takes.
_NAME_ROOM = 18.0


@dataclass(frozen=True)
class _Months:
    """The months side by side; where some are left out between two, there is a gap."""

    months: tuple[MonthOfYear, ...]
    starts: tuple[float, ...]
    width: float

    def at(self, number: int, date: str = "") -> float:
        """Return where a month begins, or where a day in it is."""
        if not date:
            return self.starts[number]
        year, month, day = (int(part) for part in date.split("-"))
        share = (day - 0.5) / calendar.monthrange(year, month)[1]
        return self.starts[number] + share * self.width


# Draws the marks of a lane below a height.
_Marks: TypeAlias = Callable[[_Months, float], Iterator[Shape]]


def draw_year(facts: FigureFacts, width: float = COLUMN) -> Drawing | None:
    """Draw the months, a lane for each thing that comes up in them, and the key to the days."""
    return _drawn(facts, width, has_key=True)


def draw_months(facts: FigureFacts, width: float = COLUMN) -> Drawing | None:
    """Draw when pairs meet, and at each day to know which day of the month it is."""
    return _drawn(facts, width, has_key=False)


def _drawn(facts: FigureFacts, width: float, *, has_key: bool) -> Drawing | None:
    if not facts.year:
        return None
    months = _placed(facts.year, width)
    head, top = _head(facts, months)
    lanes: list[Shape] = []
    at = top + 5
    for text, marks in _lanes(facts, months) if has_key else _meeting(facts, months):
        said = lines_of(text, width - 8, TEXT)
        lanes += stack(said, 4, at + 9)
        at += height_of(said) + 4
        lanes += marks(months, at)
        at += _LANE
    rings, low = _rings(months, at + 3, has_key=has_key)
    columns = [Box(start, top, months.width, low - top, "column") for start in months.starts[::2]]
    key, height = _key(facts, width, low + 8) if has_key and rings else ([], low + 1)
    edge = [Line(((0, top), (width, top)), "strong"), Line(((0, low), (width, low)))]
    shapes = joined(columns, edge, head, lanes, rings, key)
    return Drawing(width, height, shapes, tuple(_said(facts, has_key=has_key)))


def _placed(year: Sequence[MonthOfYear], width: float) -> _Months:
    gaps = [_is_apart(a, b) for a, b in pairwise(year)]
    wide = (width - _BREAK * sum(gaps)) / len(year)
    starts = [0.0]
    for gap in gaps:
        starts.append(starts[-1] + wide + (_BREAK if gap else 0))
    return _Months(tuple(year), tuple(starts), wide)


def _is_apart(a: MonthOfYear, b: MonthOfYear) -> bool:
    """Tell whether there are months between two, as far as they are known."""
    known = a.number and b.number
    return bool(known) and (b.year * 12 + b.number) - (a.year * 12 + a.number) > 1


def _head(facts: FigureFacts, months: _Months) -> tuple[list[Shape], float]:
    """Return the names of the months and of the years, and where they end."""
    every = 1 if months.width >= _NAME_ROOM else 2
    room = months.width * every - 2
    short = facts.language.short_months
    names = [
        lines_of(short.get(month.name.casefold(), month.name), room, TEXT)
        for month in months.months
    ]
    shapes: list[Shape] = []
    years = [month.year if month.number else 0 for month in months.months]
    # Where no year is known, they count from 1.
    if min(filter(None, years), default=1) == 1:
        years = [0] * len(years)
    top = LINE if any(years) else 0.0
    end = 0.0
    for number, (year, before) in enumerate(zip(years, [0, *years], strict=False)):
        # Too close to the other, the name of a year would stand on it.
        if year and year != before and months.starts[number] >= end:
            shapes.append(Words(months.starts[number] + 2, 8.6, str(year)))
            end = months.starts[number] + 2 + width_of(str(year), TEXT) + 4
    high = max(height_of(name) for name in names[::every])
    for number, name in enumerate(names):
        if not number % every:
            center = months.starts[number] + months.width * every / 2
            shapes += stack(name, center, top + 8.6, look="name", anchor="middle")
    return shapes, top + high + 3


def _meeting(facts: FigureFacts, months: _Months) -> Iterator[tuple[str, _Marks]]:
    if any(month.meets for month in months.months):
        yield facts.told("meet"), _bars


def _lanes(facts: FigureFacts, months: _Months) -> Iterator[tuple[str, _Marks]]:
    """Yield what is said of each lane that there is, and what draws its marks."""
    yield from _meeting(facts, months)
    if facts.told("records"):
        yield facts.told("records"), _squares
    if facts.told("halfway") and any(month.is_halfway for month in months.months):
        yield facts.told("halfway"), _halfway


def _bars(months: _Months, y: float) -> Iterator[Shape]:
    """Yield a bar for each run of months in which pairs meet."""
    start: float | None = None
    for number, month in enumerate(months.months):
        end = months.starts[number] + months.width
        last = number + 1 == len(months.months)
        if month.meets and start is None:
            start = months.starts[number] + 2
        goes_on = not last and months.months[number + 1].meets
        together = goes_on and not _is_apart(month, months.months[number + 1])
        if start is not None and not (month.meets and together):
            yield Box(start, y, end - 2 - start, _BAR, "bar")
            start = None


def _squares(months: _Months, y: float) -> Iterator[Shape]:
    for number, month in enumerate(months.months):
        if month.meets:
            yield Box(months.starts[number] + months.width - 11, y, 8, 8, "square")


def _halfway(months: _Months, y: float) -> Iterator[Shape]:
    for number, month in enumerate(months.months):
        if month.is_halfway:
            yield Disc(months.starts[number] + months.width / 2, y + 4.5, 4.6, "dot")


def _rings(months: _Months, y: float, *, has_key: bool) -> tuple[list[Shape], float]:
    """Return a ring with its number for each day, none over another, and where they end."""
    shapes: list[Shape] = []
    ends: list[float] = []
    count = 0
    for number, month in enumerate(months.months):
        for day in month.days:
            count += 1
            x = min(
                max(months.at(number, day.date), _RADIUS + 0.5),
                months.starts[-1] + months.width - _RADIUS - 0.5,
            )
            level = next((at for at, end in enumerate(ends) if end <= x - _RADIUS), len(ends))
            ends[level : level + 1] = [x + _RADIUS + 1.5]
            center = y + _RADIUS + level * (2 * _RADIUS + 2.5)
            shapes.append(Disc(x, center, _RADIUS, "ring"))
            said = str(count if has_key else int(day.date[-2:]))
            shapes.append(Words(x, center + 3, said, "code", "middle"))
    return shapes, y + len(ends) * (2 * _RADIUS + 2.5) + (3 if ends else 0)


def _key(facts: FigureFacts, width: float, top: float) -> tuple[list[Shape], float]:
    """Return what the numbers stand for, in columns."""
    across = 3 if width > COLUMN else 2
    wide = (width - _KEY_GAP * (across - 1)) / across
    room = wide - _KEY_INDENT
    items = [
        (
            lines_of(facts.when(day), room, TEXT),
            lines_of(", ".join(filter(None, (day.name, day.place))), room, TEXT),
        )
        for day in facts.days
    ]
    rows = -(-len(items) // across) if items else 0
    shapes: list[Shape] = []
    lowest = top
    for column in range(across if rows else 0):
        x, at = column * (wide + _KEY_GAP), top
        for number, (when, what) in list(enumerate(items, 1))[column * rows : (column + 1) * rows]:
            shapes.append(Disc(x + _RADIUS + 0.5, at + 8, _RADIUS, "ring"))
            shapes.append(Words(x + _RADIUS + 0.5, at + 11, str(number), "code", "middle"))
            shapes += stack(when, x + _KEY_INDENT, at + 11, look="name")
            shapes += stack(what, x + _KEY_INDENT, at + 11 + height_of(when))
            at += height_of([*when, *what]) + _KEY_BELOW
        lowest = max(lowest, at)
    return shapes, lowest


def _said(facts: FigureFacts, *, has_key: bool) -> Iterator[str]:
    lanes = ("months", "meet", "records", "halfway") if has_key else ("months", "meet")
    yield from filter(None, map(facts.told, lanes))
    for number, day in enumerate(facts.days, 1):
        yield sentence(f"{number}. {facts.when(day)}", day.name, day.place)
