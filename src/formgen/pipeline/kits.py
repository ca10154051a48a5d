"""One kit while it is built: opened, filled document by document, published whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

import formgen
from formgen.compose.pages import Composer, composer
from formgen.findings import Finding, InputError, Place, did_you_mean
from formgen.kit import Kit, resolve_stack
from formgen.pipeline.jobs import Choice, Job
from formgen.pipeline.listed import index_entries, packet_entries
from formgen.pipeline.lock import locked
from formgen.pipeline.publish import (
    INDEX,
    Entry,
    describe,
    is_there,
    manifest_bytes,
    read_entries,
    replace_kit,
    sweep_parts,
)
from formgen.pipeline.report import KitReport
from formgen.pipeline.workers import TypesettingError, Work, result_of
from formgen.press.typeset import Defect, Typeset
from formgen.sources.layers import LOCAL_FILE, Stack
from formgen.sources.lock import check_installed, read_lock
from formgen.sources.styles import added_to
from formgen.sources.tree import Node

# Called with a folder that another build is at work on.
Waiting = Callable[[Path], None]


def wait_silently(_folder: Path) -> None:
    """Say nothing of waiting."""


@dataclass(frozen=True)
class Errand:
    """Work for the workers, what it is called, and what takes in its result."""

    work: Work
    name: str
    then: Callable[[Future[Typeset]], None]


@dataclass
class OpenKit:
    """A kit whose documents are being made."""

    report: KitReport
    maker: Composer
    folder: Path
    choice: Choice
    # Files by path, with their entries.
    files: dict[str, tuple[bytes, Entry]] = field(default_factory=dict)
    # Entries of documents that are as they would be made, by document.
    reused: Mapping[str, list[Entry]] = field(default_factory=dict)
    # Of each document, the fingerprint of all that it is made from; empty if that is not known.
    document_keys: Mapping[str, str] = field(default_factory=dict)
    # Of the packets that were bound, by path, the fingerprint of all that went into each.
    packet_keys: dict[str, str] = field(default_factory=dict)
    # Entries of what was made, once it is published.
    entries: list[Entry] = field(default_factory=list)
    # What is to be done once all that was sent to the workers is back, step by step.
    steps: Iterator[Sequence[Errand]] = field(default_factory=lambda: iter(()))
    # How many documents are still with the workers, and whether all were sent there.
    waiting: int = 0
    planned: bool = False

    @property
    def whole(self) -> bool:
        """Tell whether nothing is missing but the publishing."""
        return self.planned and not self.waiting


def open_kit(  # noqa: PLR0913, PLR0917  (what a kit is made of)
    report: KitReport, stack: Stack, own: Node, out: Path, choice: Choice, seen: dict[str, Path]
) -> OpenKit:
    """Resolve a local. Raises InputError with all that keeps it from being built."""
    kit = resolve_stack(stack, own)
    choice = _chosen(kit, choice)
    _check_unique(kit, report.local, seen)
    maker = composer(kit)
    report.id, report.edition = kit.id, kit.edition
    report.name, report.documents = kit.settings.local.name, len(kit.documents)
    report.overlays = overlays_of(kit.stack)
    report.findings += kit.warnings
    return OpenKit(report, maker, out / kit.id, choice)


def overlays_of(stack: Stack) -> list[str]:
    """Return the local's own files that stand in for, or add to, files of the layers below it."""
    below = Stack(stack.layers[1:])
    found = []
    for name in ("assets", "content", "templates"):
        for file in sorted((stack.local.folder / name).rglob("*")):
            path = file.relative_to(stack.local.folder).as_posix()
            if file.is_file() and below.find(added_to(path) or path):
                found.append(path)
    return found


def _chosen(kit: Kit, choice: Choice) -> Choice:
    """Return a choice with the documents of its packets. Raises InputError."""
    packets = {packet.id: packet for packet in kit.packets}
    built = [document.id for document in kit.documents]
    place = Place(kit.stack.local.folder / LOCAL_FILE)
    unknown = [
        Finding(
            place,
            f"unknown-{kind}",
            f'this local does not build a {kind} "{name}".',
            did_you_mean(name, known, '"formgen list" names them all.'),
        )
        for kind, names, known in (
            ("document", choice.documents, built),
            ("packet", choice.packets, [*packets]),
        )
        for name in names
        if name not in known
    ]
    if unknown:
        raise InputError(unknown)
    inside = [name for packet in choice.packets for name in packets[packet].documents]
    return replace(choice, documents=tuple(dict.fromkeys((*choice.documents, *inside))))


def _check_unique(kit: Kit, local: Path, seen: dict[str, Path]) -> None:
    """Refuse a second local with the same id: their files would overwrite each other."""
    if kit.id in seen:
        node = kit.tree.get("id")
        place = node.place if node else Place(local)
        message = f'"{kit.id}" is the id of {seen[kit.id]} too.'
        raise InputError([Finding(place, "duplicate-id", message, "give one of them another id.")])
    seen[kit.id] = local


def finish(kit: OpenKit, job: Job, future: Future[Typeset]) -> None:
    """Keep a typeset document, unless something on it is wrong."""
    result = faultless(kit, job.document.id, job.composed.place, future)
    if result:
        keep(kit, job, result.pdf, result.pages)


def faultless(kit: OpenKit, name: str, place: Place, future: Future[Typeset]) -> Typeset | None:
    """Return a result in which nothing is wrong; else report what is."""
    try:
        result = result_of(future)
    except TypesettingError as problem:
        found = [Finding(place, problem.code, f"{name}: {problem}", problem.fix)]
    else:
        found = [
            Finding(_spot(kit, place, defect), defect.code, f"{name}: {defect.message}", defect.fix)
            for defect in result.defects
        ]
        if not found:
            return result
    kit.report.findings += found
    return None


def _spot(kit: OpenKit, place: Place, defect: Defect) -> Place:
    """Return where a defect is mended: what hides locked words is among the local's looks."""
    looks = kit.maker.kit.stack.local.folder / "templates"
    return Place(looks) if defect.code == "locked-look" and looks.is_dir() else place


def keep(kit: OpenKit, job: Job, data: bytes, pages: int) -> None:
    """Keep the file of a document until the kit is published."""
    entry = describe(
        job.path,
        data,
        document=job.document.id,
        variant=job.variant,
        privacy=job.document.privacy,
        pages=pages,
        sources=job.composed.sources,
    )
    kit.files[job.path] = (data, entry)


def publish(kit: OpenKit, waiting: Waiting) -> bytes:
    """Write a kit's files, its index page, and last its manifest; return the manifest."""
    try:
        with locked(kit.folder, waiting):
            return _publish(kit)
    except OSError as problem:
        message = f"the kit cannot be written ({problem.strerror})."
        fix = "make room or give permission there, or name another folder with --out."
        kit.report.findings.append(Finding(Place(kit.folder), "cannot-write", message, fix))
        return b""
    finally:
        kit.files.clear()


def _changed_packs(stack: Stack) -> list[Finding]:
    """Return the files of locked packs that changed since they were read, or before that."""
    lock = read_lock(stack.local.folder)
    return check_installed(stack.local.folder, lock) if lock else []


def _publish(kit: OpenKit) -> bytes:
    folder, report, maker = kit.folder, kit.report, kit.maker
    changed = _changed_packs(maker.kit.stack)
    if changed:
        report.findings += changed
        return b""
    sweep_parts(folder)
    before = read_entries(folder)
    made = {path: entry for path, (_, entry) in kit.files.items()}
    # With part of a kit chosen, the files of the other parts stay as they are.
    kept = {} if kit.choice.everything else _still_there(folder, before)
    reused = {entry.path: entry for entries in kit.reused.values() for entry in entries}
    if not all(is_there(folder, entry) for entry in reused.values()):
        message = "its files were changed while it was built."
        report.findings.append(Finding(Place(folder), "changed", message, "build it again."))
        return b""
    entries = {**kept, **reused, **made}
    try:
        index = maker.index(index_entries(maker, entries), packet_entries(maker, entries)).encode()
    except InputError as problem:
        report.findings += problem.findings
    else:
        kit.files[INDEX] = (index, describe(INDEX, index))
        entries[INDEX] = kit.files[INDEX][1]
    facts = {
        "formgen": formgen.__version__,
        "id": report.id,
        "name": report.name,
        "edition": report.edition,
    }
    manifest = manifest_bytes(facts, entries.values())
    files = {path: data for path, (data, _) in kit.files.items()}
    report.removed = replace_kit(folder, files, manifest, before, entries.values())
    report.folder = folder
    kit.entries = list(made.values())
    # Where words come from is a matter of the manifest; of hundreds of kits it takes memory.
    report.built = [replace(entry, sources=()) for entry in [*reused.values(), *made.values()]]
    report.built += [kit.files[INDEX][1]] if INDEX in kit.files else []
    return manifest


def _still_there(folder: Path, before: list[Entry]) -> dict[str, Entry]:
    """Return the entries of the files that exist, as the build made them that wrote them."""
    kept = {entry.path: entry for entry in before if (folder / entry.path).is_file()}
    for entry in before:
        if entry.path in kept and is_there(folder, entry):
            kept[entry.path] = entry
    return kept
