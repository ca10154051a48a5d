"""The days of a program's year, by month: its dates, and the events that are listed there."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formgen.compose.text.language import Language
from formgen.model.settings import Settings
from formgen.sources.tree import Node


@dataclass(frozen=True)
class DayOfYear:
    """A day that the year turns on, or an event; the texts are empty where nothing is known."""

    # What tells it from other days of the same local.
    id: str
    date: str
    name: str
    time: str = ""
    place: str = ""


@dataclass(frozen=True)
class MonthOfYear:
    """A month, with its days; pairs meet in it first, halfway through or last."""

    name: str
    days: tuple[DayOfYear, ...]
    is_first: bool = False
    is_halfway: bool = False
    is_last: bool = False
    # Whether pairs meet in it; and which month it is, where its name is that of one.
    meets: bool = False
    year: int = 0
    number: int = 0


def days_of_year(settings: Settings, words: Node) -> list[DayOfYear]:
    """Return all days of the year that are set, in their order."""
    dates: Mapping[str, str] = settings.dates.model_dump()
    days = [
        DayOfYear(key, date, words.text("labels", "dates", key, default=key))
        for key, date in dates.items()
        if date
    ]
    seen: Counter[str] = Counter()
    for event in settings.events:
        if not event.is_listed("year"):
            continue
        seen[event.name] += 1
        # By its name, so that it stays the same event on another day.
        mark = hashlib.sha256(event.name.encode()).hexdigest()[:12]
        name = f"event-{mark}-{seen[event.name]}"
        # As ISO 8601 has it, and so that 8:30 comes before 16:30.
        time = event.time.zfill(len("08:30")) if event.time else ""
        days.append(DayOfYear(name, event.date, event.name, time, event.place))
    return sorted(days, key=lambda day: (day.date, day.time))


def months_of_year(
    settings: Settings, days: Sequence[DayOfYear], language: Language
) -> list[MonthOfYear]:
    """Return the months in which pairs meet, and those of other days, in the order of the year."""
    names = settings.program.months
    numbers = {name.casefold(): number for number, name in language.months.items()}
    known = [numbers.get(name.casefold(), 0) for name in names]
    first = known[0] or 1
    year = settings.program.school_year[:4] or min((day.date[:4] for day in days), default="")
    starts = int(year or 1)
    months: list[tuple[tuple[int, int], MonthOfYear]] = []
    place = (starts, first)
    taken: set[tuple[int, int]] = set()
    opening = _opening(known, starts, settings.dates.matched_by)
    halfway = max((len(names) - 1) // 2, opening)
    for position, (name, number) in enumerate(zip(names, known, strict=True)):
        if number:
            place = (starts + (number < first), number)
            taken.add(place)
        inside = tuple(day for day in days if number and _month(day.date) == place)
        found = MonthOfYear(
            name,
            inside,
            position == opening,
            position == halfway,
            position == len(names) - 1,
            meets=True,
            year=place[0],
            number=number,
        )
        months.append((place, found))
    for other in sorted({_month(day.date) for day in days} - taken):
        inside = tuple(day for day in days if _month(day.date) == other)
        months.append(
            (other, MonthOfYear(language.months[other[1]], inside, year=other[0], number=other[1]))
        )
    return [month for _, month in sorted(months, key=lambda item: item[0])]


def _opening(numbers: Sequence[int], starts: int, told: str) -> int:
    """Return the position of the month in which pairs first meet: not before they are told."""
    first = numbers[0] or 1
    places = [(starts + (number < first), number) for number in numbers]
    # Whether a month of another name, of which the number is 0, is early enough is not known.
    may_meet = [
        not number or not told or place >= _month(told)
        for number, place in zip(numbers, places, strict=True)
    ]
    return may_meet.index(True) if True in may_meet else 0


def _month(date: str) -> tuple[int, int]:
    return int(date[:4]), int(date[5:7])
