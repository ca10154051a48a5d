"""Put last year away: which files go where, and whether they may."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.compose.pages import make_composer
from formgen.findings import Finding, InputError, Place
from formgen.kit import Kit
from formgen.model.rosters.columns import column_key
from formgen.people.empty_roster import template
from formgen.people.roster import (
    explained_columns,
    explained_head,
    explained_sheets,
    read_head,
    roster_files,
)
from formgen.rollover.write import Kept, is_open
from formgen.rollover.year import SchoolYear
from formgen.sources.paths import FOLDERS, PACKS

# What a kit is built from; last year's people have no business there.
_BUILT_FROM = (*FOLDERS, PACKS)


@dataclass(frozen=True)
class RosterFile:
    """A local's roster: its file, how many rows it has, and an empty one to put in its place."""

    file: Path
    rows: int
    data: bytes
    empty: bytes


def roster_of(kit: Kit) -> RosterFile | None:
    """Return the roster of a local if anybody stands in it. Raises InputError if none can tell."""
    folder = kit.stack.local.folder
    files = roster_files(folder)
    if not files:
        return None
    if len(files) > 1:
        names = " and ".join(file.name for file in files)
        message = f"there are {names}."
        fix = "keep the one that is right, and put the other one away."
        raise InputError([Finding(Place(folder), Code.TWO_ROSTERS, message, fix)])
    composer = make_composer(kit)
    head = read_head(composer, files[0])
    if not head.below:
        return None
    known = {name: (required, text) for name, required, text in explained_columns(composer)}
    columns = []
    for number, cell in enumerate(head.row, 1):
        name = head.columns[number].name if number in head.columns else ""
        # As it was typed, where that says which column it is without a row above it.
        typed = cell.text if column_key(cell.text) == name or not name else name
        columns += [(typed, *known.get(name, (False, "")))] if typed else []
    kind = files[0].suffix.removeprefix(".")
    empty = template(kind, columns, explained_head(composer), explained_sheets(composer))
    return RosterFile(files[0], len(head.below), files[0].read_bytes(), empty)


def archived(
    folder: Path, roster: RosterFile | None, old: SchoolYear, local: Path, data: bytes
) -> list[Kept]:
    """Return what goes into an archive folder: the roster, and `local.yaml` as it was."""
    kept = [Kept(local.name, folder / _dated(local, old), data, private=True)]
    if roster:
        path = folder / _dated(roster.file, old)
        kept.append(Kept(roster.file.name, path, roster.data, private=True))
    return kept


def _dated(file: Path, year: SchoolYear) -> str:
    return f"{file.stem}-{year}{file.suffix}"


def backup(old: SchoolYear, local: Path, data: bytes) -> list[Kept]:
    """Return the old `local.yaml` as it is kept beside the new one, if there is no archive."""
    private = not stat.S_IMODE(local.stat().st_mode) & 0o077
    return [Kept(local.name, local.with_name(_dated(local, old)), data, private)]


def check_archive(folder: Path, kit: Kit, out: Path) -> list[Finding]:
    """Return what is wrong with a folder as an archive; that others see into it is a warning."""
    place, whole = Place(folder), folder.resolve()
    local = kit.stack.local.folder.resolve()
    inside = [out.resolve(), *(local / name for name in _BUILT_FROM)]
    if any(whole.is_relative_to(each) for each in inside):
        message = f"{folder} is where kits are built, or what they are built from."
        fix = "name a folder that is for your records alone."
        return [Finding(place, Code.BAD_ARCHIVE, message, fix)]
    if folder.exists() and not folder.is_dir():
        return [Finding(place, Code.BAD_ARCHIVE, f"{folder} is a file.", "name a folder.")]
    if os.name == "posix" and folder.is_dir() and is_open(folder) and any(folder.iterdir()):
        message = f"others on this machine can see what is in {folder}, though not read it."
        fix = f"make it yours alone: chmod 700 {folder}"
        return [Finding(place, Code.OPEN_ARCHIVE, message, fix)]
    return []
