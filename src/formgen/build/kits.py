"""A kit as a task: read, resolved, made of the tasks of its outputs, published whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from formgen.build.entries import entries_made, kit_files, papers_among, still_there
from formgen.build.manifest import manifest_task
from formgen.build.publish import (
    MANIFEST,
    NEXT,
    Entry,
    entries_of,
    is_there,
    read_entries,
    replace_kit,
    sweep_parts,
    where_of,
)
from formgen.build.report import KitReport
from formgen.codes import Code
from formgen.compose.checks.looks import check_looks
from formgen.findings import Finding, InputError, Place, errors
from formgen.folder_lock import Waiting, locked
from formgen.graph.store import Store
from formgen.graph.task import (
    Digest,
    Result,
    Steps,
    Task,
    WithFiles,
    digest_of,
)
from formgen.kit import Kit, KitDocument, resolve_stack
from formgen.outputs.base import Choice, Item, KitTasks, Output, findings_of
from formgen.outputs.choice import choose
from formgen.outputs.making.inputs import Inputs, LayerReader, document_keys, pack_kit, read_local
from formgen.outputs.making.pages import titles_task
from formgen.outputs.making.pictures import picture_tasks
from formgen.plain_files import read_plain
from formgen.sources.layers import Stack
from formgen.sources.pack_files.lock_file import check_installed, lock_home, read_lock
from formgen.sources.paths import language_path
from formgen.sources.places import by_layers, on_disk
from formgen.sources.replaced.overrides import own_files
from formgen.sources.tree import Node
from formgen.sources.unread_files import files_named, names_beside


@dataclass(frozen=True)
class Site:
    """What all kits of a build share: where they go, what of them is made, what is known."""

    out: Path
    choice: Choice
    outputs: Mapping[str, Output]
    store: Store
    # The hash of the program and its libraries.
    program: Digest
    waiting: Waiting
    reader: LayerReader = field(default_factory=LayerReader)
    # The local of each id that was seen.
    seen: dict[str, Path] = field(default_factory=dict)


def kit_task(site: Site, report: KitReport) -> Task:
    """Return what makes the kit of a local and fills in its report. Raises InputError."""
    stack, own, inputs = read_local(site.reader, report.local)
    report.findings += names_beside(stack.local.folder, files_named(own))
    about = (site.program, site.choice, str(site.out.resolve()), inputs.whole)
    return Task(
        str(report.local),
        lambda: _steps(site, report, stack, own, inputs),
        leaves=digest_of(repr(about).encode()),
        is_good=lambda known: _is_there(site, report, stack, known),
    )


def _is_there(site: Site, report: KitReport, stack: Stack, known: Result) -> bool:
    """Tell whether a kit is on the disk as it would be built; then, fill in its report."""
    facts = known.facts
    folder = site.out / facts["id"]
    if facts["id"] in site.seen or (folder / NEXT).exists():
        return False
    try:
        manifest = read_plain(folder / MANIFEST)
    except OSError:
        return False
    if digest_of(manifest) != known.files[MANIFEST]:
        return False
    entries = {entry.path: entry for entry in entries_of(manifest)}
    if not all(is_there(folder, entry) for entry in entries.values()):
        return False
    site.seen[facts["id"]] = report.local
    _fill(report, facts)
    report.folder, report.unchanged = folder, True
    report.findings += on_disk(known.findings, stack)
    report.built = [replace(entries[path], sources=()) for path in facts["built"]]
    return True


def _fill(report: KitReport, facts: Mapping[str, Any]) -> None:
    report.id, report.name, report.edition = facts["id"], facts["name"], facts["edition"]
    report.documents, report.overlays = facts["documents"], facts["overlays"]
    report.language = facts.get("language", "")


def _steps(site: Site, report: KitReport, stack: Stack, own: Node, inputs: Inputs) -> Steps:
    report.sources = inputs.short()
    kit = resolve_stack(stack, own)
    choice = choose(kit, site.choice, site.outputs)
    _check_unique(kit, report.local, site.seen)
    tasks = KitTasks(kit, choice, document_keys(kit, inputs), pack_kit(kit), site.outputs)
    [titles, *pictures] = yield [titles_task(tasks), *picture_tasks(tasks)]
    drawn = findings_of(pictures)
    if titles.findings or errors(drawn):
        raise InputError(on_disk((*titles.findings, *drawn), stack))
    tasks = replace(tasks, titles=titles.facts)
    facts = {
        "id": kit.id,
        "name": kit.settings.local.name,
        "edition": kit.edition,
        "language": kit.settings.language,
        "documents": len(kit.documents),
        "overlays": [each.path for each in own_files(kit.stack)],
    }
    _fill(report, facts)
    report.findings += [*kit.warnings, *check_looks(kit), *on_disk(drawn, stack)]
    folder = site.out / kit.id
    before = read_entries(folder)
    there = {folder / entry.path: entry.sha256 for entry in before}
    site.store.know(there)
    made: list[Result] = []
    asked: list[Task] = []
    lengths = {document.id: _length(kit, document) for document in kit.documents}
    for last in (False, True):
        goals = [
            tasks.task(output.id, item)
            for output in site.outputs.values()
            if output.comes_last == last
            for item in _longest_first(tasks.items(output), lengths)
        ]
        asked += goals
        made += yield goals
        # With part of a kit chosen, the files of the other parts stay as they are.
        kept = {} if choice.everything else still_there(folder, before)
        ours = entries_made(tasks, made)
        entries = {**kept, **ours}
        tasks = replace(tasks, listed=kit_files(tasks, entries, ours, folder))
    found = [finding for result in made for finding in result.findings]
    report.findings += on_disk(found, kit.stack)
    asked.append(manifest_task(report, kit, own, entries))
    for _ in range(_TRIALS):
        # A cache can lose files at any moment, before this and after.
        *_, manifest = yield WithFiles(asked)
        published = _publish(site, report, kit, entries, manifest.files[MANIFEST])
        if published is not None:
            break
    else:
        message = "its files were changed while it was built."
        report.findings.append(Finding(Place(folder), Code.CHANGED, message, "build it again."))
        published = False
    site.store.unknow(there)
    if not published:
        raise InputError(())
    built = [*ours]
    report.built = [replace(entries[path], sources=()) for path in built]
    findings = by_layers(report.findings, kit.stack)
    return Result(manifest.files, {**facts, "built": built}, findings, sizes=manifest.sizes)


# How often a kit is put together anew if files of it are lost meanwhile.
_TRIALS = 3


def _longest_first(items: Iterable[Item], lengths: Mapping[str, int]) -> list[Item]:
    """Return what files of an output are made of; the longest take the workers' time first."""
    # What is of no document keeps its order.
    return sorted(items, key=lambda item: -lengths[item.id] if item.of == "document" else 0)


def _length(kit: Kit, document: KitDocument) -> int:
    """Return how many bytes the words of a document have."""
    path = language_path(kit.settings.language, document.entry.content)
    paths = [f"{path}/{name}" for name in kit.stack.names_in(path, ".md")] or [path]
    found = (kit.stack.find(each) for each in paths)
    return sum(file[1].size for file in found if file)


def _check_unique(kit: Kit, local: Path, seen: dict[str, Path]) -> None:
    """Refuse a second local with the same id: their files would overwrite each other."""
    if kit.id in seen:
        node = kit.tree.get("id")
        place = node.place if node else Place(local)
        message = f'"{kit.id}" is the id of {seen[kit.id]} too.'
        raise InputError(
            [Finding(place, Code.DUPLICATE_ID, message, "give one of them another id.")]
        )
    seen[kit.id] = local


# --- Publishing


def _publish(
    site: Site, report: KitReport, kit: Kit, entries: Mapping[str, Entry], manifest: Digest
) -> bool | None:
    """Write what differs on the disk, the manifest last; tell whether that was possible.

    Returns None if files were lost that can be made again.
    """
    folder = site.out / kit.id
    try:
        found: list[Finding] | None
        with locked(folder, site.waiting):
            found = _replace(site, report, kit, entries, manifest)
    except OSError as problem:
        message = f"the kit cannot be written ({problem.strerror})."
        fix = "make room or give permission there, or name another folder with --out."
        found = [Finding(Place(where_of(problem, folder)), Code.CANNOT_WRITE, message, fix)]
    if found is None:
        return None
    report.findings += found
    report.folder = None if found else folder
    return not found


def _replace(
    site: Site, report: KitReport, kit: Kit, entries: Mapping[str, Entry], manifest: Digest
) -> list[Finding] | None:
    folder, local = site.out / kit.id, kit.stack.local.folder
    home = lock_home(local)
    lock = read_lock(home)
    # Files of locked packs that changed since they were read, or before that.
    changed = check_installed(home, lock) if lock else []
    if changed:
        return changed
    sweep_parts(folder)
    before = read_entries(folder)
    wanted = {path: entry.sha256 for path, entry in entries.items() if not is_there(folder, entry)}
    files = {path: site.store.read(digest) for path, digest in wanted.items()}
    # What somebody changed stays as it is, if it was not to be made.
    gone = [path for path, data in files.items() if data is None and entries[path] not in before]
    text = site.store.read(manifest)
    if gone or text is None:
        return None
    there = {path: data for path, data in files.items() if data is not None}
    report.removed = replace_kit(folder, there, text, before, entries.values())
    report.papers_before, report.papers = (
        {name: paper.sha256 for name, paper in papers_among(each).items()}
        for each in (before, entries.values())
    )
    return []
