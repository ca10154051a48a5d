"""Read the first sheet of an Excel workbook as texts."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.tables.csv_cells import Row

# A workbook of five megabytes that unpacks to more than this is no roster.
_MOST_UNPACKED = 100_000_000
_MOST_COLUMNS = 200
_MOST_ROWS = 20_000


def xlsx_rows(path: Path, data: bytes) -> list[Row]:
    """Return rows of (row, column, text), counted from 1. Raises InputError for no workbook.

    Formulas count as what they came to when the workbook was saved.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise _unreadable(path, "is no workbook") from None
    if unpacked > _MOST_UNPACKED:
        raise _unreadable(path, "is far larger inside than outside")
    return _rows_of(path, data)


def _rows_of(path: Path, data: bytes) -> list[Row]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says of its own size may be wrong.
        sheet.reset_dimensions()
        cells = sheet.iter_rows(max_col=_MOST_COLUMNS, max_row=_MOST_ROWS, values_only=True)
        return [
            [(number, column, _text(value)) for column, value in enumerate(row, 1)]
            for number, row in enumerate(cells, 1)
        ]
    except Exception as problem:  # noqa: BLE001  (openpyxl raises whatever a bad file leads to)
        raise _unreadable(
            path, f"is no workbook that can be read ({type(problem).__name__})"
        ) from None


def _unreadable(path: Path, what: str) -> InputError:
    fix = "open it in the spreadsheet program and save it as .xlsx, or as CSV UTF-8."
    return InputError([Finding(Place(path), Code.NO_WORKBOOK, f"{path.name} {what}.", fix)])


def _text(value: Any) -> str:
    """Return a cell as it would be typed: numbers without a needless point, dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
