"""Read the sheet that says for how many people each local prints, and where it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, errors
from formgen.register.columns import NUMBER, key_of, sheet_words
from formgen.register.sheet import number_key
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, words_paths
from formgen.sources.tables.table import Cell, Table, is_error, read_table

PAIRS, APPLICANTS, SCHOOLS, SHIP_TO = "pairs", "applicants", "schools", "ship_to"
_COUNTED = (PAIRS, APPLICANTS, SCHOOLS)
# So many rows may stand above the names of the columns.
_SEARCHED = 10
_MOST = 10_000


@dataclass(frozen=True)
class Needs:
    """For how many a local prints, by what is counted, and where that is sent."""

    number: str
    place: Place
    counts: Mapping[str, int]
    ship_to: str = ""


def read_needs(path: Path) -> dict[str, Needs]:
    """Return what locals need, by the keys of their numbers or ids. Raises InputError."""
    table = read_table(path)
    known = _known()
    for number, row in enumerate(table.rows[:_SEARCHED]):
        columns = {
            n: known[key_of(cell.text)] for n, cell in enumerate(row) if key_of(cell.text) in known
        }
        if {NUMBER, PAIRS} <= set(columns.values()):
            return _needs(table.rows[number + 1 :], columns)
    message = "no row has the names of the columns: the local's number, and pairs."
    fix = "name them «number» and «pairs»; applicants, schools and «ship to» may stand beside them."
    raise InputError([Finding(_place(table), Code.CSV_HEADER, message, fix)])


def _place(table: Table) -> Place:
    return table.rows[0][0].place


def _known() -> dict[str, str]:
    """Return what the columns are by the names that people have for them."""
    words = Stack((base_layer(),)).merged(*words_paths(FIRST_LANGUAGE))
    headers = words.get("order", "headers")
    held = headers.value if headers and isinstance(headers.value, dict) else {}
    known = {name: NUMBER for name, what in sheet_words().headers.items() if what == NUMBER}
    for what, node in held.items():
        names = node.value if isinstance(node.value, list) else []
        known |= {key_of(str(each.value)): what for each in names}
    return known


def _needs(rows: Sequence[Sequence[Cell]], columns: Mapping[int, str]) -> dict[str, Needs]:
    found: dict[str, Needs] = {}
    findings: list[Finding] = []
    for row in rows:
        cells = {columns[n]: cell for n, cell in enumerate(row) if n in columns and cell.text}
        if NUMBER not in cells:
            continue
        number = cells[NUMBER]
        findings += _wrong(cells)
        key = number_key(number.text)
        if key in found:
            message = f"{number.text} stands in row {found[key].place.line} already."
            findings.append(
                Finding(number.place, Code.REPEATED_ROW, message, "delete one of them.")
            )
        counts = {
            each: int(cells[each].text)
            for each in _COUNTED
            if each in cells and cells[each].text.isdecimal()
        }
        ship_to = cells[SHIP_TO].text if SHIP_TO in cells else ""
        found.setdefault(key, Needs(number.text, number.place, counts, ship_to))
    if errors(findings):
        raise InputError(findings)
    return found


def _wrong(cells: Mapping[str, Cell]) -> Iterator[Finding]:
    for what, cell in cells.items():
        if is_error(cell.text):
            message = "this shows an error of the spreadsheet in place of a value."
            fix = "mend the formula there, or type the value."
            yield Finding(cell.place, Code.ERROR_CELL, message, fix)
        elif what in _COUNTED and not (cell.text.isdecimal() and int(cell.text) <= _MOST):
            message = f"{what} is no whole number up to {_MOST:,}."
            yield Finding(cell.place, Code.BAD_TYPE, message, "write how many there are.")
