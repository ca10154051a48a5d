"""Dates and times as people write them, read so that a finding can say how formgen writes them."""

from __future__ import annotations

import datetime as dt
import re

# Month first, as it is written where formgen is at home.
_DATES = (
    *("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    *("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%A %B %d %Y", "%a %b %d %Y"),
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?\s*m?\.?", re.IGNORECASE)
_NOON = 12


def likely_date(text: str) -> dt.date | None:
    """Return the date that was probably meant, or None; it takes a year."""
    words = _ORDINAL.sub("", text).replace(",", " ").replace("Sept ", "Sep ").split()
    # "Oct. 2" is October as well.
    bare = " ".join(word.removesuffix(".") for word in words)
    for form in _DATES:
        try:
            return dt.datetime.strptime(bare, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
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
