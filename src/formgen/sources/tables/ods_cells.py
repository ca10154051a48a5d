"""Read the first sheet of a LibreOffice table (.ods) as it is shown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.tables.sheet import Row, Sheet, with_merged

_MOST_UNPACKED = 50_000_000
_MOST_COLUMNS = 200
_MOST_ROWS = 20_000
_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE = (f"{_NAMES}{name}:1.0}}" for name in ("table", "text", "office"))


def ods_sheet(path: Path, data: bytes) -> Sheet:
    """Return the first sheet that holds anything. Raises InputError for no such file."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("content.xml").file_size > _MOST_UNPACKED:
                raise _unreadable(path, "is far larger inside than outside")
            root = fromstring(archive.read("content.xml"))
    except (zipfile.BadZipFile, KeyError, RuntimeError):
        raise _unreadable(path, "is no table that can be read") from None
    except (ParseError, DefusedXmlException):
        raise _unreadable(path, "holds no table that can be read") from None
    sheets = [_sheet(table) for table in root.iter(f"{_TABLE}table")]
    full = [sheet for sheet in sheets if any(text for row in sheet.rows for _, _, text in row)]
    return (full or sheets or [Sheet([])])[0]


def _unreadable(path: Path, what: str) -> InputError:
    fix = "open it in LibreOffice, without a password, and save it as .xlsx, or as CSV UTF-8."
    return InputError([Finding(Place(path), Code.NO_WORKBOOK, f"{path.name} {what}.", fix)])


def _sheet(table: Any) -> Sheet:
    rows: list[Row] = []
    hidden: list[int] = []
    merged: list[tuple[int, int, int, int]] = []
    line = 1
    for element in table.iter(f"{_TABLE}table-row"):
        times = _number(element, "number-rows-repeated")
        cells = list(_cells(element))
        shown = element.get(f"{_TABLE}visibility", "visible") == "visible"
        # A sheet ends with a row that is repeated a million times.
        for _ in range(min(times, _MOST_ROWS + 1 - line) if any(c[1] for c in cells) else 1):
            rows.append([(line, column, text) for column, text, _ in cells])
            hidden += [] if shown else [line]
            merged += [
                (line, line + rows_ - 1, column, column + columns - 1)
                for column, _, (rows_, columns) in cells
                if rows_ * columns > 1
            ]
            line += 1
        line += 0 if any(c[1] for c in cells) else times - 1
        if line > _MOST_ROWS:
            break
    return with_merged(rows, merged, hidden)


def _cells(row: Any) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """Yield the column of each cell, its text, and over how many rows and columns it goes."""
    column = 1
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        covered = cell.tag.endswith("covered-table-cell")
        text = "" if covered else _shown(cell)
        size = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        times = _number(cell, "number-columns-repeated")
        for number in range(column, min(column + times, _MOST_COLUMNS + 1)):
            yield number, text, size
        column += times


def _number(element: Any, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return max(int(text), 1) if text.isdecimal() else 1


def _shown(cell: Any) -> str:
    """Return what a cell shows; of a day, what it means."""
    if cell.get(f"{_OFFICE}value-type") == "date":
        return str(cell.get(f"{_OFFICE}date-value", "")).partition("T")[0]
    return "\n".join(_words(part) for part in cell if part.tag == f"{_TEXT}p")


def _words(element: Any) -> str:
    text = element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            count = part.get(f"{_TEXT}c", "1")
            text += " " * (min(int(count), 100) if count.isdecimal() else 1)
        elif part.tag == f"{_TEXT}tab":
            text += "\t"
        elif part.tag == f"{_TEXT}line-break":
            text += "\n"
        elif part.tag != f"{_OFFICE}annotation":
            text += _words(part)
        text += part.tail or ""
    return text
