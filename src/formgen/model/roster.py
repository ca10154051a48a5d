"""The roster: what its columns hold, and what each row of it says of a pair."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from formgen.codes import Code
from formgen.findings import Finding, Place, did_you_mean
from formgen.model.forms.field_types.base import FieldType, Value
from formgen.model.forms.field_types.date import DATE as DAY
from formgen.model.forms.field_types.email import EMAIL
from formgen.model.forms.field_types.phone import PHONE
from formgen.model.forms.field_types.text import TEXT
from formgen.sources.characters import find_bad_character, tidy
from formgen.sources.fonts import missing_characters
from formgen.sources.tables.table import Cell, Table

MENTEE, MENTOR = "mentee", "mentor"
# The day that is printed on what is made; it is asked for, not a column.
DATE = "date"
_MOST_LETTERS = 200


@dataclass(frozen=True)
class RosterColumn:
    """One column; what it is for is explained in words.yaml, under `roster`."""

    name: str
    kind: FieldType = TEXT
    required: bool = False


_ABOUT_BOTH: tuple[tuple[str, FieldType], ...] = (
    ("position", TEXT),
    ("school", TEXT),
    ("phone", PHONE),
    ("email", EMAIL),
    ("address", TEXT),
)
COLUMNS = (
    RosterColumn("mentee_name", required=True),
    RosterColumn("mentor_name", required=True),
    *(
        RosterColumn(f"{who}_{what}", kind)
        for who in ("mentee", "mentor")
        for what, kind in _ABOUT_BOTH
    ),
    RosterColumn("matched_on", DAY),
)
KNOWN: Mapping[str, RosterColumn] = {column.name: column for column in COLUMNS}


@dataclass(frozen=True)
class RosterEntry:
    """One row: where it stands, and its texts by column; dates are as ISO 8601 writes them."""

    place: Place
    values: Mapping[str, str]

    @property
    def row(self) -> int:
        """Return the row's number in its file."""
        return self.place.line


@dataclass(frozen=True)
class Roster:
    """The rows that can be used, and what is wrong with the header or with others."""

    entries: tuple[RosterEntry, ...]
    findings: tuple[Finding, ...]
    # Rows that the sheet hides: nothing is made for them, and they have not left.
    hidden: tuple[RosterEntry, ...] = ()


def check_roster(
    table: Table, extra: Mapping[str, FieldType], read_date: Callable[[str], str]
) -> Roster:
    """Return what a table says of pairs.

    ``extra`` are columns that the local's own forms ask for, and of which kind they are.
    ``read_date`` turns a date as the local writes it into ISO 8601, and raises ValueError.
    Findings never repeat what stands in a cell, since they may end up in a log.
    """
    columns, findings = _columns(table, extra)
    if any(finding.severity == "error" for finding in findings):
        return Roster((), tuple(findings))
    checker = _Checker(columns, read_date, findings)
    entries = [entry for row in table.rows if (entry := checker.entry(row))]
    entries = list(_once(entries, findings))
    return Roster(tuple(entries), tuple(findings))


def column_key(text: str) -> str:
    """Return a column's name as typed in a header: «Mentee name» is mentee_name."""
    return re.sub(r"[\s_-]+", "_", text.strip().casefold()).replace("e_mail", "email")


def letters_of(number: int) -> str:
    """Return what spreadsheets call a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = string.ascii_uppercase[rest] + letters
    return letters


def _columns(
    table: Table, extra: Mapping[str, FieldType]
) -> tuple[list[RosterColumn], list[Finding]]:
    findings: list[Finding] = []
    columns: list[RosterColumn] = []
    seen: set[str] = set()
    for number, cell in enumerate(table.header, 1):
        called = f"column {letters_of(number)}"
        key = column_key(cell.text)
        known = KNOWN.get(key) or (RosterColumn(key, extra[key]) if key in extra else None)
        if not cell.text:
            message = f"{called} has no name."
            findings.append(
                Finding(cell.place, Code.CSV_HEADER, message, "name it in the first row.")
            )
        elif known is None:
            names = [*KNOWN, *extra]
            fix = did_you_mean(key, names, f"use one of: {', '.join(names)}; or delete it.")
            # Not what it is called: without a header, that is somebody's name.
            message = f"{called} has a name that no document asks for."
            findings.append(Finding(cell.place, Code.CSV_HEADER, message, fix))
        elif key in seen:
            message = f'column "{key}" appears twice.'
            findings.append(Finding(cell.place, Code.CSV_HEADER, message, "rename or delete one."))
        seen.add(key)
        columns.append(known or RosterColumn(key))
    for column in COLUMNS:
        if column.required and column.name not in seen:
            place = table.header[0].place if table.header else Place(table.file, 1, 1)
            message = f'there is no column "{column.name}".'
            findings.append(Finding(place, Code.CSV_HEADER, message, "add it to the first row."))
    return columns, findings


@dataclass(frozen=True)
class _Checker:
    """Looks at the cells of a row, one by one."""

    columns: Sequence[RosterColumn]
    read_date: Callable[[str], str]
    findings: list[Finding]

    def entry(self, row: Sequence[Cell]) -> RosterEntry | None:
        """Return a row's entry, unless something is wrong with it."""
        known = len(self.findings)
        place = Place(row[0].place.file, row[0].place.line, 1)
        if len(row) > len(self.columns):
            message = f"{len(row)} values, {len(self.columns)} headers."
            fix = "put values that hold the separator between quotation marks."
            self.findings.append(Finding(place, Code.CSV_COLUMNS, message, fix))
            return None
        values: dict[str, str] = {}
        for number, column in enumerate(self.columns):
            cell = row[number] if number < len(row) else None
            values[column.name] = self.value(cell, column, number + 1, place)
        return RosterEntry(place, values) if len(self.findings) == known else None

    def value(self, cell: Cell | None, column: RosterColumn, number: int, row: Place) -> str:
        """Return what a cell holds; on a problem, a finding is gathered."""
        text = tidy(cell.text) if cell else ""

        def report(code: Code, what: str, fix: str) -> str:
            message = f"row {row.line}, column {letters_of(number)} ({column.name}): {what}"
            self.findings.append(Finding(cell.place if cell else row, code, message, fix))
            return ""

        if not text:
            return report(Code.EMPTY, "is empty.", "fill it in.") if column.required else ""
        if len(text) > _MOST_LETTERS:
            what = f"is longer than {_MOST_LETTERS} characters."
            return report(Code.TOO_LONG, what, "shorten it.")
        if bad := find_bad_character(text.replace("\n", " ")):
            return report(Code.CONTROL_CHAR, f"{bad}.", "retype the value.")
        if missing := missing_characters(text):
            shown = ", ".join(f'"{char}" (U+{ord(char):04X})' for char in missing[:3])
            return report(Code.NO_GLYPH, f"no font has {shown}.", "use other letters for it.")
        written = column.kind.value or Value()
        if "\n" in text and not written.takes_lines:
            return report(Code.TWO_LINES, "takes two lines.", "write it on one.")
        text = text.replace("\n", ", ")
        if written.problem is None:
            return text
        try:
            return self.checked(text, written)
        except ValueError:
            return report(*written.problem)

    def checked(self, text: str, written: Value) -> str:
        """Return a text as its column's kind keeps it. Raises ValueError if it is none."""
        if written.is_day:
            return self.read_date(text)
        if written.pattern and not re.fullmatch(written.pattern, text):
            raise ValueError(text)
        return text


def _once(entries: Iterable[RosterEntry], findings: list[Finding]) -> Iterator[RosterEntry]:
    """Yield the entries, and a finding instead of one whose pair came before."""
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        pair = pair_of(entry)
        if pair in seen:
            message = f"row {entry.row}: the same pair as in row {seen[pair]}."
            findings.append(Finding(entry.place, Code.REPEATED_ROW, message, "delete one of them."))
            continue
        seen[pair] = entry.row
        yield entry


def pair_of(entry: RosterEntry) -> tuple[str, str]:
    """Return what tells a pair from others, however its names are written."""
    mentee, mentor = (plain_name(entry.values[f"{who}_name"]) for who in (MENTEE, MENTOR))
    return mentee, mentor


def plain_name(name: str) -> str:
    """Return a name so that it can be compared, however it is written."""
    return " ".join(name.casefold().split())
