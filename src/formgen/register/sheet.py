"""Read a membership department's sheet: a row for each local, its cells as settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.model.forms.field_types.multiline import MULTILINE
from formgen.model.forms.field_types.text import TEXT
from formgen.model.groups.register import RegisterFile
from formgen.model.rosters.cells import RowReader
from formgen.model.rosters.columns import RosterColumn
from formgen.model.rosters.header import RosterWords
from formgen.model.settings import Settings
from formgen.model.validate import check_shape
from formgen.reference.settings import base_reference
from formgen.register.columns import (
    ADDRESS,
    ADDRESS_PARTS,
    CITY,
    NAME,
    NUMBER,
    REGION,
    STREETS,
    ZIP,
    Columns,
    read_columns,
    sheet_words,
)
from formgen.sources.tables.table import Cell, Table, read_table
from formgen.sources.tree import Node, Plain

# What a setting is: a text, or a list of them.
Value = str | list[str]
_LISTS = {"list", "choices"}
_SHORT_ZIP = re.compile(r"\d{4}")


def as_plain(value: Value) -> Plain:
    """Return a value as files are written from it."""
    return value if isinstance(value, str) else [*value]


@dataclass(frozen=True)
class SheetRow:
    """What a sheet says of one local: its settings by their paths, and where each stands."""

    number: str
    place: Place
    values: Mapping[str, Value]
    places: Mapping[str, Place]
    # Nothing is made of a row that the sheet hides, and its local has not left.
    hidden: bool = False

    @property
    def name(self) -> str:
        """Return the local's name."""
        return str(self.values[NAME])


@dataclass(frozen=True)
class MemberSheet:
    """The rows of a sheet that can be used, its columns, and what is wrong with it."""

    columns: Columns
    rows: tuple[SheetRow, ...]
    findings: tuple[Finding, ...]


def number_key(number: str) -> str:
    """Return a local's number so that it can be compared: 00418 is 418."""
    plain = re.sub(r"\s+", "", number).casefold()
    return plain.lstrip("0") or plain


def read_sheet(path: Path, said: RegisterFile) -> MemberSheet:
    """Return what a sheet says. Raises InputError if it is no table."""
    table = read_table(path)
    words = sheet_words()
    columns = read_columns(table, said, words)
    findings = list(columns.findings)
    if table.guessed:
        message = (
            f"{path.name} is not in UTF-8, so letters such as é were read as Windows has them."
        )
        fix = "look whether they are right, or save it as «CSV UTF-8»."
        findings.append(Finding(Place(path), Code.CSV_ENCODING, message, fix))
    reader = RowReader({}, RosterWords(nothing=words.nothing, totals=words.totals), str, findings)
    rows = list(_rows(table, columns, reader))
    findings += [*_repeated(rows), *_lost_zeros(rows)]
    return MemberSheet(columns, tuple(rows), tuple(findings))


def _rows(table: Table, columns: Columns, reader: RowReader) -> Iterator[SheetRow]:
    findings, hidden, head = reader.findings, [], [cell.text for cell in columns.head]
    for row in columns.below:
        line = Place(table.file, row[0].place.line, 1) if row else Place(table.file)
        texts = [cell.text for cell in row]
        used = any(row[n - 1].text for n in columns.settings if n <= len(row))
        if not used or texts == head or _is_total(row, columns, reader.words):
            message = f"row {line.line} is left out: it holds no local."
            if texts != head and used:
                message = f"row {line.line} is left out: a total."
            fix = "leave it, if that is right; a local's row needs its number and its name."
            findings.append(Finding(line, Code.LEFT_OUT_ROW, message, fix))
            continue
        if table.is_csv and len(row) > len(columns.head):
            message = f"{len(row)} values, {len(columns.head)} headers."
            fix = "put values that hold the separator between quotation marks."
            findings.append(Finding(line, Code.CSV_COLUMNS, message, fix))
            continue
        known = len(findings)
        read = _read_row(row, line, columns, reader)
        if line.line in table.hidden:
            # Nobody sees what is wrong there.
            del findings[known:]
            hidden.append(line.line)
            if read:
                yield SheetRow(read.number, line, read.values, read.places, hidden=True)
        elif read and len(findings) == known:
            yield read
    if hidden:
        shown = ", ".join(map(str, hidden[:10])) + (" …" if len(hidden) > 10 else "")  # noqa: PLR2004
        message = f"rows left out, since the sheet hides them: {shown}."
        fix = "show all rows and save it, if they are meant."
        findings.append(Finding(Place(table.file, hidden[0], 1), Code.LEFT_OUT_ROW, message, fix))


def _is_total(row: Sequence[Cell], columns: Columns, words: RosterWords) -> bool:
    theirs = {columns.settings.get(n): cell.text for n, cell in enumerate(row, 1) if cell.text}
    said = next((cell.text for cell in row if cell.text), "")
    numbered = any(map(str.isdigit, theirs.get(NUMBER, "")))
    return words.is_total(said) and not (numbered and theirs.get(NAME))


def _read_row(
    row: Sequence[Cell], line: Place, columns: Columns, reader: RowReader
) -> SheetRow | None:
    texts, places = {}, {}
    for number, setting in columns.settings.items():
        cell = row[number - 1] if number <= len(row) else None
        kind = MULTILINE if setting == ADDRESS or _is_list(setting) else TEXT
        text = reader.value(cell, RosterColumn(setting, kind), number, line)
        texts[setting] = text
        places[ADDRESS if setting in ADDRESS_PARTS else setting] = cell.place if cell else line
    failed = {each.place for each in reader.findings}
    for needed in (NUMBER, NAME):
        if not texts[needed] and places[needed] not in failed:
            message = f"row {line.line}: {needed} is empty."
            fix = "fill it in, or delete the row."
            reader.findings.append(Finding(places[needed], Code.EMPTY, message, fix))
    if not (texts[NUMBER] and texts[NAME]):
        return None
    values = dict(_values(texts))
    reader.findings.extend(_misshapen(values, places, line))
    return SheetRow(texts[NUMBER], line, values, places)


def _is_list(setting: str) -> bool:
    known = base_reference().find(setting)
    return known is not None and known.kind in _LISTS


def _values(texts: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    """Yield the settings of a row, an address as its lines."""
    for setting, text in texts.items():
        if setting == ADDRESS:
            yield setting, address_lines(text)
        elif setting not in ADDRESS_PARTS:
            is_list = _is_list(setting)
            parts = [part.strip() for part in re.split(r"[;,]", text)] if is_list else []
            yield setting, [part for part in parts if part] if is_list else text
    if not texts.keys().isdisjoint(ADDRESS_PARTS):
        street = ", ".join(filter(None, (texts.get(each, "") for each in STREETS)))
        where = " ".join(filter(None, (texts.get(each, "") for each in (REGION, ZIP))))
        town = ", ".join(filter(None, (texts.get(CITY, ""), where)))
        yield ADDRESS, [line for line in (street, town) if line]


def address_lines(text: str) -> list[str]:
    """Return an address that was typed in one cell as two lines: the street, then the town."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 3:  # noqa: PLR2004  (street, town, state)
        return parts
    return [", ".join(parts[:-2]), ", ".join(parts[-2:])]


def _misshapen(
    values: Mapping[str, Value], places: Mapping[str, Place], line: Place
) -> Iterator[Finding]:
    """Yield what a local's settings would not take, at the cell that says it."""
    root: dict[str, Node] = {}
    for setting, value in values.items():
        held, place = root, places[setting]
        *groups, last = setting.split(".")
        for group in groups:
            node = held.setdefault(group, Node({}, line))
            assert isinstance(node.value, dict)  # noqa: S101  (made one line above)
            held = node.value
        items = [Node(each, place) for each in value] if isinstance(value, list) else None
        if value:
            held[last] = Node(items if items is not None else str(value), place)
    _, findings = check_shape(Node(root, line), Settings, partial=True)
    for each in findings:
        yield Finding(each.place, each.code, f"row {line.line}: {each.message}", each.fix)


def _repeated(rows: Sequence[SheetRow]) -> Iterator[Finding]:
    seen: dict[str, SheetRow] = {}
    for row in rows:
        first = seen.setdefault(number_key(row.number), row)
        if first is not row:
            also = "" if first.number == row.number else f" (as {first.number})"
            message = (
                f"row {row.place.line}: number {row.number} stands in row"
                f" {first.place.line} already{also}."
            )
            fix = "delete one of them, or correct its number."
            yield Finding(row.places[NUMBER], Code.REPEATED_ROW, message, fix)


def _lost_zeros(rows: Sequence[SheetRow]) -> Iterator[Finding]:
    """Yield what is said of numbers that a spreadsheet seems to have cut the zeros of."""
    digits = [row.number for row in rows if row.number.isdecimal()]
    widths = {len(number) for number in digits if number.startswith("0")}
    if len(widths) != 1:
        return
    width = widths.pop()
    short = [row for row in rows if row.number.isdecimal() and len(row.number) < width]
    if short:
        message = (
            f"row {short[0].place.line}: number {short[0].number} has fewer digits than others,"
            f" such as {next(n for n in digits if n.startswith('0'))}"
        )
        more = f"; so have {len(short) - 1} more." if len(short) > 1 else "."
        fix = "if zeros were cut off, make the column a text column and type them again."
        yield Finding(short[0].places[NUMBER], Code.LOST_ZEROS, message + more, fix)
