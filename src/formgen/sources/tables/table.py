"""Read a table of texts, each cell with its place: from CSV as spreadsheets write it, or .xlsx."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.tables.csv_cells import csv_rows
from formgen.sources.text_files import is_legacy

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
KINDS = (".csv", ".xlsx")
# Rows that begin with this explain the table and hold nothing.
REMARK = "#"


@dataclass(frozen=True)
class Cell:
    """One cell: its text without blanks at its ends, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True)
class Table:
    """The cells of the header, and the rows below it that hold anything."""

    file: Path
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    # Its encoding had to be guessed, and with it letters such as é.
    guessed: bool = False


def read_table(path: Path) -> Table:
    """Return a file's table; raises InputError if it is no table, or too large."""
    data = _read_bytes(path)
    guessed = False
    if path.suffix.lower() == ".xlsx":
        from formgen.sources.tables.xlsx_cells import xlsx_rows

        cells = xlsx_rows(path, data)
    else:
        cells, guessed = csv_rows(path, data), is_legacy(data)
    rows = [
        tuple(Cell(text.strip(), Place(path, line, column)) for line, column, text in row)
        for row in cells
    ]
    rows = [row for row in rows if any(cell.text for cell in row)]
    rows = [row for row in rows if not row[0].text.startswith(REMARK)]
    if not rows:
        message = f"{path.name} is empty."
        fix = "`formgen people LOCAL --template` writes one to start from."
        raise InputError([Finding(Place(path), Code.CSV_EMPTY, message, fix)])
    if len(rows) - 1 > MAX_ROWS:
        message = f"{path.name} has {len(rows) - 1:,} rows; {MAX_ROWS:,} are the most."
        raise InputError(
            [Finding(rows[MAX_ROWS + 1][0].place, Code.TOO_BIG, message, "split it in two.")]
        )
    return Table(path, _without_trail(rows[0]), tuple(map(_without_trail, rows[1:])), guessed)


def _without_trail(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Leave out empty cells at the end, which spreadsheets write at random."""
    last = max((number for number, cell in enumerate(row, 1) if cell.text), default=0)
    return row[:last]


def _read_bytes(path: Path) -> bytes:
    place = Place(path)
    try:
        if not path.is_file():
            message = f"{path.name} does not exist, or is no file."
            raise InputError([Finding(place, Code.NO_FILE, message, "check the name.")])
        if path.stat().st_size > MAX_BYTES:
            message = f"{path.name} is larger than {MAX_BYTES:,} bytes."
            raise InputError([Finding(place, Code.TOO_BIG, message, "split it in two.")])
        return path.read_bytes()
    except OSError as problem:
        message = f"{path.name} cannot be read: {problem.strerror}."
        raise InputError(
            [Finding(place, Code.UNREADABLE, message, "check its permissions.")]
        ) from None
