"""Whom of a roster a run is for: rows, ids, those who lack something."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.model.rosters.people import RosterEntry, plain_name
from formgen.people.options import OptionError, PeopleOptions

_ROWS = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")
_LONGEST_LABEL = 40


def is_rows(text: str) -> bool:
    """Tell whether rows were typed, and no id."""
    return bool(re.fullmatch(r"[\d\s,–-]+", text))


def rows_asked(texts: Iterable[str]) -> list[range]:
    """Return the rows that were typed: 3, 25-27 or 3,5. Raises OptionError."""
    ranges = []
    for text in texts:
        for part in text.split(","):
            match = _ROWS.fullmatch(part.strip())
            if match is None:
                raise OptionError("row", f'"{part}" is no row. Write it like 3 or 25-27.')
            first, last = int(match[1]), int(match[2] or match[1])
            ranges.append(range(min(first, last), max(first, last) + 1))
    return ranges


def chosen(
    options: PeopleOptions, people: Mapping[str, RosterEntry], place: Place
) -> dict[str, RosterEntry]:
    """Return those who were asked for, or all. Raises InputError for whom there is not."""
    if not options.is_for_some:
        return dict(people)
    ranges = rows_asked(options.rows)
    name = plain_name(options.name)
    fix = "`formgen people LOCAL --check` lists the rows and ids of all."
    missing = [f'nobody has the id "{id_}".' for id_ in options.people if id_ not in people]
    rows = {entry.row for entry in people.values()}
    missing += [f"nobody is in {label_of(r)}." for r in ranges if rows.isdisjoint(r)]
    found = {
        id_: entry
        for id_, entry in people.items()
        if id_ in options.people
        or any(entry.row in each for each in ranges)
        or (name and name in names_of(entry))
    }
    if name and not any(name in names_of(entry) for entry in people.values()):
        missing.append("nobody on the roster has that name.")
    if missing:
        raise InputError(Finding(place, Code.UNKNOWN_ID, each, fix) for each in missing)
    return found


def names_of(entry: RosterEntry) -> set[str]:
    """Return both names of a pair, so that they can be compared."""
    return {plain_name(entry.values[column]) for column in ("mentee_name", "mentor_name")}


def label_of(rows: Collection[int]) -> str:
    """Return rows as a heading says them: «row 3», «rows 3-5, 7»."""
    return f"row{'s' if len(rows) > 1 else ''} {', '.join(_runs(rows))}"


def folder_of(rows: Collection[int]) -> str:
    """Return what the folder is called in which the files for the printer of some rows lie."""
    named = f"rows-{'-and-'.join(_runs(rows))}"
    if len(named) <= _LONGEST_LABEL:
        return named
    return f"rows-{min(rows)}-to-{max(rows)}-{len(set(rows))}-pairs"


def _runs(rows: Collection[int]) -> list[str]:
    """Return rows as texts, those that follow each other together: 3-5."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and runs[-1][-1] == row - 1:
            runs[-1][1:] = [row]
        else:
            runs.append([row])
    return ["-".join(map(str, run)) for run in runs]
