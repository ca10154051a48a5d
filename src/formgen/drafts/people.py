"""A local's list of people as a table: read from a file or a paste, looked at, and written."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.build.publish import write_file
from formgen.compose.pages import Composer
from formgen.drafts.save import ChangedMeanwhileError
from formgen.findings import Finding, InputError, errors, in_order
from formgen.people.roster import NAME, explained_columns, read_head, read_roster, roster_files
from formgen.sources.tables.table import REMARK, read_table

_FILE = f"{NAME}.csv"
_KINDS = (".csv", ".xlsx", ".ods")
# Whose columns there are.
_PARTNERS = ("mentee", "mentor")
Grid = list[list[str]]


@dataclass(frozen=True)
class Column:
    """A column that a list can have: its name in files, whether it is needed, what it is for.

    What it holds is of somebody, who is called as the local calls them; or of nobody.
    """

    name: str
    is_needed: bool
    about: str
    whose: str = ""
    what: str = ""


@dataclass(frozen=True)
class List:
    """A list of people as it stands in its file, and what is wrong with it, cell by cell."""

    # The name of the file; nothing if there is none yet.
    file: str
    digest: str
    rows: Grid
    # The number of each row in the file, as findings name it.
    lines: tuple[int, ...]
    # By row of the grid and column, from 0; a column of -1 is the whole row.
    cells: dict[tuple[int, int], list[Finding]]
    others: tuple[Finding, ...]
    usable: int
    # The number of the row that names the columns; above it are titles and the like.
    head: int
    # The columns that there can be.
    columns: tuple[Column, ...]

    @property
    def is_table(self) -> bool:
        """Tell whether it can be changed as a table here, and not in a spreadsheet alone."""
        return self.file in {"", _FILE}

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing is wrong with it."""
        return not errors([*self.others, *(f for found in self.cells.values() for f in found)])


def read_list(composer: Composer) -> List:
    """Return a local's own list of people; an empty one if there is none."""
    files = roster_files(composer.kit.stack.local.folder)
    if not files:
        columns = _columns(composer)
        names = [each.name for each in columns]
        return List("", "", [names], (0,), {}, (), 0, 0, columns)
    return _list(composer, files[0], files[0].name)


def look_at_rows(composer: Composer, rows: Grid) -> List:
    """Return rows as a list of people, whatever is wrong with them; nothing is kept of them."""
    return look_at_file(composer, _FILE, csv_of(rows))


def look_at_file(composer: Composer, name: str, data: bytes) -> List:
    """Return a file that was handed over as a list of people; nothing is kept of it."""
    # Only this user can look into it.
    with tempfile.TemporaryDirectory(prefix="formgen-") as folder:
        file = Path(folder) / f"{NAME}{_ending(name)}"
        file.write_bytes(data)
        return _list(composer, file, file.name)


def rows_of_paste(text: str) -> Grid:
    """Return what was copied from a spreadsheet as rows of cells."""
    separator = "\t" if "\t" in text else ","
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(row)]
    wide = max(map(len, rows), default=0)
    return [[*row, *([""] * (wide - len(row)))] for row in rows]


def save_rows(composer: Composer, digest: str, rows: Grid) -> str:
    """Write rows as a local's list, and return its hash; what explains it there stays.

    Raises ChangedMeanwhileError, InputError and OSError.
    """
    folder = composer.kit.stack.local.folder
    remarks = _remarks(folder / _FILE)
    return _write(
        folder, digest, _FILE, csv_of([*rows[:1], *([each] for each in remarks), *rows[1:]])
    )


def save_file(composer: Composer, digest: str, name: str, data: bytes) -> str:
    """Write a file that was handed over as a local's list, in place of the one that there is."""
    folder = composer.kit.stack.local.folder
    return _write(folder, digest, f"{NAME}{_ending(name)}", data)


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as a CSV file, as spreadsheets read it."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _write(folder: Path, digest: str, name: str, data: bytes) -> str:
    before = roster_files(folder)
    now = _digest(before[0]) if before else ""
    if now != digest:
        raise ChangedMeanwhileError("", now)
    write_file(folder / name, data, private=True)
    for other in before:
        if other.name != name:
            other.unlink()
    return _digest(folder / name)


def _columns(composer: Composer) -> tuple[Column, ...]:
    terms = {key: str(composer.wording.context["term"][key.title()]) for key in _PARTNERS}
    found = []
    for name, is_needed, about in explained_columns(composer):
        partner, _, what = name.partition("_")
        is_of = partner in terms and bool(what)
        whose = terms[partner] if is_of else ""
        found.append(Column(name, is_needed, about, whose, what if is_of else name))
    return tuple(found)


def _list(composer: Composer, file: Path, name: str) -> List:
    columns = _columns(composer)
    digest = _digest(file)
    found: list[Finding] = []
    usable = 0
    try:
        table = read_table(file)
    except InputError as problem:
        return List(name, digest, [], (), {}, problem.findings, 0, 0, columns)
    try:
        roster = read_roster(composer, file)
    except InputError as problem:
        found += problem.findings
    else:
        found += roster.findings
        usable = len(roster.entries)
    wide = max(map(len, table.rows))
    rows = [[*(cell.text for cell in row), *([""] * (wide - len(row)))] for row in table.rows]
    lines = tuple(row[0].place.line for row in table.rows)
    # In a CSV file, a place's column counts letters.
    at = {
        cell.place: (number, column)
        for number, row in enumerate(table.rows)
        for column, cell in enumerate(row)
    }
    firsts = {line: number for number, line in enumerate(lines)}
    cells: dict[tuple[int, int], list[Finding]] = {}
    others = []
    for finding in in_order(found):
        line = finding.place.line
        spot = at.get(finding.place) or ((firsts[line], -1) if line in firsts else None)
        if spot:
            cells.setdefault(spot, []).append(finding)
        else:
            others.append(finding)
    head = firsts.get(_head_line(composer, file), 0)
    return List(name, digest, rows, lines, cells, tuple(others), usable, head, columns)


def _head_line(composer: Composer, file: Path) -> int:
    row = read_head(composer, file).row
    return row[0].place.line if row else 0


def _remarks(file: Path) -> list[str]:
    """Return the lines of a list that explain it."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [line for line in lines if line.startswith(REMARK)]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _ending(name: str) -> str:
    ending = Path(name.replace("\\", "/")).suffix.lower()
    return ending if ending in _KINDS else ".csv"
