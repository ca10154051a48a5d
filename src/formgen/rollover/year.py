"""School years, and what a day or a text of one year is in another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

_WRITTEN = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
# A year, also the second one of «2026-27».
_YEARS = re.compile(r"(?<!\d)(\d{4})(?:([-–/])(\d{2})(?!\d))?(?!\d)")
_FIRST_MONTH = 7
# From this month on, a day cannot be of the school year before.
_CLEARLY_NEW = 9
_WEEK = 7


@dataclass(frozen=True, order=True)
class SchoolYear:
    """A school year, by the calendar year that it starts in."""

    first: int

    @property
    def next(self) -> SchoolYear:
        """Return the year after it."""
        return SchoolYear(self.first + 1)

    @property
    def before(self) -> SchoolYear:
        """Return the year before it."""
        return SchoolYear(self.first - 1)

    def __str__(self) -> str:
        """Write it as the settings do."""
        return f"{self.first}-{self.first + 1}"


def school_year(text: str) -> SchoolYear | None:
    """Return the school year that a text names, such as 2026-2027; None if it names none."""
    years = _WRITTEN.fullmatch(text.strip())
    if not years or int(years[2]) != int(years[1]) + 1:
        return None
    return SchoolYear(int(years[1]))


def year_of(days: Iterable[str]) -> SchoolYear | None:
    """Return the school year that days (as YYYY-MM-DD) are of; None without any."""
    first = min(filter(None, days), default="")
    if not first:
        return None
    day = dt.date.fromisoformat(first)
    return SchoolYear(day.year if day.month >= _FIRST_MONTH else day.year - 1)


def moved_day(text: str, old: SchoolYear, new: SchoolYear) -> str:
    """Return a day of one school year in another: the nearest one of the same weekday.

    A day that is clearly of the new year already stays.
    """
    day = dt.date.fromisoformat(text)
    if new > old and (day.year, day.month) >= (new.first, _CLEARLY_NEW):
        return text
    february = day.month == 2 and day.day == 29  # noqa: PLR2004  (the leap day)
    day_there = 28 if february else day.day
    try:
        same = day.replace(year=day.year + new.first - old.first, day=day_there)
        ahead = (day.weekday() - same.weekday()) % _WEEK
        ahead -= _WEEK if ahead > _WEEK // 2 else 0
        return (same + dt.timedelta(days=ahead)).isoformat()
    except (ValueError, OverflowError):  # no calendar goes there
        return text


def moved_years(text: str, old: SchoolYear, new: SchoolYear) -> str:
    """Return a text with the years of one school year replaced by those of another."""
    by = new.first - old.first

    def move(found: re.Match[str]) -> str:
        year = int(found[1])
        if year not in {old.first, old.first + 1}:
            return found[0]
        short = f"{found[2]}{(int(found[3]) + by) % 100:02d}" if found[3] else ""
        return f"{year + by}{short}"

    return _YEARS.sub(move, text)
