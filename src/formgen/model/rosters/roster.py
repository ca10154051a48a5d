"""The roster: what each row of it says of a pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from formgen.codes import Code
from formgen.findings import Finding, Place, errors
from formgen.model.forms.field_type import FieldType
from formgen.model.rosters.cells import RowReader
from formgen.model.rosters.columns import BOTH, NAME, RosterColumn, letters_of
from formgen.model.rosters.header import Header, RosterWords, read_header
from formgen.model.rosters.people import RosterEntry, doubles, once, pair_of
from formgen.sources.tables.table import Cell, Table

# The day that is printed on what is made; it is asked for, not a column.
DATE = "date"


@dataclass(frozen=True)
class Roster:
    """The rows that can be used, and what is wrong with the header or with others."""

    entries: tuple[RosterEntry, ...]
    findings: tuple[Finding, ...]
    # Rows that the sheet hides: nothing is made for them, and they have not left.
    hidden: tuple[RosterEntry, ...] = ()


def check_roster(
    table: Table,
    extra: Mapping[str, FieldType],
    read_date: Callable[[str], str],
    words: RosterWords | None = None,
) -> Roster:
    """Return what a table says of pairs.

    ``extra`` are columns that the local's own forms ask for, and of which kind they are.
    ``read_date`` turns a date as people write it into ISO 8601, and raises ValueError.
    Findings never repeat what stands in a cell, since they may end up in a log.
    """
    words = words or RosterWords()
    own = {name: RosterColumn(name, kind) for name, kind in extra.items()}
    header = read_header(table, own, words)
    findings = list(header.findings)
    if errors(findings):
        return Roster((), tuple(findings))
    turned = _turned(header, words)
    findings += _told_turned(header, turned)
    reader = _Rows(header, RowReader(header.columns, words, read_date, findings, turned), table)
    entries = [entry for row in header.below if (entry := reader.entry(row))]
    findings += reader.told()
    shown = [entry for entry in entries if entry.row not in table.hidden]
    hidden = {pair_of(entry): entry for entry in entries if entry.row in table.hidden}
    entries = list(once(shown, findings))
    findings += doubles(entries)
    for entry in shown:
        hidden.pop(pair_of(entry), None)
    return Roster(tuple(entries), tuple(findings), tuple(hidden.values()))


def _turned(header: Header, words: RosterWords) -> frozenset[int]:
    """Return the columns in which most names are written «Last, First»."""
    turned = set()
    for number, column in header.columns.items():
        if column.name not in {f"{who}_{NAME}" for who in BOTH}:
            continue
        held = [row[number - 1].text for row in header.below if len(row) >= number]
        names = [text for text in held if text and not words.is_total(text)]
        commas = [text.split(",") for text in names if words.has_comma(text)]
        single = sum(len(parts[0].split()) == 1 for parts in commas if len(parts) == 2)  # noqa: PLR2004
        if commas and 2 * len(commas) >= len(names) and 2 * single >= len(commas):
            turned.add(number)
    return frozenset(turned)


def _told_turned(header: Header, turned: Iterable[int]) -> Iterator[Finding]:
    for number in sorted(turned):
        message = (
            f"column {letters_of(number)}: names written «Last, First» were turned round, "
            "as letters say them."
        )
        fix = "look whether the names on one letter are right, or write first names first."
        yield Finding(header.row[number - 1].place, Code.TURNED_NAMES, message, fix)


@dataclass(frozen=True)
class _Rows:
    """Makes an entry of each row that is one."""

    header: Header
    reader: RowReader
    table: Table

    def entry(self, row: Sequence[Cell]) -> RosterEntry | None:
        """Return a row's entry, unless something is wrong with it."""
        findings = self.reader.findings
        known = len(findings)
        place = Place(row[0].place.file, row[0].place.line, 1)
        if self._left_out(row):
            return None
        if self.table.is_csv and len(row) > len(self.header.row):
            message = f"{len(row)} values, {len(self.header.row)} headers."
            fix = "put values that hold the separator between quotation marks."
            findings.append(Finding(place, Code.CSV_COLUMNS, message, fix))
            return None
        values = self.reader.values(row, place)
        if place.line in self.table.hidden:
            # Nobody sees what is wrong there, and nothing is made of it.
            del findings[known:]
            named = all(values.get(f"{who}_{NAME}") for who in BOTH)
            return RosterEntry(place, values) if named else None
        return RosterEntry(place, values) if len(findings) == known else None

    def _left_out(self, row: Sequence[Cell]) -> str:
        """Return why a row is nobody's: it adds the list up, or is its header again."""
        texts = [cell.text for cell in row if cell.text]
        if texts == [cell.text for cell in self.header.row if cell.text]:
            return "header"
        if not any(row[n - 1].text for n in self.header.columns if n <= len(row)):
            return "" if self.table.is_csv and len(row) > len(self.header.row) else "empty"
        theirs = [
            row[number - 1].text
            for number, column in self.header.columns.items()
            if number <= len(row) and column.name.split("_")[-1] in {NAME, "first", "last"}
        ]
        words = self.reader.words
        total = any(words.is_total(text) for text in [texts[0], *theirs])
        others = [text for text in theirs if text and not words.is_total(text)]
        people = [text for text in others if any(map(str.isalpha, text))]
        return "total" if total and not people else ""

    def told(self) -> Iterator[Finding]:
        """Yield what is said of rows that nothing is made of."""
        file = self.table.file
        shown = [row for row in self.header.below if row[0].place.line not in self.table.hidden]
        for why, what in _LEFT_OUT.items():
            lines = [r[0].place.line for r in shown if self._left_out(r) == why]
            if lines:
                message = f"{_rows(lines)} left out: {what}."
                yield Finding(Place(file, lines[0], 1), Code.LEFT_OUT_ROW, message, _LOOK)
        lines = [r[0].place.line for r in self.header.below if r[0].place.line in self.table.hidden]
        if lines:
            message = f"{_rows(lines)} left out: hidden in the sheet, or by a filter."
            fix = "show all rows and save it, if they are meant."
            yield Finding(Place(file, lines[0], 1), Code.LEFT_OUT_ROW, message, fix)


# Why a row is left out, and how that is said.
_LEFT_OUT = {
    "total": "a total",
    "header": "the names of the columns once more",
    "empty": "nothing in the columns that are read",
}
_LOOK = "leave it, if that is right; a person's row needs both names."
_MOST_TOLD = 20


def _rows(lines: Sequence[int]) -> str:
    more = f" and {len(lines) - _MOST_TOLD} more" if len(lines) > _MOST_TOLD else ""
    if len(lines) == 1:
        return f"row {lines[0]} is"
    return f"rows {', '.join(map(str, lines[:_MOST_TOLD]))}{more} are"
