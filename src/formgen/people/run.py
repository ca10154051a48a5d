"""One run over a roster: a goal for each document, written as soon as its copies are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from formgen.build.publish import Entry, describe, replace_kit, sweep_parts
from formgen.compose.mail_merge import Person
from formgen.compose.pages import Composer
from formgen.findings import Place
from formgen.graph.store import Store
from formgen.graph.task import Result, Steps, Task
from formgen.kit import KitDocument
from formgen.model.roster import DATE
from formgen.outputs.base import Item, KitTasks, Output
from formgen.people.copies import (
    COPIES_AT_ONCE,
    AllFacts,
    Batch,
    CopiesFacts,
    all_task,
    batch_task,
    together,
)
from formgen.people.options import PeopleOptions
from formgen.people.people_manifest import (
    BOUND,
    PeopleManifest,
    folder_name,
    located,
    place_of,
    rename_folders,
)
from formgen.people.report import PeopleReport
from formgen.sources.places import on_disk

# A document, and the kind of file that is made of it.
Personal = tuple[KitDocument, Output]


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

    def kept(self) -> list[Entry]:
        """Return what is to stay: all that was not to be made anew, if only a part was."""
        listed = self.listed.values()
        if not self.options.everything:
            return list(listed)
        made = {entry.path for entry in self.report.made}
        return [entry for entry in listed if entry.path in made or self._is_other(entry)]

    def _is_other(self, entry: Entry) -> bool:
        """Tell whether a file is of an output not asked for, and of nobody who left the roster."""
        people = set(entry.sources) or {entry.path.partition("/")[0]}
        return entry.variant not in self.options.variants and people <= self.report.people.keys()

    def write(self, files: Mapping[str, bytes], now: Sequence[Entry] | None = None) -> None:
        """Write files where they belong, and the list of all; remove what is not ``now`` on it."""
        listed = list(self.listed.values()) if now is None else now
        self.report.removed += replace_kit(
            self.register.folder,
            {place_of(path, self.folders): data for path, data in files.items()},
            self.register.listing(listed),
            located(self.listed.values(), self.folders),
            located(listed, self.folders),
            private=True,
        )


def open_writer(
    register: PeopleManifest, report: PeopleReport, options: PeopleOptions, people: Iterable[Person]
) -> Writer:
    """Ready the folder of what is made for people."""
    called = ("mentee_name", "mentor_name")
    folders = {
        person.id: folder_name(person.id, (person.values[key] for key in called))
        if options.names
        else person.id
        for person in people
    }
    sweep_parts(register.folder)
    rename_folders(register, folders)
    listed = {entry.path: entry for entry in register.entries}
    return Writer(register, report, options, {**register.folders(), **folders}, listed)


def people_of(report: PeopleReport, options: PeopleOptions) -> tuple[Person, ...]:
    """Return for whom documents are made, with the day that is printed on them."""
    return tuple(
        Person(id_, {**entry.values, DATE: options.date}) for id_, entry in report.people.items()
    )


def goals(
    composer: Composer, tasks: KitTasks, store: Store, writer: Writer, documents: Sequence[Personal]
) -> Iterator[Task]:
    """Yield a task for each document, which makes and writes the copies of all people."""
    people = people_of(writer.report, writer.options)
    for document, output in documents:
        yield _goal(composer, tasks, store, writer, document, output, people)


def _goal(  # noqa: PLR0913, PLR0917  (what it takes)
    composer: Composer,
    tasks: KitTasks,
    store: Store,
    writer: Writer,
    document: KitDocument,
    output: Output,
    people: tuple[Person, ...],
) -> Task:
    report, fronts = writer.report, writer.options.fronts
    places = {id_: entry.place for id_, entry in report.people.items()}
    folder = Place(composer.kit.stack.local.folder)

    def steps() -> Steps:
        # How many pages a document takes, it takes for nobody in particular.
        [blank] = yield [tasks.task(output.id, Item("document", document.id))]
        report.findings += on_disk(blank.findings, composer.kit.stack)
        page = output.page
        if not blank.files or page is None:
            return Result()
        batches = [
            batch_task(
                Batch(
                    CopiesFacts(
                        document.id,
                        page,
                        people[first : first + COPIES_AT_ONCE],
                        blank.facts["pages"],
                        fronts,
                    ),
                    tasks.data,
                    places,
                ),
                f"{first:06}",
            )
            for first in range(0, len(people), COPIES_AT_ONCE)
        ]
        made = together((yield batches))
        report.findings += on_disk(made.findings, composer.kit.stack)
        if not made.facts["parts"]:
            return Result()
        title = str(composer.documents[document.id]["title"])
        facts = AllFacts(title, composer.kit.settings.language, fronts)
        [whole] = yield [all_task(batches, facts, document.id, folder)]
        report.findings += on_disk(whole.findings, composer.kit.stack)
        if whole.files:
            _write(store, writer, document, output, made, whole)
        return Result()

    return Task(f"{document.id} {output.id}", steps, document.id, folder, personal=True)


def _write(  # noqa: PLR0913, PLR0917  (what is written, and what is said of it)
    store: Store,
    writer: Writer,
    document: KitDocument,
    output: Output,
    made: Result,
    whole: Result,
) -> None:
    """Write the files of one document, and list them."""
    files: dict[str, bytes] = {}
    listed: list[Entry] = []

    def keep(top: str, digest: str, pages: int, people: Iterable[str] = ()) -> None:
        path = f"{top}/{document.id}{output.for_people}"
        files[path] = store.read(digest) or b""
        facts = {"document": document.id, "variant": output.id, "privacy": document.privacy}
        listed.append(describe(path, files[path], **facts, pages=pages, sources=tuple(people)))

    parts = made.facts["parts"]
    for part in parts:
        for who, pages in zip(part["people"], part["copies"], strict=True):
            keep(who, made.files[f"copy {who}"], pages)
    keep(BOUND, whole.files["pdf"], whole.facts["pages"], (w for p in parts for w in p["people"]))
    writer.report.made += listed
    writer.listed |= {entry.path: entry for entry in listed}
    writer.write(files)
