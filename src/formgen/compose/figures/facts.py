"""What figures are drawn from: the words of one, and what is known of a local."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from formgen.compose.text.language import Language
from formgen.compose.text.year import DayOfYear, MonthOfYear


@dataclass(frozen=True)
class Paper:
    """A document, as figures tell of it."""

    code: str
    privacy: str
    audience: str
    archived: bool


@dataclass(frozen=True)
class FigureFacts:
    """All that a figure may tell; the words are those of its group, their values filled in."""

    words: Mapping[str, Any]
    language: Language
    year: tuple[MonthOfYear, ...] = ()
    papers: tuple[Paper, ...] = ()
    job_families: tuple[str, ...] = ()

    def told(self, *path: str) -> str:
        """Return the words at a path, or nothing where there are none."""
        found: Any = self.words
        for key in path:
            found = found.get(key, "") if isinstance(found, Mapping) else ""
        return found if isinstance(found, str) else ""

    def group(self, *path: str) -> Mapping[str, Any]:
        """Return the words below a path by their keys."""
        found: Any = self.words
        for key in path:
            found = found.get(key, {}) if isinstance(found, Mapping) else {}
        return found if isinstance(found, Mapping) else {}

    @property
    def days(self) -> list[DayOfYear]:
        """Return the days of the year, in their order."""
        return [day for month in self.year for day in month.days]

    def when(self, day: DayOfYear) -> str:
        """Return a day's date and time in words."""
        told = (self.language.day(day.date), self.language.clock(day.time))
        return ", ".join(filter(None, told))


def sentence(first: str, *rest: str) -> str:
    """Return what is known of a thing in one line: what it is, and the rest behind it."""
    return ": ".join(filter(None, (first, ", ".join(filter(None, rest)))))
