"""Make documents for the people of a roster: a file each, and one of all for the printer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from formgen.build.folder_lock import Waiting, locked, wait_silently
from formgen.build.report import Meter, Progress, silent
from formgen.codes import Code
from formgen.compose.pages import Composer
from formgen.findings import Finding, InputError, Place, did_you_mean, errors
from formgen.graph.cache import Cache
from formgen.graph.code import code_with
from formgen.graph.interfaces import Watch, Workers
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Task
from formgen.kit import KitDocument
from formgen.model.roster import Roster, RosterEntry
from formgen.outputs.base import Choice, KitTasks, Output
from formgen.outputs.making.inputs import LayerReader, document_keys, pack_kit
from formgen.outputs.making.pictures import picture_tasks
from formgen.outputs.table import OUTPUTS
from formgen.people.options import PeopleOptions
from formgen.people.people_manifest import FOLDER, read_register
from formgen.people.report import PeopleReport
from formgen.people.run import Personal, goals, open_writer, people_of
from formgen.sources.places import on_disk


def make_for_people(  # noqa: PLR0913, PLR0917  (what it takes)
    composer: Composer,
    roster: Roster,
    workers_in: AbstractContextManager[Workers],
    options: PeopleOptions,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> PeopleReport:
    """Make the documents of a roster. Raises InputError for what cannot be made."""
    outputs = {output.id: output for output in OUTPUTS}
    documents = list(_documents(composer, options, outputs))
    home = options.out / composer.kit.id
    with locked(home / FOLDER, waiting):
        register = read_register(home)
        report = PeopleReport(register.folder)
        entries = _in_order(roster.entries, options)
        report.people = {register.id_of(entry): entry for entry in entries}
        if options.people:
            _check_people(options, report)
        writer = open_writer(register, report, options, people_of(report, options))
        tasks = _tasks(composer, options, outputs)
        with workers_in as workers, tempfile.TemporaryDirectory(prefix="formgen-") as folder:
            store = Store(Cache(Path(folder)))
            run = Run(workers, store, code_with({}), _Meter(Meter(progress, 1)))
            # A picture that cannot be drawn is told once, not by each document.
            drawn = [each for _, made in run.make(picture_tasks(tasks)) for each in made.findings]
            if errors(drawn):
                raise InputError(on_disk(errors(drawn), composer.kit.stack))
            for _, result in run.make(goals(composer, tasks, store, writer, documents)):
                # What kept a document from being written; what is wrong with it was told before.
                report.findings += result.findings
        writer.write({}, now=writer.kept())
    return report


class _Meter(Watch):
    """Shows how many batches of copies are made; nobody is named."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter

    def began(self, goal: Task, task: Task) -> None:  # noqa: ARG002
        if task.personal:
            self.meter.found()

    def ended(self, goal: Task, task: Task) -> None:
        if task.personal:
            self.meter.finished(goal.label)


def _tasks(composer: Composer, options: PeopleOptions, outputs: Mapping[str, Output]) -> KitTasks:
    """Return a kit as its outputs see it, its layers read whole."""
    kit = composer.kit
    stack, inputs = LayerReader().read(kit.stack, kit.tree)
    kit = replace(kit, stack=stack)
    choice = Choice(outputs=options.variants)
    return KitTasks(kit, choice, document_keys(kit, inputs), pack_kit(kit), outputs)


def _documents(
    composer: Composer, options: PeopleOptions, outputs: Mapping[str, Output]
) -> Iterator[Personal]:
    """Yield what is to be made; raises InputError for a document that is for nobody."""
    known = {document.id: document for document in composer.kit.documents}
    personal = [name for name, document in known.items() if document.entry.person]
    place = Place(composer.kit.stack.local.folder)
    findings = []
    for name in options.documents:
        document = known.get(name)
        if document and document.privacy == "private":
            message = f"{name} belongs to the pair alone, and is never made for a person."
            fix = "print it from the kit; no setting changes this."
            findings.append(Finding(place, Code.PRIVATE, message, fix))
        elif name not in personal:
            message = f'there is no document "{name}" for a person.'
            fix = did_you_mean(name, personal, f"use one of: {', '.join(personal)}.")
            findings.append(Finding(place, Code.UNKNOWN_DOCUMENT, message, fix))
    if findings:
        raise InputError(findings)
    for name in options.documents or personal:
        for output in outputs.values():
            if (
                output.for_people
                and output.id in options.variants
                and _has(composer, known[name], output)
            ):
                yield known[name], output


def _has(composer: Composer, document: KitDocument, output: Output) -> bool:
    try:
        return output.page is not None and composer.words_of(document).has(output.page)
    except InputError:
        return True  # composing it tells what is wrong


def _in_order(entries: Iterable[RosterEntry], options: PeopleOptions) -> list[RosterEntry]:
    if not options.order:
        return list(entries)
    return sorted(entries, key=lambda entry: entry.values.get(options.order, "").casefold())


def _check_people(options: PeopleOptions, report: PeopleReport) -> None:
    """Keep those who were asked for; raises InputError for an id that nobody has."""
    unknown = [person for person in options.people if person not in report.people]
    if unknown:
        fix = "`formgen people LOCAL --check` lists the ids of all."
        raise InputError(
            Finding(Place(report.folder), Code.UNKNOWN_ID, f'nobody has the id "{person}".', fix)
            for person in unknown
        )
    report.people = {id_: e for id_, e in report.people.items() if id_ in options.people}
