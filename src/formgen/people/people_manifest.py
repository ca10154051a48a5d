"""What was made for people: their opaque ids, their folders, and the list of their files.

Names stand in the files themselves and, where it was asked for, in the names of folders;
the list knows people by their ids alone.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import formgen
from formgen.build.publish import MANIFEST, NEXT, PEOPLE, Entry, manifest_bytes, read_entries
from formgen.people.identities import Assigned, Identities, Known

FOLDER = PEOPLE
# Holds the files for the printer, in which everybody's pages follow each other.
BOUND = "all"
_MOST_LETTERS = 60
_ID = re.compile(r"[a-z2-7]{8}")


@dataclass(frozen=True)
class PeopleManifest:
    """The folder of what was made for people, who they are, and its files as they are listed."""

    folder: Path
    identities: Identities
    entries: tuple[Entry, ...]
    # Paths of files that hold a name as it was before it was corrected.
    earlier: frozenset[str] = frozenset()

    @property
    def people(self) -> set[str]:
        """Return the ids of all for whom there is anything."""
        return {id_ for entry in self.entries for id_ in people_in(entry)}

    def with_people(self, assigned: Assigned) -> PeopleManifest:
        """Return it with the people of a roster besides those that it knows."""
        theirs = (e.path for e in self.entries if self.is_about(e, assigned.corrected))
        known = {**self.identities.known, **assigned.known}
        return replace(
            self,
            identities=replace(self.identities, known=known),
            earlier=self.earlier.union(theirs),
        )

    def of_person(self, person: str) -> list[Entry]:
        """Return what holds pages of a person, among it the files for the printer."""
        return [entry for entry in self.entries if self.is_about(entry, {person})]

    @staticmethod
    def is_about(entry: Entry, people: Collection[str]) -> bool:
        """Tell whether a file holds pages of any of some people."""
        return not people_in(entry).isdisjoint(people)

    def listing(self, entries: Iterable[Entry]) -> bytes:
        """Return the list of what there is, as it is written."""
        listed = replace(self, entries=tuple(entries))
        known = self.identities.known
        facts = {
            "formgen": formgen.__version__,
            "key": self.identities.key.hex(),
            # Of those for whom there is nothing any more, nothing is remembered.
            "people": {id_: known[id_].facts() for id_ in sorted(listed.people) if id_ in known},
            "earlier": sorted(self.earlier & {entry.path for entry in listed.entries}),
        }
        return manifest_bytes(facts, listed.entries)

    def folders(self) -> dict[str, str]:
        """Return what the folder of each person is called now."""
        return {
            person: folder.name
            for folder in (self.folder.iterdir() if self.folder.is_dir() else ())
            if (person := person_of(folder.name)) in self.people and folder.is_dir()
        }


def people_in(entry: Entry) -> set[str]:
    """Return the ids of those of whom a file holds pages."""
    return set(entry.sources) or {PurePosixPath(entry.path).parts[0]}


def is_own(entry: Entry) -> bool:
    """Tell whether a file lies in somebody's folder, and is none for the printer."""
    return PurePosixPath(entry.path).parts[0] in people_in(entry)


def read_register(kit_folder: Path) -> PeopleManifest:
    """Return what a kit's folder says of people; without a list that can be read, an empty one."""
    folder = kit_folder / FOLDER
    facts = next(filter(None, (_facts_in(folder / name) for name in (MANIFEST, NEXT))), None)
    identities = facts[0] if facts else Identities(secrets.token_bytes(32), {})
    earlier = facts[1] if facts else frozenset[str]()
    return PeopleManifest(folder, identities, tuple(read_entries(folder)), earlier)


def _facts_in(file: Path) -> tuple[Identities, frozenset[str]] | None:
    """Return what a list says besides its files; one that cannot be read says nothing."""
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        known = {str(id_): Known.read(each) for id_, each in facts.get("people", {}).items()}
        return Identities(bytes.fromhex(facts["key"]), known), frozenset(facts.get("earlier", ()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def person_of(folder: str) -> str:
    """Return the id that the name of a person's folder ends with; of another folder, nothing."""
    person = folder.rpartition("-")[2]
    return person if _ID.fullmatch(person) else ""


def folder_name(person: str, names: Iterable[str]) -> str:
    """Return what a person's folder is called if it is to tell whose it is."""
    letters = "".join(char if char.isalnum() else "-" for char in "-".join(names))
    readable = "-".join(filter(None, letters.split("-")))[:_MOST_LETTERS]
    return f"{readable}-{person}"


def rename_folders(register: PeopleManifest, wanted: Mapping[str, str]) -> set[str]:
    """Give the folders that exist the names that they are to have; return whose got another."""
    renamed = set()
    for person, name in register.folders().items():
        target = register.folder / wanted.get(person, name)
        if target.name != name and not target.exists():
            (register.folder / name).rename(target)
            renamed.add(person)
    return renamed


def located(entries: Iterable[Entry], folders: Mapping[str, str]) -> list[Entry]:
    """Return the entries with the paths at which their files lie."""
    return [replace(entry, path=place_of(entry.path, folders)) for entry in entries]


def place_of(path: str, folders: Mapping[str, str]) -> str:
    """Return where a file lies that the list knows by a person's id."""
    top, slash, rest = path.partition("/")
    return f"{folders.get(top, top)}{slash}{rest}"
