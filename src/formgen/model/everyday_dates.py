"""Dates and times as people type them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping, Sequence

_FIGURES = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
# What spreadsheets add to a day that has no time.
_MIDNIGHT = re.compile(r"[T\s]+(0{1,2}:00(:00)?|12:00(:00)?\s*AM)$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_YEAR_FIGURES = 4
_LEAST_LETTERS = 3
# Month first, as it is written where formgen is at home.
_ORDER = "mdy"
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?\s*m?\.?", re.IGNORECASE)
_NOON = 12


def likely_date(text: str) -> dt.date | None:
    """Return the date that was probably meant in English, or None; it takes a year."""
    months = dict(enumerate(calendar.month_name))
    del months[0]
    try:
        return dt.date.fromisoformat(typed_day(text, _ORDER, months))
    except ValueError:
        return None


def likely_time(text: str) -> str:
    """Return the time that was probably meant, as 16:30, or nothing."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return ""
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return f"{hour}:{minute:02}" if hour < 2 * _NOON and minute < 5 * _NOON else ""


def typed_day(text: str, order: Sequence[str], months: Mapping[int, str]) -> str:
    """Return a date as ISO 8601 writes it; ``order`` is that of d, m and y in figures.

    Raises ValueError for what is no date, or could be several: without a year in four figures.
    """
    text = _MIDNIGHT.sub("", text.strip())
    figures = _FIGURES.fullmatch(text)
    if figures is None:
        return _with_month(text, months) if re.search(r"[^\W\d_]", text) else _iso(text)
    if len(figures[1]) == _YEAR_FIGURES:
        order = "ymd"
    by_part = dict(zip(dict.fromkeys(order), figures.groups(), strict=True))
    year, month, day = (int(by_part[part]) for part in "ymd")
    if len(by_part["y"]) != _YEAR_FIGURES:
        raise ValueError(text)
    return dt.date(year, month, day).isoformat()


def _iso(text: str) -> str:
    return dt.date.fromisoformat(text).isoformat()


def _with_month(text: str, months: Mapping[int, str]) -> str:
    """Return a date whose month is a word: «Mon., Sept 14th, 2026», «14 September 2026»."""
    words = _WORDS.findall(re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text.casefold()))
    named = [month for word in words if (month := _month(word, months))]
    numbers = [word for word in words if word.isdigit()]
    years = [word for word in numbers if len(word) == _YEAR_FIGURES]
    days = [word for word in numbers if len(word) < _LEAST_LETTERS]
    if not (len(named) == len(years) == len(days) == 1 and len(numbers) == 2):  # noqa: PLR2004
        raise ValueError(text)
    return dt.date(int(years[0]), named[0], int(days[0])).isoformat()


def _month(word: str, months: Mapping[int, str]) -> int:
    """Return the number of the one month that begins with a word, or 0."""
    if len(word) < _LEAST_LETTERS:
        return 0
    found = [number for number, name in months.items() if name.casefold().startswith(word)]
    return found[0] if len(found) == 1 else 0
