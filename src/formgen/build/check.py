"""Check locals: compose all of them, and make nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from formgen.build.report import Progress, silent
from formgen.compose.checks.looks import check_looks
from formgen.compose.index_page import KitFiles, index_page
from formgen.compose.packet_sheets import check_sheets
from formgen.compose.pages import make_composer
from formgen.faults import findings_from
from formgen.findings import Finding, InputError, Place, errors, first_of_each, in_order
from formgen.graph.cache import Cache
from formgen.graph.code import code_with
from formgen.graph.interfaces import Workers
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Digest, Made, Result, Steps, Task, Work, digest_of, work_task
from formgen.kit import Kit, resolve_stack
from formgen.model.page_format import PageFormat
from formgen.outputs.base import EVERYTHING, Item, KitTasks
from formgen.outputs.choice import check_outputs
from formgen.outputs.making.inputs import Inputs, LayerReader, document_keys, pack_kit, read_local
from formgen.outputs.making.pages import (
    KIT,
    WorkerKit,
    compose_in_worker,
    document_task,
    titles_task,
)
from formgen.outputs.making.pictures import picture_tasks
from formgen.outputs.table import OUTPUTS, standing_formats
from formgen.pdf.versions import source_hash
from formgen.sources.layers import Stack
from formgen.sources.places import by_layers, on_disk
from formgen.sources.tree import Node
from formgen.sources.unread_files import files_named, names_beside

_TABLE = {output.id: output for output in OUTPUTS}


@dataclass
class Checked:
    """A local, and what is wrong with it; the stack is none if it could not be read."""

    local: Path
    findings: list[Finding] = field(default_factory=list)
    stack: Stack | None = None


def check_locals(
    locals_: Sequence[Path],
    workers_in: AbstractContextManager[Workers],
    cache: Cache,
    versions: Mapping[str, str],
    progress: Progress = silent,
) -> list[Checked]:
    """Return what is wrong with each local, its settings, words, looks and packets; in order.

    What was found is known by the key of all that was read, so a local that has not changed
    since costs no more than reading it.
    """
    checked = [Checked(local) for local in locals_]
    program = digest_of(repr((source_hash(), sorted(versions.items()))).encode())
    with workers_in as workers:
        run = Run(workers, Store(cache), code_with(versions))
        found: dict[int, Result] = {}
        for task, result in run.make(_goals(checked, program)):
            found[int(task.name)] = result
            progress(len(found), len(checked), checked[int(task.name)].local.parent.name)
    for number, result in found.items():
        each = checked[number]
        each.findings += on_disk(result.findings, each.stack) if each.stack else result.findings
    for each in checked:
        each.findings = first_of_each(each.findings)
    return checked


def _goals(checked: Sequence[Checked], program: Digest) -> Iterator[Task]:
    reader = LayerReader()
    for number, each in enumerate(checked):
        try:
            each.stack, own, inputs = read_local(reader, each.local)
            each.findings += names_beside(each.stack.local.folder, files_named(own))
        except Exception as problem:  # noqa: BLE001  (whatever a local's files raise)
            each.findings += findings_from(problem, Place(each.local))
            each.findings += names_beside(each.local.parent, ())
        else:
            yield _task(number, each, own, inputs, program)


def _task(number: int, checked: Checked, own: Node, inputs: Inputs, program: Digest) -> Task:
    """Return what checks a local; known without composing if nothing of it changed."""
    stack = checked.stack or Stack(())
    place = Place(checked.local)

    def steps() -> Steps:
        kit = resolve_stack(stack, own)
        keys = document_keys(kit, inputs)
        tasks = KitTasks(kit, EVERYTHING, keys, pack_kit(kit), _TABLE)
        parts = yield [titles_task(tasks), *picture_tasks(tasks)]
        titles = parts[0]
        found = [*kit.warnings, *check_outputs(kit, _TABLE), *check_looks(kit)]
        if not titles.findings:
            parts += yield [
                *(document_task(tasks, document.id) for document in kit.documents),
                tasks.task("index", Item("kit", kit.id)),
            ]
            if not any(errors(part.findings) for part in parts):
                parts += yield [_sheets_task(tasks)]
        found += on_disk((finding for part in parts for finding in part.findings), kit.stack)
        return Result(findings=by_layers(found, kit.stack))

    about = ("check", program, inputs.whole)
    return Task(str(number), steps, place=place, leaves=digest_of(repr(about).encode()))


def compose_sheets(_facts: Digest, files: Mapping[str, bytes]) -> Made:
    """Compose what packets have besides documents; say what is wrong with it."""

    def sheets(worker_kit: WorkerKit) -> Made:
        found = check_sheets(worker_kit.composer)
        return Made(findings=worker_kit.findings(InputError(found)))

    return compose_in_worker(files, sheets)


def _sheets_task(tasks: KitTasks) -> Task:
    # Chapters of the manual stand in packets by themselves, and any file may hold one.
    facts = digest_of(repr(sorted(tasks.inputs.items())).encode())
    work = Work(compose_sheets, facts, carried={KIT: tasks.data})
    return work_task("sheets of packets", lambda: work, "packets", tasks.place())


# --- One kit, in this process


def check_documents(kit: Kit, pages: Sequence[PageFormat]) -> list[Finding]:
    """Compose every document in these formats; return what is wrong with them."""
    findings: list[Finding] = []
    try:
        composer = make_composer(kit)
    except InputError as problem:
        return list(problem.findings)
    for document in kit.documents:
        for composed in composer.compose_all(document, pages).values():
            findings += composed.findings if isinstance(composed, InputError) else ()
    return findings


def check_pages(kit: Kit) -> list[Finding]:
    """Return what is wrong with a kit's documents and its own page."""
    found = check_outputs(kit, _TABLE)
    found += check_documents(kit, standing_formats())
    found += check_looks(kit)
    try:
        index_page(make_composer(kit), KitFiles())
    except InputError as problem:
        found += problem.findings
    return in_order(found)
