"""The days of a program's year as a calendar that other programs read (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from formgen.compose.text.year import DayOfYear

_LONGEST = 75
_ESCAPED = re.compile(r"[\\;,]")
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//formgen//year//EN", "CALSCALE:GREGORIAN")


def year_calendar(days: Iterable[DayOfYear], local: str, program: str) -> bytes:
    """Return a calendar with an entry for each day; the same days give the same bytes."""
    lines = [*_HEAD, *(line for day in days for line in _entry(day, local, program))]
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def _entry(day: DayOfYear, local: str, program: str) -> Iterator[str]:
    digits = day.date.replace("-", "")
    yield "BEGIN:VEVENT"
    # The year tells this year's days from those of the next, which a calendar keeps beside them.
    yield f"UID:{day.date[:4]}-{day.id}@{local}.formgen"
    # When it was made must be said; the day itself does not change from build to build.
    yield f"DTSTAMP:{digits}T000000Z"
    if day.time:
        # Without a zone, it is the time of wherever one is.
        yield f"DTSTART:{digits}T{day.time.replace(':', '')}00"
    else:
        yield f"DTSTART;VALUE=DATE:{digits}"
    yield f"SUMMARY:{_text(f'{program}: {day.name}')}"
    if day.place:
        yield f"LOCATION:{_text(day.place)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(value: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", " ".join(value.split()))


def _folded(line: str) -> str:
    """Return a line in parts of at most 75 octets, none of them cut inside a letter."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n".join(parts)
