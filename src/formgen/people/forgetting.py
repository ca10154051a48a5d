"""Delete what was made for people, to the last file, whatever cut an earlier run short."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from formgen.build.publish import MANIFEST, NEXT, sweep_parts, write_file
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.people.people_manifest import (
    FOLDER,
    PeopleManifest,
    is_own,
    located,
    people_in,
    person_of,
    read_register,
)


@dataclass(frozen=True)
class Forgotten:
    """What was deleted, by its path in the folder, and how much is not formgen's to delete."""

    people: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    # Files that somebody else put beside them, and whose folders hold them.
    left: int = 0
    kept: tuple[str, ...] = ()
    # Those who had pages in the same files, besides in those for the printer.
    others: tuple[str, ...] = ()


def sweep(folder: Path) -> list[str]:
    """Delete what runs that were cut off left in a folder of people; return what it was.

    Nobody else may be at work there. A folder that holds nothing goes too: its name may be a name.
    """
    swept = [path.relative_to(folder).as_posix() for path in sweep_parts(folder)]
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.is_dir() and not each.is_symlink():
            with contextlib.suppress(OSError):  # it holds something
                each.rmdir()
    return swept


def sweep_people(kit_folder: Path, waiting: Waiting = wait_silently) -> list[str]:
    """Delete what runs that were cut off left, if anything was ever made there."""
    folder = kit_folder / FOLDER
    if not folder.is_dir():
        return []
    with locked(folder, waiting):
        return sweep(folder)


def forget(register: PeopleManifest, people: Collection[str]) -> Forgotten:
    """Delete all that was made for some people, and what holds pages of them.

    What somebody else put into their folders stays, and is counted.
    """
    folder = register.folder
    theirs = [entry for entry in register.entries if register.is_about(entry, people)]
    folders = [each for each in _folders(folder) if person_of(each.name) in people]
    gone = sweep(folder)
    for entry in located(theirs, register.folders()):
        path = folder.joinpath(*PurePosixPath(entry.path).parts)
        if path.is_file():
            path.unlink()
            gone.append(entry.path)
    if theirs:
        # Last, so that what is cut short can be done again.
        left = {entry.path: entry for entry in register.entries if entry not in theirs}
        write_file(folder / MANIFEST, register.listing(left.values()), private=True)
        (folder / NEXT).unlink(missing_ok=True)
    sweep(folder)
    kept = [each for each in folders if each.is_dir()]
    others = sum(path.is_file() for each in kept for path in each.rglob("*"))
    return Forgotten(
        tuple(sorted(people)),
        tuple(dict.fromkeys(gone)),
        others,
        tuple(person_of(each.name) for each in kept),
        tuple(
            sorted(
                {id_ for entry in theirs if is_own(entry) for id_ in people_in(entry)} - set(people)
            )
        ),
    )


def _folders(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if each.is_dir()] if folder.is_dir() else []


def forget_those(kit_folder: Path, people: Collection[str]) -> Forgotten:
    """Delete all that was made for some people, while nobody else is at work there."""
    with locked(kit_folder / FOLDER, wait_silently):
        return forget(read_register(kit_folder), people)


def known_there(kit_folder: Path) -> set[str]:
    """Return the ids of all for whom anything lies there, listed or left by a run cut off."""
    register = read_register(kit_folder)
    folders = {person_of(each.name) for each in _folders(register.folder)}
    return register.people | folders - {""}


def nobody(kit_folder: Path, message: str) -> InputError:
    """Return what says that there is nobody to forget."""
    fix = "`formgen people LOCAL --check` lists the rows and ids of all."
    return InputError([Finding(Place(kit_folder / FOLDER), Code.UNKNOWN_ID, message, fix)])
