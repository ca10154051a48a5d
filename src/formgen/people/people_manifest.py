"""What was made for people: their opaque ids, their folders, and the list of their files.

Names stand in the files themselves and, where it was asked for, in the names of folders;
the list knows people by their ids alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import formgen
from formgen.build.publish import MANIFEST, NEXT, PEOPLE, Entry, manifest_bytes, read_entries
from formgen.model.roster import RosterEntry, pair_of

FOLDER = PEOPLE
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
        return [entry for entry in self.entries if self.is_about(entry, {person})]

    @staticmethod
    def is_about(entry: Entry, people: Collection[str]) -> bool:
        """Tell whether a file holds pages of any of some people."""
        return not {_top(entry), *entry.sources}.isdisjoint(people)

    def listing(self, entries: Iterable[Entry]) -> bytes:
        """Return the list of what there is, as it is written."""
        facts = {"formgen": formgen.__version__, "key": self.key.hex()}
        return manifest_bytes(facts, entries)

    def folders(self) -> dict[str, str]:
        """Return what the folder of each person is called now."""
        people = {_top(entry) for entry in self.entries} - {BOUND}
        return {
            person: folder.name
            for folder in (self.folder.iterdir() if self.folder.is_dir() else ())
            if (person := person_of(folder.name)) in people and folder.is_dir()
        }


def _top(entry: Entry) -> str:
    return PurePosixPath(entry.path).parts[0]


def read_register(kit_folder: Path) -> PeopleManifest:
    """Return what a kit's folder says of people; without a list that can be read, an empty one."""
    folder = kit_folder / FOLDER
    facts = next(filter(None, (_facts_in(folder / name) for name in (MANIFEST, NEXT))), {})
    key = facts.get("key") or secrets.token_bytes(32)
    return PeopleManifest(folder, key, tuple(read_entries(folder)))


def _facts_in(file: Path) -> dict[str, Any]:
    """Return what a list says besides its files; one that cannot be read says nothing."""
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        return {"key": bytes.fromhex(facts["key"])}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}


def person_of(folder: str) -> str:
    """Return the id that the name of a person's folder ends with."""
    return folder.rpartition("-")[2]


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
