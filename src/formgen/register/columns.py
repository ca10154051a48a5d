"""Find the head of a sheet, and which setting each of its columns is."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding
from formgen.model.groups.register import RegisterFile
from formgen.model.rosters.columns import column_key, letters_of
from formgen.model.validate import check_shape
from formgen.reference.settings import base_reference
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, words_paths
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tables.table import Cell, Table
from formgen.sources.tree import Node

REGISTER_FILE = "register.yaml"
NUMBER, NAME, ADDRESS = "local.number", "local.name", "local.address"
COORDINATOR = "coordinator.name"
# How a coordinator can be reached; a local needs one of them.
REACHED_BY = PHONE, EMAIL = "coordinator.phone", "coordinator.email"
# The parts of an address that may have columns of their own, in the order in which they are said.
STREETS = (f"{ADDRESS}.street", f"{ADDRESS}.street_2")
CITY, REGION, ZIP = (f"{ADDRESS}.{part}" for part in ("city", "state", "zip"))
ADDRESS_PARTS = (*STREETS, CITY, REGION, ZIP)
# What no sheet decides: what a local is known by, and what it builds on.
_FIXED = {"formgen", "id", "extends", "pack_keys"}
# So many rows may stand above the names of the columns.
_SEARCHED = 10
# How like a known name one has to be to be taken for a slip of the pen.
_SLIP = 0.8


@dataclass(frozen=True)
class SheetWords:
    """How people head the columns of a sheet, by setting, and what they write for nothing."""

    headers: Mapping[str, str]
    nothing: frozenset[str]
    totals: frozenset[str]


@dataclass(frozen=True)
class Columns:
    """The settings of a sheet's columns by their numbers, its head, and the rows below it."""

    settings: Mapping[int, str]
    head: tuple[Cell, ...]
    below: tuple[tuple[Cell, ...], ...]
    findings: tuple[Finding, ...] = ()

    @property
    def ruled(self) -> list[str]:
        """Return the settings that the sheet rules, each once, the number first."""
        wholes = (ADDRESS if each in ADDRESS_PARTS else each for each in self.settings.values())
        return sorted(dict.fromkeys(wholes), key=lambda each: each != NUMBER)


def read_register_file(folder: Path) -> tuple[RegisterFile, list[Finding]]:
    """Return what stands in the `register.yaml` of a folder of locals. Raises InputError."""
    file = folder / REGISTER_FILE
    if not file.exists():
        return RegisterFile(), []
    node = read_yaml(file)
    said, findings = check_shape(node, RegisterFile)
    return said or RegisterFile(), [*findings, *_strange_settings(node.get("columns"))]


def _strange_settings(columns: Node | None) -> Iterator[Finding]:
    reference = base_reference()
    known = [each.path for each in reference.settings if not each.is_group]
    held = columns.value if columns and isinstance(columns.value, dict) else {}
    for node in held.values():
        name = node.value
        if not name or not isinstance(name, str) or name in ADDRESS_PARTS:
            continue
        if name in _FIXED or name not in known or "*" in name:
            near = difflib.get_close_matches(name, [*known, *ADDRESS_PARTS], n=1)
            fix = f"did you mean {near[0]}?" if near else "`formgen explain` knows all settings."
            message = f'"{name}" is no setting that a sheet can decide.'
            yield Finding(node.place, Code.UNKNOWN_SETTING, message, fix)


def sheet_words() -> SheetWords:
    """Return what people call the columns of a sheet, in the base pack's words."""
    words = Stack((base_layer(),)).merged(*words_paths(FIRST_LANGUAGE))

    def listed(*path: str) -> list[str]:
        node = words.get(*path)
        held = node.value if node and isinstance(node.value, list) else []
        return [str(each.value) for each in held]

    headers = words.get("register")
    settings = headers.value if headers and isinstance(headers.value, dict) else {}
    return SheetWords(
        {key_of(name): setting for setting in settings for name in listed("register", setting)},
        frozenset(word.casefold() for word in listed("roster", "nothing")),
        frozenset(word.casefold() for word in listed("roster", "totals")),
    )


def key_of(head: str) -> str:
    """Return the name of a column so that it can be compared: «Local #» is local_number."""
    return column_key(head.replace("#", " number "))


def read_columns(table: Table, said: RegisterFile, words: SheetWords) -> Columns:
    """Return which settings a sheet's columns are; the head is looked for in the first rows."""
    known = {**words.headers, **{key: key for key in words.headers.values()}}
    known = {key_of(name): setting for name, setting in known.items()}
    known |= {key_of(head): setting for head, setting in said.columns.items()}
    for number, row in enumerate(table.rows[:_SEARCHED]):
        settings = {
            n: known[key_of(c.text)] for n, c in enumerate(row, 1) if key_of(c.text) in known
        }
        if {NUMBER, NAME} <= set(settings.values()):
            own = {n: setting for n, setting in settings.items() if setting}
            below = table.rows[number + 1 :]
            findings = [*_twice(own, row), *_aside(settings, row, below, known)]
            return Columns(own, row, below, tuple(findings))
    return Columns({}, (), (), tuple(_no_head(table, known)))


def _twice(settings: Mapping[int, str], row: Sequence[Cell]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for number, setting in settings.items():
        rivals = [setting]
        if setting == ADDRESS:
            rivals += [part for part in ADDRESS_PARTS if part in seen]
        elif setting in ADDRESS_PARTS:
            rivals.append(ADDRESS)
        first = next((seen[each] for each in rivals if each in seen), None)
        if first:
            message = f"columns {letters_of(first)} and {letters_of(number)} are both {setting}."
            fix = f"delete one, or leave it aside in {REGISTER_FILE}."
            yield Finding(row[number - 1].place, Code.CSV_HEADER, message, fix)
        seen.setdefault(setting, number)


def _aside(
    settings: Mapping[int, str],
    row: Sequence[Cell],
    below: Sequence[Sequence[Cell]],
    known: Mapping[str, str],
) -> Iterator[Finding]:
    """Yield a finding for columns that hold something and are no setting."""
    for number in range(1, max(map(len, [row, *below])) + 1):
        held = any(len(each) >= number and each[number - 1].text for each in below)
        if number in settings or not held:
            continue
        cell = row[number - 1] if number <= len(row) else None
        named = f' ("{cell.text}")' if cell and cell.text else ""
        near = (
            difflib.get_close_matches(key_of(cell.text), known, n=1, cutoff=_SLIP) if cell else []
        )
        message = f"column {letters_of(number)}{named} is no setting, so it is left aside."
        fix = f"leave it, or say in {REGISTER_FILE} what it is."
        if near:
            fix = f"if it is meant for {known[near[0]]}, say so in {REGISTER_FILE}, or rename it."
        place = cell.place if cell else row[0].place
        yield Finding(place, Code.UNUSED_COLUMN, message, fix)


def _no_head(table: Table, known: Mapping[str, str]) -> Iterator[Finding]:
    rows = table.rows[:_SEARCHED]
    found = max(
        ({known[key_of(c.text)] for c in row if key_of(c.text) in known} for row in rows),
        key=len,
        default=set(),
    )
    lacking = [each for each in (NUMBER, NAME) if each not in found]
    message = f"no row has the names of the columns: {' and '.join(lacking)} are not found."
    if len(lacking) == 1:
        message = f"there is no column for {lacking[0]}."
    fix = f"name it as «local number» or «local name», or say in {REGISTER_FILE} which it is."
    yield Finding(table.rows[0][0].place, Code.CSV_HEADER, message, fix)
