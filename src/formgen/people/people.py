"""Make documents for the people of a roster: a file each, and one of all for the printer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from formgen.build.report import Meter, Progress, silent
from formgen.codes import Code
from formgen.compose.pages import Composer
from formgen.findings import Finding, InputError, Place, did_you_mean, errors
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.graph.cache import Cache
from formgen.graph.code import code_with
from formgen.graph.interfaces import Watch, Workers
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Task
from formgen.kit import KitDocument
from formgen.model.catalog import ids_by_code
from formgen.model.rosters.people import RosterEntry
from formgen.model.rosters.roster import Roster
from formgen.outputs.base import Choice, KitTasks, Output
from formgen.outputs.making.inputs import LayerReader, document_keys, pack_kit
from formgen.outputs.making.pictures import picture_tasks
from formgen.outputs.table import OUTPUTS
from formgen.people.choosing import chosen
from formgen.people.forgetting import sweep
from formgen.people.mail import write_mail
from formgen.people.options import PeopleOptions
from formgen.people.people_manifest import FOLDER, PeopleManifest, read_register
from formgen.people.report import PeopleReport
from formgen.people.run import Personal, goals
from formgen.people.writer import open_writer
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
        register, everybody, report = whose(composer, roster, options)
        writer = open_writer(
            register,
            report,
            options,
            everybody,
            listing=composer.wording.language.listing,
            partial=bool(errors(roster.findings)),
        )
        if options.new:
            lacking = {id_ for pair in documents for r in writer.wanted(*pair) for id_ in r.pairs}
            report.people = {id_: e for id_, e in report.people.items() if id_ in lacking}
        tasks = _tasks(composer, options, outputs)
        with workers_in as workers, tempfile.TemporaryDirectory(prefix="formgen-") as temporary:
            store = Store(Cache(Path(temporary)))
            run = Run(workers, store, code_with({}), _Meter(Meter(progress, 1)))
            # A picture that cannot be drawn is told once, not by each document.
            drawn = [each for _, made in run.make(picture_tasks(tasks)) for each in made.findings]
            if errors(drawn):
                raise InputError(on_disk(errors(drawn), composer.kit.stack))
            for _, result in run.make(goals(composer, tasks, store, writer, documents)):
                # What kept a document from being written; what is wrong with it was told before.
                report.findings += result.findings
        write_mail(composer, writer)
        writer.write({}, writer.kept())
        sweep(register.folder)
        report.earlier = sorted(writer.register.earlier & writer.listed.keys())
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
    ids = ids_by_code(composer.kit.catalog)
    named = [ids.get(name.casefold(), name) for name in options.documents]
    findings = []
    for name in named:
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
    for name in named or personal:
        for output in outputs.values():
            if (
                output.for_people
                and output.id in options.variants
                and _has(composer, known[name], output)
            ):
                yield known[name], output


def _has(composer: Composer, document: KitDocument, output: Output) -> bool:
    try:
        return output.is_there(asks=composer.words_of(document).asks)
    except InputError:
        return True  # composing it tells what is wrong


def whose(
    composer: Composer, roster: Roster, options: PeopleOptions
) -> tuple[PeopleManifest, dict[str, RosterEntry], PeopleReport]:
    """Return who has which id, as they are listed and on the roster, and who was asked for.

    Raises InputError if somebody was asked for who is not there.
    """
    register = read_register(options.out / composer.kit.id)
    assigned = register.identities.assign([*roster.entries, *roster.hidden])
    register = register.with_people(assigned)
    ids = {entry.place: id_ for id_, entry in assigned.people.items()}
    everybody = {ids[entry.place]: entry for entry in _in_order(roster.entries, options)}
    report = PeopleReport(register.folder)
    report.people = chosen(options, everybody, Place(register.folder))
    report.gone = sorted(register.people - assigned.people.keys())
    report.earlier = sorted(register.earlier & {entry.path for entry in register.entries})
    return register, everybody, report


def _in_order(entries: Iterable[RosterEntry], options: PeopleOptions) -> list[RosterEntry]:
    if not options.order:
        return list(entries)
    return sorted(entries, key=lambda entry: entry.values.get(options.order, "").casefold())
