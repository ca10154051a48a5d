"""Read the first sheet of an Excel workbook as it is shown."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.tables.number_formats import shown
from formgen.sources.tables.sheet import Row, Sheet, with_merged

# A workbook of five megabytes that unpacks to more than this is no roster.
_MOST_UNPACKED = 100_000_000
_MOST_COLUMNS = 200
_MOST_ROWS = 20_000
# A row that is drawn as low as this, nobody sees.
_FLAT = 0.1
# What a formula shows that nobody calculated: it was written by a program that does not.
_UNKNOWN = "#CALC!"


def xlsx_sheet(path: Path, data: bytes) -> Sheet:
    """Return the first sheet that is not hidden. Raises InputError for no workbook.

    Formulas count as what they came to when the workbook was saved.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise _unreadable(path, "is no workbook") from None
    if unpacked > _MOST_UNPACKED:
        raise _unreadable(path, "is far larger inside than outside")
    try:
        return _read(data)
    except Exception as problem:  # noqa: BLE001  (openpyxl raises whatever a bad file leads to)
        raise _unreadable(
            path, f"is no workbook that can be read ({type(problem).__name__})"
        ) from None


def _read(data: bytes) -> Sheet:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    shown_sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
    sheet = (shown_sheets or book.worksheets)[0]
    # What the file says of its own size may be wrong.
    sheet.reset_dimensions()
    cells = sheet.iter_rows(max_col=_MOST_COLUMNS, max_row=_MOST_ROWS)
    rows: list[Row] = [
        [(number, column, _text(cell)) for column, cell in enumerate(row, 1)]
        for number, row in enumerate(cells, 1)
    ]
    hidden, merged, unknown = _around(sheet)
    for line, column in unknown:
        if line <= len(rows) and column <= len(rows[line - 1]):
            rows[line - 1][column - 1] = (line, column, _UNKNOWN)
    return with_merged(rows, merged, hidden)


def _around(
    sheet: Any,
) -> tuple[list[int], list[tuple[int, int, int, int]], list[tuple[int, int]]]:
    """Return rows that are hidden, cells that are one, and formulas that nobody calculated.

    openpyxl tells them only of a sheet that it reads into memory whole.
    """
    from defusedxml.ElementTree import iterparse
    from openpyxl.utils import coordinate_to_tuple
    from openpyxl.utils.cell import range_boundaries

    hidden: list[int] = []
    merged: list[tuple[int, int, int, int]] = []
    unknown: list[tuple[int, int]] = []
    line = 0
    with sheet._get_source() as source:  # noqa: SLF001
        for _, element in iterparse(source):
            tag = element.tag.rpartition("}")[2]
            if tag == "c":
                parts = {part.tag.rpartition("}")[2]: part for part in element}
                no_value = "v" not in parts or not (parts["v"].text or element.get("t") == "str")
                if "f" in parts and no_value and element.get("r"):
                    unknown.append(coordinate_to_tuple(element.get("r")))
            elif tag == "row":
                line = int(element.get("r", line + 1))
                is_flat = float(element.get("ht", 1)) < _FLAT
                if (is_flat or element.get("hidden") in {"1", "true"}) and line <= _MOST_ROWS:
                    hidden.append(line)
                element.clear()
            elif tag == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref"))
                merged.append((top, min(bottom, _MOST_ROWS), left, right))
    return hidden, merged, unknown


def _unreadable(path: Path, what: str) -> InputError:
    fix = "open it in the spreadsheet program and save it as .xlsx, or as CSV UTF-8."
    return InputError([Finding(Place(path), Code.NO_WORKBOOK, f"{path.name} {what}.", fix)])


def _text(cell: Any) -> str:
    """Return what a cell shows; of a day, what it means."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shown(value, cell.number_format or "General")
    return str(value)
