"""Make documents for the people of a roster: a file each, and one of all for the printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from formgen.compose.pages import Composer
from formgen.findings import Finding, InputError, Place, did_you_mean
from formgen.kit import KitDocument
from formgen.model.catalog import Variant
from formgen.model.roster import Roster, RosterEntry
from formgen.pipeline.kits import Waiting, wait_silently
from formgen.pipeline.lock import locked
from formgen.pipeline.people_run import Run
from formgen.pipeline.register import FOLDER, read_register
from formgen.pipeline.report import Meter, Progress, silent
from formgen.pipeline.wanted import ENDINGS, PeopleReport, Wanted
from formgen.pipeline.workers import Submit


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
    documents = list(_documents(maker, wanted))
    home = out / maker.kit.id
    with locked(home / FOLDER, waiting):
        register = read_register(home)
        report = PeopleReport(register.folder)
        entries = _in_order(roster.entries, wanted)
        report.people = {register.id_of(entry): entry for entry in entries}
        if wanted.people:
            _check_people(wanted, report)
        with submit_in as submit:
            Run(maker, register, report, wanted, submit, Meter(progress, 1)).make(documents)
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
        for variant in ENDINGS:
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
