"""Write a sheet anew, with what the files of the locals say now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from formgen.build.publish import write_file
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, errors
from formgen.register.columns import (
    ADDRESS,
    ADDRESS_PARTS,
    NUMBER,
    Columns,
    read_columns,
    read_register_file,
    sheet_words,
)
from formgen.register.known import KnownLocal, known_locals
from formgen.register.record import read_record
from formgen.register.sheet import Value, number_key
from formgen.sources.tables.table import read_table
from formgen.sources.tables.written import csv_of, workbook_of

_TOWN = re.compile(r"(?P<city>.*?),\s*(?P<state>[A-Za-z. ]+?)\s+(?P<zip>\d[\d-]*)")


def export(sheet: Path, folder: Path, out: Path, to: Path) -> int:
    """Write the rows of a sheet with what locals say now, and a row for each that is not in it.

    Columns that are no setting stay. Returns the number of locals. Raises InputError, also if the
    file is there, and OSError.
    """
    if to.exists():
        message = "there is such a file, and nothing is written over it."
        raise InputError([Finding(Place(to), Code.EXISTS, message, "name another one.")])
    said, findings = read_register_file(folder)
    columns = read_columns(read_table(sheet), said, sheet_words())
    findings += [each for each in columns.findings if each.code is Code.CSV_HEADER]
    if errors(findings):
        raise InputError(findings)
    locals_ = known_locals(folder, out, read_record(folder))
    rows = list(_rows(columns, {**locals_.by_number}))
    is_book = to.suffix.lower() == ".xlsx"
    # The mark tells spreadsheets that it is UTF-8.
    write_file(to, workbook_of(rows, "Locals") if is_book else csv_of(rows).encode("utf-8-sig"))
    return len(rows) - 1


def _rows(columns: Columns, locals_: Mapping[str, KnownLocal]) -> Iterator[list[str]]:
    """Yield the head, the rows of locals that are there, then locals without a row."""
    width = max(map(len, [columns.head, *columns.below]))
    yield [cell.text for cell in columns.head] + [""] * (width - len(columns.head))
    number_at = next(n for n, setting in columns.settings.items() if setting == NUMBER)
    seen = set()
    for row in columns.below:
        texts = [cell.text for cell in row] + [""] * (width - len(row))
        key = number_key(texts[number_at - 1])
        local = locals_.get(key)
        if local and key not in seen:
            seen.add(key)
            yield [*_cells(columns, local, texts)]
    for key, local in locals_.items():
        if key not in seen:
            yield [*_cells(columns, local, [""] * width)]


def _cells(columns: Columns, local: KnownLocal, texts: list[str]) -> Iterator[str]:
    for number, text in enumerate(texts, 1):
        setting = columns.settings.get(number)
        if setting is None:
            yield text
        elif setting in ADDRESS_PARTS:
            yield _part(local.value(ADDRESS), setting.rpartition(".")[2])
        else:
            value = local.value(setting)
            joined = ", " if setting == ADDRESS else "; "
            yield value if isinstance(value, str) else joined.join(value)


def _part(address: Value, part: str) -> str:
    """Return a part of an address: its street, or what its last line says of the town."""
    *street, last = address if isinstance(address, list) and address else [""]
    if part == "street":
        return ", ".join(street)
    found = _TOWN.fullmatch(last)
    if found is None:
        return last if part == "city" else ""
    return found.groupdict().get(part, "")
