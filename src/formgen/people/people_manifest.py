"""What was made for people: their opaque ids, their folders, and the list of their files.

Names stand in the files themselves and, where it was asked for, in the names of folders;
the list knows people by their ids alone.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import formgen
from formgen.build.publish import MANIFEST, Entry, manifest_bytes, read_entries, write_file
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.folder_lock import locked, wait_silently
from formgen.model.roster import RosterEntry, pair_of

FOLDER = "people"
# Holds the files for the printer, in which everybody's pages follow each other.
BOUND = "all"
_ID_LENGTH = 8
_MOST_LETTERS = 60


@dataclass(frozen=True)
class PeopleManifest:
    """The folder of what was made for people, its key, and its files as they are listed."""

    folder: Path
    key: bytes
    entries: tuple[Entry, ...]

    def id_of(self, entry: RosterEntry) -> str:
        """Return the id of a pair: always the same here, and telling nothing of its names."""
        names = "\n".join(pair_of(entry)).encode()
        digest = hmac.new(self.key, names, hashlib.sha256).digest()
        return base64.b32encode(digest).decode().lower()[:_ID_LENGTH]

    def of_person(self, person: str) -> list[Entry]:
        """Return what holds pages of a person, among it the files for the printer."""
        return [entry for entry in self.entries if person in (_top(entry), *entry.sources)]

    def listing(self, entries: Iterable[Entry]) -> bytes:
        """Return the list of what there is, as it is written."""
        facts = {"formgen": formgen.__version__, "key": self.key.hex()}
        return manifest_bytes(facts, entries)

    def folders(self) -> dict[str, str]:
        """Return what the folder of each person is called now."""
        people = {_top(entry) for entry in self.entries} - {BOUND}
        found = {}
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            person = folder.name.rpartition("-")[2]
            if person in people and folder.is_dir():
                found[person] = folder.name
        return found


def _top(entry: Entry) -> str:
    return PurePosixPath(entry.path).parts[0]


def read_register(kit_folder: Path) -> PeopleManifest:
    """Return what a kit's folder says of people; without a list that can be read, an empty one."""
    folder = kit_folder / FOLDER
    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        key = bytes.fromhex(facts["key"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        key = b""
    return PeopleManifest(folder, key or secrets.token_bytes(32), tuple(read_entries(folder)))


def folder_name(person: str, names: Iterable[str]) -> str:
    """Return what a person's folder is called if it is to tell whose it is."""
    letters = "".join(char if char.isalnum() else "-" for char in "-".join(names))
    readable = "-".join(filter(None, letters.split("-")))[:_MOST_LETTERS]
    return f"{readable}-{person}"


def rename_folders(register: PeopleManifest, wanted: Mapping[str, str]) -> None:
    """Give the folders that exist the names that they are to have from now on."""
    for person, name in register.folders().items():
        target = register.folder / wanted.get(person, name)
        if target.name != name and not target.exists():
            (register.folder / name).rename(target)


def located(entries: Iterable[Entry], folders: Mapping[str, str]) -> list[Entry]:
    """Return the entries with the paths at which their files lie."""
    return [replace(entry, path=place_of(entry.path, folders)) for entry in entries]


def place_of(path: str, folders: Mapping[str, str]) -> str:
    """Return where a file lies that the list knows by a person's id."""
    top, _, rest = path.partition("/")
    return f"{folders.get(top, top)}/{rest}"


def forget(register: PeopleManifest, person: str) -> list[str]:
    """Delete all that was made for a person; return the paths of the files that are gone.

    Files for the printer that hold pages of the person go too. What somebody else put into the
    person's folder stays.
    """
    folders = register.folders()
    theirs = register.of_person(person)
    gone = []
    for entry in located(theirs, folders):
        path = register.folder.joinpath(*PurePosixPath(entry.path).parts)
        if path.is_file():
            path.unlink()
            gone.append(entry.path)
    if theirs:
        # Last, so that what is cut short can be done again.
        left = [entry for entry in register.entries if entry not in theirs]
        write_file(register.folder / MANIFEST, register.listing(left), private=True)
    folder = register.folder / folders.get(person, person)
    with contextlib.suppress(OSError):  # it holds something else
        folder.rmdir()
    return gone


def forget_person(kit_folder: Path, person: str) -> list[str]:
    """Delete all that was made for a person, as `forget` does, while nobody else is at work there.

    Raises InputError if nothing was made for anybody of that id.
    """
    folder = kit_folder / FOLDER
    with locked(folder, wait_silently):
        gone = forget(read_register(kit_folder), person)
    if not gone:
        fix = "`formgen people LOCAL --check` lists the ids of all."
        message = f'nothing was made for "{person}".'
        raise InputError([Finding(Place(folder), Code.UNKNOWN_ID, message, fix)])
    return gone
