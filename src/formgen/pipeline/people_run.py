"""One run over a roster: documents one after another, each in batches of copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from formgen.compose.merged import Person, merge
from formgen.compose.pages import Composer
from formgen.findings import Finding, InputError, Place
from formgen.kit import KitDocument
from formgen.model.catalog import Variant
from formgen.model.roster import DATE
from formgen.pipeline.build import sheet_of
from formgen.pipeline.publish import Entry, describe, replace_kit, sweep_parts
from formgen.pipeline.register import (
    BOUND,
    Register,
    folder_name,
    located,
    place_of,
    rename_folders,
)
from formgen.pipeline.report import Meter
from formgen.pipeline.wanted import ENDINGS, PeopleReport, Wanted
from formgen.pipeline.workers import Submit, TypesettingError, result_of
from formgen.press.typeset import Typeset

# So many copies are typeset in one go: enough to gain by it, and few enough to stay far from
# a worker's limits of time and memory. It does not depend on the machine, nor do the files.
COPIES_AT_ONCE = 25


@dataclass(frozen=True)
class _Batch:
    """Copies of one document that are typeset in one go."""

    document: KitDocument
    variant: Variant
    people: tuple[Person, ...]
    # How many pages each copy says that it takes.
    pages: int
    # It was looked up before how many those are.
    counted: bool = False

    @property
    def alone(self) -> bool:
        """Tell whether it is one copy."""
        return len(self.people) == 1


_Started = tuple[_Batch, Future[Typeset]]
_Done = tuple[_Batch, Typeset]


class Run:
    """What it takes to make the documents of a roster, and how far it has come."""

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
        blanks = [self.blank(document, variant) for document, variant in documents]
        started: list[tuple[KitDocument, Variant, list[_Started]]] = []
        for (document, variant), blank in zip(documents, blanks, strict=True):
            pages = self.pages_of(document, blank)
            if not pages:
                continue
            started.append((document, variant, list(self.start(document, variant, pages))))
            # The next document is with the workers while one is written.
            if len(started) > 1:
                self.finish(*started.pop(0))
        for each in started:
            self.finish(*each)
        self.publish({}, now=self.kept())

    def blank(self, document: KitDocument, variant: Variant) -> Future[Typeset] | None:
        """Hand the document to the workers as it is for nobody in particular."""
        try:
            return self.submit(sheet_of(self.maker.compose(document, variant)))
        except InputError as problem:
            self.report.findings += problem.findings
            return None

    def pages_of(self, document: KitDocument, blank: Future[Typeset] | None) -> int:
        """Return how many pages a document takes, or none if something is wrong with it."""
        if blank is None:
            return 0
        result = self.outcome(document, blank, Place(self.maker.kit.stack.local.folder))
        return result.pages if result else 0

    def start(self, document: KitDocument, variant: Variant, pages: int) -> Iterator[_Started]:
        """Compose a document's batches and hand them to the workers."""
        for first in range(0, len(self.people), COPIES_AT_ONCE):
            people = self.people[first : first + COPIES_AT_ONCE]
            yield from self.compose(_Batch(document, variant, people, pages))

    def compose(self, batch: _Batch) -> Iterator[_Started]:
        """Hand a batch to the workers, unless it cannot be composed."""
        try:
            composed = merge(
                self.maker,
                batch.document,
                batch.variant,
                batch.people,
                pages=batch.pages,
            )
        except InputError as problem:
            self.report.findings += problem.findings
            return
        self.meter.found()
        yield batch, self.submit(replace(sheet_of(composed), backs=self.wanted.fronts))

    def settle(self, batch: _Batch, future: Future[Typeset]) -> list[_Done]:
        """Return what became of a batch; what is wrong with one copy costs that copy alone."""
        self.meter.finished(batch.document.id)
        person = self.report.people[batch.people[0].id]
        result = self.outcome(batch.document, future, person.place if batch.alone else None)
        if result and (batch.counted or all(copy.pages == batch.pages for copy in result.copies)):
            return [(batch, result)]
        if result:
            # Those who follow each other and take as many pages stay together.
            taken = zip(batch.people, (copy.pages for copy in result.copies), strict=True)
            groups = groupby(taken, key=itemgetter(1))
            again = [
                replace(batch, people=tuple(who for who, _ in group), pages=pages, counted=True)
                for pages, group in groups
            ]
        else:
            again = [replace(batch, people=(who,)) for who in batch.people if not batch.alone]
        started = [each for part in again for each in self.compose(part)]
        return [done for each in started for done in self.settle(*each)]

    def outcome(
        self, document: KitDocument, future: Future[Typeset], place: Place | None
    ) -> Typeset | None:
        """Return what was made, unless something is wrong with it; then, told at its place."""
        found: list[tuple[str, str, str]]
        try:
            result = result_of(future)
            found = [(each.code, each.message, each.fix) for each in result.defects]
            if not found:
                return result
        except TypesettingError as problem:
            found = [(problem.code, str(problem), problem.fix)]
        if place:
            self.report.findings += [
                Finding(place, code, f"{document.id}: {message}", fix)
                for code, message, fix in found
            ]
        return None

    def finish(self, document: KitDocument, variant: Variant, started: Iterable[_Started]) -> None:
        """Write the files of one document, and list them."""
        done = [each for batch in started for each in self.settle(*batch)]
        if not done:
            return
        files: dict[str, bytes] = {}
        listed: list[Entry] = []

        def keep(top: str, pdf: bytes, pages: int, people: Iterable[str] = ()) -> None:
            path = f"{top}/{document.id}{ENDINGS[variant]}"
            files[path] = pdf
            facts = {"document": document.id, "variant": variant, "privacy": document.privacy}
            listed.append(describe(path, pdf, **facts, pages=pages, sources=tuple(people)))

        for batch, result in done:
            for person, copy in zip(batch.people, result.copies, strict=True):
                keep(person.id, copy.pdf, copy.pages)
        title = str(self.maker.documents[document.id]["title"])
        bound, pages = _bind_copies(
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
        listed = self.listed.values()
        if not self.wanted.everything:
            return list(listed)
        made = {entry.path for entry in self.report.made}
        return [entry for entry in listed if entry.path in made or self.is_another_variant(entry)]

    def is_another_variant(self, entry: Entry) -> bool:
        """Tell whether a file is of a variant not asked for, and of nobody who left the roster."""
        people = set(entry.sources) or {entry.path.partition("/")[0]}
        return entry.variant not in self.wanted.variants and people <= self.report.people.keys()

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


def _bind_copies(
    title: str, language: str, results: Sequence[Typeset], *, fronts: bool
) -> tuple[bytes, int]:
    """Return one file of all copies, for the printer, and its pages."""
    if len(results) == 1:
        return results[0].pdf, results[0].pages
    from formgen.press.bind import BoundFacts, Part, bind_and_count

    parts = [Part(result.pdf, title) for result in results]
    return bind_and_count(parts, BoundFacts(title, language, fronts=fronts))
