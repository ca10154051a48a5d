"""What lies in a folder of people: what a run adds, what it replaces, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from formgen.build.publish import Entry, describe, is_there, replace_kit
from formgen.graph.task import Result
from formgen.kit import KitDocument
from formgen.model.rosters.people import RosterEntry
from formgen.outputs.base import Output
from formgen.people.choosing import folder_of
from formgen.people.forgetting import sweep
from formgen.people.options import PeopleOptions
from formgen.people.people_manifest import (
    BOUND,
    PeopleManifest,
    folder_name,
    is_own,
    located,
    people_in,
    place_of,
    rename_folders,
)
from formgen.people.recipients import Listing, Recipient, recipients
from formgen.people.report import PeopleReport

# The variants of what is no document: who gets what, and a person's files in one.
EXTRAS = ("mail", "zip")


@dataclass
class Writer:
    """Writes what was made for people, and knows what there is."""

    register: PeopleManifest
    report: PeopleReport
    options: PeopleOptions
    # What each person's folder is called.
    folders: dict[str, str]
    # What is on the disk and listed, by the path that the list knows it by.
    listed: dict[str, Entry]
    # All who are on the roster by their ids, those too who are not asked for.
    everybody: Mapping[str, RosterEntry]
    # Writes several names as one.
    listing: Listing
    # Rows were left out, so that no file is of all.
    partial: bool
    # Paths of what this run made besides documents.
    extras: set[str] = field(default_factory=set)

    def kept(self) -> list[Entry]:
        """Return what is to stay: all that was not to be made anew, if only a part was."""
        listed = self.listed.values()
        if not self.options.everything:
            return list(listed)
        made = {entry.path for entry in self.report.made} | self.extras
        return [entry for entry in listed if entry.path in made or self._stays(entry)]

    def _stays(self, entry: Entry) -> bool:
        """Tell whether a file is not this run's to replace.

        Those of somebody who left the roster go when they are asked to go; one of all who were
        on it goes with the first of them who left.
        """
        people = people_in(entry)
        left = people - self.everybody.keys()
        if entry.path.partition("/")[0] in left:
            return True
        if entry.variant in EXTRAS:
            return False
        return not left and entry.variant not in self.options.variants

    def place(self, path: str) -> str:
        """Return where a file lies in the folder of people."""
        return place_of(path, self.folders)

    def top_of(self, document: KitDocument, made_for: Collection[str]) -> str:
        """Return the folder for the printer: that of all, or one that says of whom."""
        everybody = self.recipients(document)
        if not self.partial and {each.person.id for each in everybody} <= set(made_for):
            return BOUND
        theirs = {id_ for each in everybody if each.person.id in made_for for id_ in each.pairs}
        asked = theirs & self.report.people.keys()
        return folder_of([self.everybody[id_].row for id_ in asked])

    def recipients(self, document: KitDocument) -> list[Recipient]:
        """Return for whom a document is, whoever is asked for."""
        return recipients(document, self.everybody, self.options.date, self.listing)

    def wanted(self, document: KitDocument, output: Output) -> list[Recipient]:
        """Return for whom a document is to be made now."""
        asked = [
            each
            for each in self.recipients(document)
            if not self.report.people.keys().isdisjoint(each.pairs)
        ]
        return [each for each in asked if not self._has(each, document, output)]

    def _has(self, who: Recipient, document: KitDocument, output: Output) -> bool:
        """Tell whether somebody has a document already, if only what is lacking is to be made."""
        path = path_of(who.person.id, document, output)
        there = self.listed.get(path) if self.options.new else None
        if there is None or path in self.register.earlier:
            return False
        return people_in(there) == set(who.pairs) and is_there(
            self.register.folder, located([there], self.folders)[0]
        )

    def write(self, files: Mapping[str, bytes], now: Sequence[Entry]) -> None:
        """Write files where they belong, and the list of all; remove what is not ``now`` on it."""
        earlier = self.register.earlier.difference(files)
        self.register = replace(self.register, earlier=earlier)
        self.report.removed += replace_kit(
            self.register.folder,
            {place_of(path, self.folders): data for path, data in files.items()},
            self.register.listing(now),
            located(self.listed.values(), self.folders),
            located(now, self.folders),
            private=True,
        )
        self.listed = {entry.path: entry for entry in now}

    def keep(
        self,
        document: KitDocument,
        output: Output,
        made: Result,
        whole: Result,
        read: Callable[[str], bytes | None],
    ) -> None:
        """Write the files of one document, and list them."""
        pairs = {who.person.id: who.pairs for who in self.recipients(document)}
        files: dict[str, bytes] = {}
        listed: dict[str, Entry] = {}

        def add(top: str, digest: str, pages: int, people: Iterable[str]) -> None:
            path = path_of(top, document, output)
            files[path] = read(digest) or b""
            facts = {"document": document.id, "variant": output.id, "privacy": document.privacy}
            sources = () if (people := tuple(people)) == (top,) else people
            listed[path] = describe(path, files[path], **facts, pages=pages, sources=sources)

        parts = made.facts["parts"]
        for part in parts:
            for who, pages in zip(part["people"], part["copies"], strict=True):
                add(who, made.files[f"copy {who}"], pages, pairs[who])
        made_for = [who for part in parts for who in part["people"]]
        people = dict.fromkeys(id_ for who in made_for for id_ in pairs[who])
        add(self.top_of(document, made_for), whole.files["pdf"], whole.facts["pages"], people)
        self.report.made += listed.values()
        moved = set(self._moved(document, output, people)) - listed.keys()
        stay = {path: entry for path, entry in self.listed.items() if path not in moved}
        self.write(files, list((stay | listed).values()))

    def _moved(
        self, document: KitDocument, output: Output, people: Collection[str]
    ) -> Iterator[str]:
        """Yield where a person's only copy lay before, in the folder of another row."""
        for path, entry in self.listed.items():
            same = (entry.document, entry.variant) == (document.id, output.id)
            if (
                document.entry.once
                and same
                and is_own(entry)
                and not people_in(entry).isdisjoint(people)
            ):
                yield path


def path_of(top: str, document: KitDocument, output: Output) -> str:
    """Return where the list knows a document of a person, or of several."""
    return f"{top}/{document.id}{output.for_people}"


def open_writer(  # noqa: PLR0913  (what it knows)
    register: PeopleManifest,
    report: PeopleReport,
    options: PeopleOptions,
    everybody: Mapping[str, RosterEntry],
    *,
    listing: Listing,
    partial: bool,
) -> Writer:
    """Tidy up the folder of people, and call each of their folders as is asked for."""
    folders = {
        id_: folder_name(id_, (entry.values[f"{who}_name"] for who in ("mentee", "mentor")))
        if options.names
        else id_
        for id_, entry in everybody.items()
    }
    sweep(register.folder)
    renamed = rename_folders(register, folders)
    # A list for a mail-merge program tells where files lie: no more, if their folder has moved.
    listed = {
        entry.path: entry
        for entry in register.entries
        if entry.variant != EXTRAS[0] or people_in(entry).isdisjoint(renamed)
    }
    names = {**register.folders(), **folders}
    writer = Writer(register, report, options, names, listed, everybody, listing, partial)
    if len(listed) < len(register.entries):
        before = {entry.path: entry for entry in register.entries}
        stay = list(listed.values())
        writer.listed = before
        writer.write({}, stay)
    return writer
