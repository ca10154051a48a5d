"""Compare a sheet with the locals that are there: who is new, what changed, who left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, errors, in_order
from formgen.model.forms.names import slug
from formgen.model.groups.register import RegisterFile
from formgen.model.rosters.people import plain_name
from formgen.model.values import BASE, MAX_ID, RESERVED_NAMES
from formgen.people.people_manifest import FOLDER as PEOPLE
from formgen.people.roster import roster_files
from formgen.register.columns import NUMBER, read_register_file
from formgen.register.compare import ChangedLocal, compare
from formgen.register.known import LEFT, KnownLocal, KnownLocals, known_locals
from formgen.register.record import Record, read_record
from formgen.register.sheet import MemberSheet, SheetRow, number_key, read_sheet
from formgen.sources.paths import LOCAL_FILE


@dataclass(frozen=True)
class NewLocal:
    """A row without a local: the folder that is made for it, and its id."""

    row: SheetRow
    id: str


@dataclass(frozen=True)
class LeftLocal:
    """A local without a row, with what in its folder is about people."""

    number: str
    name: str
    folder: Path
    people: tuple[Path, ...]


@dataclass(frozen=True)
class Plan:
    """What a run would do, before anything is written; nothing at all if there are errors."""

    folder: Path
    said: RegisterFile
    sheet: MemberSheet
    new: tuple[NewLocal, ...]
    changed: tuple[ChangedLocal, ...]
    left: tuple[LeftLocal, ...]
    # Locals without a number, which no row is about.
    unnumbered: tuple[KnownLocal, ...]
    records: Mapping[str, Record]
    findings: tuple[Finding, ...]
    # Whether anything keeps all of it from being done.
    stops: bool


def plan(sheet: Path, folder: Path, out: Path) -> Plan:
    """Return what a sheet makes of the locals in a folder. Raises InputError."""
    if (folder / LOCAL_FILE).exists():
        message = "this is one local, and a sheet is about many."
        fix = "name the folder that holds the folders of all locals."
        raise InputError([Finding(Place(folder / LOCAL_FILE), Code.EXISTS, message, fix)])
    said, findings = read_register_file(folder)
    records = read_record(folder)
    if errors(findings):
        raise InputError(findings)
    rows = read_sheet(sheet, said)
    findings += rows.findings
    known = known_locals(folder, out, records)
    new = [row for row in rows.rows if not row.hidden and _is_new(row, known)]
    stopping = [*findings, *_back_again(new, folder), *_without_number(new, known)]
    stopping += [each for each in known.findings if each.code is Code.DUPLICATE_ID]
    told = [*stopping, *(each for each in known.findings if each not in stopping)]
    compared = compare(rows.rows, known, records, folder)
    return Plan(
        folder,
        said,
        rows,
        tuple(_named(new, known.taken)),
        compared.changed,
        tuple(_left(rows.rows, known, out)),
        known.unnumbered,
        compared.records,
        tuple(in_order([*told, *compared.findings])),
        bool(errors(stopping)),
    )


def _is_new(row: SheetRow, known: KnownLocals) -> bool:
    key = number_key(row.number)
    return key not in known.by_number and key not in known.broken


def _back_again(new: Iterable[SheetRow], folder: Path) -> Iterator[Finding]:
    """Yield a finding for a new row whose local left before, so that its words are not lost."""
    left = known_locals(folder / LEFT, folder / LEFT / "output", {}).by_number
    for row in new:
        before = left.get(number_key(row.number))
        if before:
            message = f"row {row.place.line}: {row.number} left before, with all that is its own."
            fix = f"move {before.file.parent} back into {folder}, or away from there."
            yield Finding(row.places[NUMBER], Code.EXISTS, message, fix)


def _without_number(new: Iterable[SheetRow], known: KnownLocals) -> Iterator[Finding]:
    """Yield a finding for a new row whose local seems to be there, and lacks its number."""
    names = {plain_name(each.name): each for each in known.unnumbered}
    for row in new:
        there = names.get(plain_name(row.name))
        if there:
            place = there.tree.nearest(("local",)).place
            message = f"this local has the name of number {row.number} in the sheet, and no number."
            fix = f'write `number: "{row.number}"` below `local:`, or another name.'
            yield Finding(place, Code.MISSING, message, fix)


def _named(new: Iterable[SheetRow], taken: Iterable[str]) -> Iterator[NewLocal]:
    """Yield new locals with ids from their names, and from their numbers too where those meet."""
    rows = list(new)
    names = [slug(row.name)[:MAX_ID].strip("-") for row in rows]
    seen, used = Counter(names), {each.casefold() for each in taken}
    for row, name_alone in zip(rows, names, strict=True):
        name = name_alone
        alone = seen[name] == 1 and name not in used
        if not alone or not name or name in RESERVED_NAMES or name == BASE:
            number = slug(row.number).removeprefix("x-") or "local"
            name = f"{name[: MAX_ID - 1 - len(number)].strip('-')}-{number}"[:MAX_ID].strip("-")
        tries = (name, *(f"{name[: MAX_ID - 4]}-{more}" for more in range(2, 1000)))
        free = next(each for each in tries if each not in used)
        used.add(free)
        yield NewLocal(row, free)


def _left(rows: Iterable[SheetRow], known: KnownLocals, out: Path) -> Iterator[LeftLocal]:
    """Yield the locals without a row, each with the lists and papers of people that it has."""
    there = {number_key(row.number) for row in rows}
    for key, local in known.by_number.items():
        if key not in there:
            folder = local.file.parent
            made = out / local.tree.text("id") / PEOPLE
            people = [*roster_files(folder), *([made] if made.is_dir() else [])]
            yield LeftLocal(local.number, local.name, folder, tuple(people))
