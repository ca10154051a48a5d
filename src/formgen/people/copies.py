"""Copies of a document for people: what workers do, and the tasks that ask for it.

All of it is personal: it is kept nowhere but where it is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from operator import itemgetter

from formgen.compose.mail_merge import Person, merge
from formgen.findings import Place
from formgen.graph.task import Made, Result, Steps, Task, Work, work_task
from formgen.model.page_format import Edition, PageFormat
from formgen.outputs.base import findings_of
from formgen.outputs.making.pages import KIT, WorkerKit, compose_in_worker
from formgen.outputs.making.typesetting import defects_of
from formgen.pdf.parts import BoundFacts, Part
from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset

# So many copies are typeset in one go: enough to gain by it, and few enough to stay far from
# a worker's limits of time and memory. It does not depend on the machine, nor do the files.
COPIES_AT_ONCE = 25


@dataclass(frozen=True)
class CopiesFacts:
    """Which document is made, how, and for whom."""

    document: str
    page: PageFormat
    people: tuple[Person, ...]
    # How many pages each copy says that it takes.
    pages: int
    # Blank backs are put in, so that each copy starts on a front side.
    backs: bool
    edition: Edition = "print"


def make_copies(facts: CopiesFacts, files: Mapping[str, bytes]) -> Made:
    """Compose and typeset the copies of some people in one go; with defects, there are no files."""

    def copies(worker_kit: WorkerKit) -> Made:
        document = next(d for d in worker_kit.composer.kit.documents if d.id == facts.document)
        page = merge(worker_kit.composer, document, facts.page, facts.people, pages=facts.pages)
        made = typeset(
            Sheet(
                page.html,
                page.styles,
                page.assets,
                zoom=page.zoom,
                fits_one_page=page.fits_one_page,
                personal=True,
                copies=page.copies,
                backs=facts.backs,
                editions=(facts.edition,),
            )
        )
        known = {
            "pages": made.pages,
            "copies": [copy.pages for copy in made.copies],
            "defects": [asdict(defect) for defect in made.defects],
        }
        whole = {f"copy {number}": copy.pdf for number, copy in enumerate(made.copies)}
        return Made({} if made.defects else {"all": made.pdf, **whole}, known)

    return compose_in_worker(files, copies)


@dataclass(frozen=True)
class Batch:
    """Copies of one document that are typeset in one go."""

    facts: CopiesFacts
    # The kit, for workers.
    data: bytes
    # Where the row of each person stands.
    places: Mapping[str, Place]
    # It was looked up before how many pages each copy takes.
    counted: bool = False

    @property
    def people(self) -> tuple[Person, ...]:
        """Return whose copies they are."""
        return self.facts.people


def batch_task(batch: Batch, number: str) -> Task:
    """Return what makes copies; what is wrong with one of them costs that copy alone.

    The result's files are one of all copies and one for each person, for every part that was
    typeset in one go; `parts` tells who is in each and how many pages there are.
    """
    document, pages = batch.facts.document, batch.facts.pages
    alone = len(batch.people) == 1
    place = batch.places[batch.people[0].id]

    def steps() -> Steps:
        [made] = yield [_work_task(batch, number)]
        taken = made.facts.get("copies", ())
        if made.files and (batch.counted or all(each == pages for each in taken)):
            return _part(batch, made)
        # What is wrong with the words of a document is told once, whoever it is for.
        if made.facts.get("refused"):
            return Result(findings=made.findings)
        if alone and not made.files:
            return Result(findings=(*made.findings, *defects_of(made, document, place)))
        results = yield [
            batch_task(part, f"{number}.{n}") for n, part in enumerate(_again(batch, made, taken))
        ]
        return together(results)

    return Task(f"copies {number}", steps, document, personal=True)


def _work_task(batch: Batch, number: str) -> Task:
    work = Work(make_copies, batch.facts, carried={KIT: batch.data})
    place = batch.places[batch.people[0].id]
    made = work_task(f"work of {number}", lambda: work, batch.facts.document, place)
    return replace(made, personal=True)


def _again(batch: Batch, made: Result, taken: Sequence[int]) -> Iterator[Batch]:
    """Yield the parts of a batch that did not come out right in one go."""
    if not made.files:
        for who in batch.people:
            yield replace(batch, facts=replace(batch.facts, people=(who,)))
        return
    # Those who follow each other and take as many pages stay together.
    for pages, group in groupby(zip(batch.people, taken, strict=True), key=itemgetter(1)):
        people = tuple(who for who, _ in group)
        facts = replace(batch.facts, people=people, pages=pages)
        yield replace(batch, facts=facts, counted=True)


def _part(batch: Batch, made: Result) -> Result:
    names = [person.id for person in batch.people]
    first = names[0]
    files = {f"all {first}": made.files["all"]}
    files |= {f"copy {who}": made.files[f"copy {number}"] for number, who in enumerate(names)}
    part = {"first": first, "people": names, "copies": made.facts["copies"]}
    return Result(files, {"parts": [{**part, "pages": made.facts["pages"]}]})


def together(results: Sequence[Result]) -> Result:
    """Return what several parts became as one result."""
    files = {name: digest for result in results for name, digest in result.files.items()}
    parts = [part for result in results for part in result.facts.get("parts", ())]
    return Result(files, {"parts": parts}, findings_of(results))


# --- One file of all, for the printer


@dataclass(frozen=True)
class AllFacts:
    """What a file of all copies says of itself."""

    title: str
    language: str
    fronts: bool


def bind_all(facts: AllFacts, files: Mapping[str, bytes]) -> Made:
    """Bind the parts that were typeset in one go into one file, for the printer."""
    parts = [Part(files[name], facts.title) for name in sorted(files)]
    from formgen.pdf.files.bind import bind_and_count

    pdf, pages = bind_and_count(parts, BoundFacts(facts.title, facts.language, fronts=facts.fronts))
    return Made({"pdf": pdf}, {"pages": pages})


def all_task(batches: Sequence[Task], facts: AllFacts, document: str, place: Place) -> Task:
    """Return what makes one file of all copies."""

    def steps() -> Steps:
        made = together((yield batches))
        parts = made.facts["parts"]
        files = {f"{n:06}": made.files[f"all {each['first']}"] for n, each in enumerate(parts)}
        if len(parts) == 1:
            return Result({"pdf": files["000000"]}, {"pages": parts[0]["pages"]})
        return Work(bind_all, facts, files)

    return Task("all", steps, document, place, personal=True)
