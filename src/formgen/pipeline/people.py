"""Make documents for the people of a roster: a file each, and one of all for the printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from formgen.compose.merged import Person, merge
from formgen.compose.pages import Composer
from formgen.findings import Finding, InputError, Place, did_you_mean
from formgen.kit import KitDocument
from formgen.model.catalog import Variant
from formgen.model.roster import DATE, Roster, RosterEntry
from formgen.pipeline.build import sheet_of
from formgen.pipeline.kits import Waiting, wait_silently
from formgen.pipeline.lock import locked
from formgen.pipeline.publish import Entry, describe, replace_kit, sweep_parts
from formgen.pipeline.register import (
    BOUND,
    Register,
    folder_name,
    located,
    place_of,
    read_register,
    rename_folders,
)
from formgen.pipeline.report import Meter, Progress, silent
from formgen.pipeline.workers import Submit, TypesettingError, result_of
from formgen.press.typeset import Typeset

# So many copies are typeset in one go: enough to gain by it, and few enough to stay far from
# a worker's limits of time and memory. It does not depend on the machine, nor do the files.
COPIES_AT_ONCE = 25
# How the files of each variant end.
_ENDINGS: Mapping[Variant, str] = {"print": ".pdf", "fillable": "-fillable.pdf"}


@dataclass(frozen=True)
class Wanted:
    """What to make: which documents in which variants, for whom, in which order."""

    documents: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ("print",)
    # Ids of people; without any, all.
    people: tuple[str, ...] = ()
    # A column of the roster; without one, the order of its rows.
    order: str = ""
    # Folders are called by names, not by ids alone.
    names: bool = False
    # Printed on letters, as ISO 8601 writes it.
    date: str = ""
    # Every copy starts on a front side; blank backs are put in where it takes them.
    fronts: bool = True

    @property
    def everything(self) -> bool:
        """Tell whether all is made that a roster yields, so that what else there is may go."""
        return not (self.documents or self.people)


@dataclass
class PeopleReport:
    """What became of a roster."""

    folder: Path
    # The id of each entry that documents were made for, with its row, in order.
    people: dict[str, RosterEntry] = field(default_factory=dict)
    made: list[Entry] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Batch:
    """Copies of one document that are typeset in one go."""

    document: KitDocument
    variant: Variant
    people: tuple[Person, ...]

    @property
    def alone(self) -> bool:
        """Tell whether it is one copy."""
        return len(self.people) == 1


_Started = tuple[_Batch, Future[Typeset]]
_Done = tuple[_Batch, Typeset]


def make_for_people(  # noqa: PLR0913, PLR0917  (what it takes)
    maker: Composer,
    roster: Roster,
    out: Path,
    submit_in: AbstractContextManager[Submit],
    wanted: Wanted,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> PeopleReport:
    """Make the documents of a roster. Raises InputError for a wish that cannot be met."""
    register = read_register(out / maker.kit.id)
    documents = list(_documents(maker, wanted))
    report = PeopleReport(register.folder)
    entries = _in_order(roster.entries, wanted)
    report.people = {register.id_of(entry): entry for entry in entries}
    if wanted.people:
        _check_people(wanted, report)
    meter = Meter(progress, 1)
    with submit_in as submit, locked(register.folder, waiting):
        _Run(maker, register, report, wanted, submit, meter).make(documents)
    return report


def _documents(maker: Composer, wanted: Wanted) -> Iterator[tuple[KitDocument, Variant]]:
    """Yield what is to be made; raises InputError for a document that is for nobody."""
    known = {document.id: document for document in maker.kit.documents}
    personal = [name for name, document in known.items() if document.entry.person]
    place = Place(maker.kit.stack.local.folder)
    findings = []
    for name in wanted.documents:
        document = known.get(name)
        if document and document.privacy == "private":
            message = f"{name} belongs to the pair alone, and is never made for a person."
            fix = "print it from the kit; no setting changes this."
            findings.append(Finding(place, "private", message, fix, policy=True))
        elif name not in personal:
            message = f'there is no document "{name}" for a person.'
            fix = did_you_mean(name, personal, f"use one of: {', '.join(personal)}.")
            findings.append(Finding(place, "unknown-document", message, fix))
    if findings:
        raise InputError(findings)
    for name in wanted.documents or personal:
        for variant in _ENDINGS:
            if variant in wanted.variants and variant in maker.variants_of(known[name]):
                yield known[name], variant


def _in_order(entries: Iterable[RosterEntry], wanted: Wanted) -> list[RosterEntry]:
    if not wanted.order:
        return list(entries)
    return sorted(entries, key=lambda entry: entry.values.get(wanted.order, "").casefold())


def _check_people(wanted: Wanted, report: PeopleReport) -> None:
    """Keep those who were asked for; raises InputError for an id that nobody has."""
    unknown = [person for person in wanted.people if person not in report.people]
    if unknown:
        fix = "`formgen people LOCAL --check` lists the ids of all."
        raise InputError(
            Finding(Place(report.folder), "unknown-id", f'nobody has the id "{person}".', fix)
            for person in unknown
        )
    report.people = {id_: e for id_, e in report.people.items() if id_ in wanted.people}


class _Run:
    """One run over a roster: documents one after another, each in batches of copies."""

    def __init__(  # noqa: PLR0913, PLR0917  (what it takes)
        self,
        maker: Composer,
        register: Register,
        report: PeopleReport,
        wanted: Wanted,
        submit: Submit,
        meter: Meter,
    ) -> None:
        self.maker, self.register, self.report = maker, register, report
        self.wanted, self.submit, self.meter = wanted, submit, meter
        self.people = tuple(
            Person(id_, {**entry.values, DATE: wanted.date}) for id_, entry in report.people.items()
        )
        called = ("mentee_name", "mentor_name")
        self.folders = {
            person.id: folder_name(person.id, (person.values[key] for key in called))
            if wanted.names
            else person.id
            for person in self.people
        }
        # What is on the disk and listed, by the path that the list knows it by.
        self.listed = {entry.path: entry for entry in register.entries}

    def make(self, documents: Sequence[tuple[KitDocument, Variant]]) -> None:
        """Make and write all documents, then remove what is for nobody any more."""
        sweep_parts(self.register.folder)
        rename_folders(self.register, self.folders)
        self.folders = {**self.register.folders(), **self.folders}
        started: list[tuple[KitDocument, Variant, list[_Started]]] = []
        for document, variant in documents:
            started.append((document, variant, list(self.start(document, variant))))
            # The next document is with the workers while one is written.
            if len(started) > 1:
                self.finish(*started.pop(0))
        for each in started:
            self.finish(*each)
        self.publish({}, now=self.kept())

    def start(self, document: KitDocument, variant: Variant) -> Iterator[_Started]:
        """Compose a document's batches and hand them to the workers."""
        for first in range(0, len(self.people), COPIES_AT_ONCE):
            people = self.people[first : first + COPIES_AT_ONCE]
            yield from self.compose(_Batch(document, variant, people))

    def compose(self, batch: _Batch) -> Iterator[_Started]:
        """Hand a batch to the workers, unless it cannot be composed."""
        try:
            composed = merge(
                self.maker, batch.document, batch.variant, batch.people, fronts=self.wanted.fronts
            )
        except InputError as problem:
            self.report.findings += problem.findings
            return
        self.meter.found()
        yield batch, self.submit(sheet_of(composed))

    def settle(self, batch: _Batch, future: Future[Typeset]) -> list[_Done]:
        """Return what became of a batch; what is wrong with one copy costs that copy alone."""
        kept = self.maker.kit.stack.local.folder
        place = self.report.people[batch.people[0].id].place if batch.alone else Place(kept)
        try:
            result = result_of(future)
        except TypesettingError as problem:
            findings = [Finding(place, problem.code, str(problem), problem.fix)]
        else:
            findings = [
                Finding(place, each.code, each.message, each.fix) for each in result.defects
            ]
        self.meter.finished(batch.document.id)
        if not findings:
            return [(batch, result)]
        if batch.alone:
            name = batch.document.id
            self.report.findings += [
                replace(finding, message=f"{name}: {finding.message}") for finding in findings
            ]
            return []
        singles = [
            single
            for person in batch.people
            for single in self.compose(replace(batch, people=(person,)))
        ]
        return [done for single in singles for done in self.settle(*single)]

    def finish(self, document: KitDocument, variant: Variant, started: Iterable[_Started]) -> None:
        """Write the files of one document, and list them."""
        done = [each for batch in started for each in self.settle(*batch)]
        if not done:
            return
        files: dict[str, bytes] = {}
        listed: list[Entry] = []

        def keep(top: str, pdf: bytes, pages: int, people: Iterable[str] = ()) -> None:
            path = f"{top}/{document.id}{_ENDINGS[variant]}"
            files[path] = pdf
            facts = {"document": document.id, "variant": variant, "privacy": document.privacy}
            listed.append(describe(path, pdf, **facts, pages=pages, sources=tuple(people)))

        for batch, result in done:
            for person, copy in zip(batch.people, result.copies, strict=True):
                keep(person.id, copy.pdf, copy.pages)
        title = str(self.maker.documents[document.id]["title"])
        bound, pages = bind_copies(
            title,
            self.maker.kit.settings.language,
            [result for _, result in done],
            fronts=self.wanted.fronts,
        )
        keep(BOUND, bound, pages, (person.id for batch, _ in done for person in batch.people))
        self.report.made += listed
        self.listed |= {entry.path: entry for entry in listed}
        self.publish(files)

    def kept(self) -> list[Entry]:
        """Return what is to stay: all that was not to be made anew, if only a part was."""
        if self.wanted.everything:
            return list(self.report.made)
        return list(self.listed.values())

    def publish(self, files: Mapping[str, bytes], now: Sequence[Entry] | None = None) -> None:
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


def bind_copies(
    title: str, language: str, results: Sequence[Typeset], *, fronts: bool
) -> tuple[bytes, int]:
    """Return one file of all copies, for the printer, and its pages."""
    if len(results) == 1:
        return results[0].pdf, results[0].pages
    from formgen.press.bind import BoundFacts, Part, bind_and_count

    parts = [Part(result.pdf, title) for result in results]
    return bind_and_count(parts, BoundFacts(title, language, fronts=fronts))
