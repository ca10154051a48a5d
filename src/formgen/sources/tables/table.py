"""Read a table of texts, each cell with its place: from CSV, .xlsx or .ods."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.tables.csv_cells import csv_rows
from formgen.sources.tables.sheet import Sheet
from formgen.sources.text_files import is_legacy

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
KINDS = (".csv", ".xlsx", ".ods")
# Rows that begin with this explain the table and hold nothing.
REMARK = "#"
_NUMBERED = re.compile(r"#\s*\d*\.?")
_ERROR = re.compile(r"#[^\s#]{1,14}[!?]|#N/?[A-Z]|#NV|Err:\d{3}|#{2,}")
# How a number is kept as a text by those who know spreadsheets: ="007", '007.
_AS_TEXT = re.compile(r"""^(?:="(.*)"|'([\d+(=].*))$""", re.DOTALL)
_ZIP = b"PK\x03\x04"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_NUMBERS = b"Index/Document.iwa"
# How files begin that are called tables, too.
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls), or one with a password",
    b"<html": "a web page",
    b"<!doctype html": "a web page",
    b"<?xml": "a table in XML",
    b"%pdf": "a PDF",
}


@dataclass(frozen=True)
class Cell:
    """One cell: its text without blanks at its ends, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True)
class Table:
    """The rows that hold anything, and what their sheet shows of them."""

    file: Path
    rows: tuple[tuple[Cell, ...], ...]
    # Its encoding had to be guessed, and with it letters such as é.
    guessed: bool = False
    # Nobody but a separator says where a cell ends.
    is_csv: bool = False
    # Lines that the sheet hides.
    hidden: frozenset[int] = frozenset()
    # Of cells that are one over several columns: line and first column, and the last one.
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)


def read_table(path: Path) -> Table:
    """Return a file's table; raises InputError if it is no table, or too large."""
    data = _read_bytes(path)
    kind = _kind_of(path, data)
    if kind == ".xlsx":
        from formgen.sources.tables.xlsx_cells import xlsx_sheet

        sheet = xlsx_sheet(path, data)
    elif kind == ".ods":
        from formgen.sources.tables.ods_cells import ods_sheet

        sheet = ods_sheet(path, data)
    else:
        sheet = Sheet(csv_rows(path, data))
    is_csv = kind == ".csv"
    rows = [
        tuple(
            Cell(
                _AS_TEXT.sub(r"\1\2", text.strip()) if is_csv else text.strip(),
                Place(path, line, column),
            )
            for line, column, text in row
        )
        for row in sheet.rows
    ]
    rows = [row for row in rows if any(cell.text for cell in row) and not _is_remark(row)]
    if not rows:
        message = f"{path.name} is empty."
        fix = "`formgen people LOCAL --template` writes one to start from."
        raise InputError([Finding(Place(path), Code.CSV_EMPTY, message, fix)])
    if len(rows) - 1 > MAX_ROWS:
        message = f"{path.name} has {len(rows) - 1:,} rows; {MAX_ROWS:,} are the most."
        raise InputError(
            [Finding(rows[MAX_ROWS + 1][0].place, Code.TOO_BIG, message, "split it in two.")]
        )
    guessed = is_csv and is_legacy(data)
    return Table(path, tuple(map(_without_trail, rows)), guessed, is_csv, sheet.hidden, sheet.spans)


def _is_remark(row: tuple[Cell, ...]) -> bool:
    """Tell whether a row explains the table, and does not begin with an error or a number."""
    text = row[0].text
    if not text.startswith(REMARK) or is_error(text):
        return False
    return not (_NUMBERED.fullmatch(text) and any(cell.text for cell in row[1:]))


def is_error(text: str) -> bool:
    """Tell whether a cell holds what spreadsheets show in place of a value."""
    return _ERROR.fullmatch(text) is not None


def _kind_of(path: Path, data: bytes) -> str:
    """Return which of the kinds a file is, by what it holds. Raises InputError for another."""
    suffix = path.suffix.lower()
    for start, what in _OTHERS.items():
        if data[:200].lstrip().lower().startswith(start):
            raise _other(path, what)
    if not data.startswith(_ZIP):
        # By the name of a workbook, what is none is told as such.
        return suffix if suffix in {".xlsx", ".ods"} else ".csv"
    if _NUMBERS in data:
        raise _other(path, "a table of Numbers")
    return ".ods" if _ODS in data[:200] or suffix == ".ods" else ".xlsx"


def _other(path: Path, what: str) -> InputError:
    fix = "open it in its program, and save or export it as .xlsx, or as CSV UTF-8."
    message = f"{path.name} is {what}, which cannot be read."
    return InputError([Finding(Place(path), Code.NO_WORKBOOK, message, fix)])


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
