"""Build kits: resolve, compose, typeset, publish; what fails stops nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import formgen
from formgen.compose.pages import Composed, Composer, composer, medium_of
from formgen.findings import (
    ExitCode,
    Finding,
    InputError,
    Place,
    did_you_mean,
    errors,
    exit_code,
    in_order,
)
from formgen.kit import Kit, resolve
from formgen.model.catalog import LARGE_PRINT, VARIANTS
from formgen.pipeline.jobs import EVERYTHING, Choice, Failed, Job, file_path, plan
from formgen.pipeline.publish import (
    INDEX,
    Entry,
    describe,
    read_manifest,
    remove_leftovers,
    write_file,
    write_manifest,
)
from formgen.pipeline.workers import Submit, TypesettingError, result_of
from formgen.press.typeset import Sheet, Typeset
from formgen.sources.layers import local_file

# Called with the number of documents done, the number known so far, and a name.
Progress = Callable[[int, int, str], None]


def silent(_done: int, _known: int, _name: str) -> None:
    """Show no progress."""


@dataclass
class KitReport:
    """What became of one local."""

    local: Path
    id: str = ""
    name: str = ""
    edition: str = ""
    folder: Path | None = None
    built: list[Entry] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    documents: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """Return the exit code for this local alone."""
        if self.folder is None:
            return exit_code(self.findings) or ExitCode.BAD_INPUT
        return ExitCode.SOME_FAILED if errors(self.findings) else ExitCode.ALL_BUILT


def worst(reports: Sequence[KitReport]) -> ExitCode:
    """Return the exit code for all locals: 1 if only some of them could be built."""
    codes = [report.exit_code for report in reports]
    if any(report.folder for report in reports) and any(codes):
        return ExitCode.SOME_FAILED
    return max(codes, default=ExitCode.ALL_BUILT)


@dataclass
class _Open:
    """A kit whose documents are being typeset."""

    report: KitReport
    maker: Composer
    folder: Path
    # Files by path, with their entries.
    files: dict[str, tuple[bytes, Entry]] = field(default_factory=dict)


def build(
    locals_: Sequence[Path],
    out: Path,
    submit_in: AbstractContextManager[Submit],
    choice: Choice = EVERYTHING,
    progress: Progress = silent,
) -> list[KitReport]:
    """Build the kits of all locals into ``out``; return a report for each, in order."""
    reports = [KitReport(local_file(local)) for local in locals_]
    kits = list(_resolved(reports, out, choice))
    with submit_in as submit:
        waiting: dict[Future[Typeset], tuple[_Open, Job]] = {}
        known = done = 0
        for open_kit in kits:
            for job in plan(open_kit.maker, choice):
                known += 1
                if isinstance(job, Failed):
                    open_kit.report.findings += job.findings
                    done += 1
                elif medium_of(job.variant) == "print":
                    waiting[submit(_sheet(job.composed))] = (open_kit, job)
                else:
                    _keep(open_kit, job, job.composed.html.encode(), 0)
                    done += 1
                progress(done, known, job.document.id)
        for future in as_completed(waiting):
            open_kit, job = waiting[future]
            _finish(open_kit, job, future)
            done += 1
            progress(done, known, f"{open_kit.report.id}: {job.document.id}")
    for open_kit in kits:
        try:
            _publish(open_kit, choice)
        except OSError as problem:
            open_kit.report.findings.append(_unwritable(open_kit.folder, problem))
    for report in reports:
        report.findings = in_order(report.findings)
    return reports


def _sheet(composed: Composed) -> Sheet:
    return Sheet(composed.html, composed.styles, composed.assets, composed.form, composed.zoom)


def _resolved(reports: Sequence[KitReport], out: Path, choice: Choice) -> Iterator[_Open]:
    """Resolve every local; those with findings are reported and left out."""
    seen: dict[str, Path] = {}
    for report in reports:
        try:
            kit = resolve(report.local)
            _check_choice(kit, choice)
            _check_unique(kit, report.local, seen)
            maker = composer(kit)
        except InputError as problem:
            report.findings += problem.findings
            continue
        report.id, report.edition = kit.id, kit.edition
        report.name, report.documents = kit.settings.local.name, len(kit.documents)
        report.findings += kit.warnings
        yield _Open(report, maker, out / kit.id)


def _check_choice(kit: Kit, choice: Choice) -> None:
    built = [document.id for document in kit.documents]
    place = Place(kit.stack.local.folder / "local.yaml")
    unknown = [name for name in choice.documents if name not in built]
    if unknown:
        raise InputError(
            Finding(
                place,
                "unknown-document",
                f'this local does not build a document "{name}".',
                did_you_mean(name, built, '"formgen list" names them all.'),
            )
            for name in unknown
        )


def _check_unique(kit: Kit, local: Path, seen: dict[str, Path]) -> None:
    """Refuse a second local with the same id: their files would overwrite each other."""
    if kit.id in seen:
        node = kit.tree.get("id")
        place = node.place if node else Place(local)
        message = f'"{kit.id}" is the id of {seen[kit.id]} too.'
        raise InputError([Finding(place, "duplicate-id", message, "give one of them another id.")])
    seen[kit.id] = local


def _finish(open_kit: _Open, job: Job, future: Future[Typeset]) -> None:
    """Keep a typeset document, unless something on it is wrong."""
    place = job.composed.place
    try:
        result = result_of(future)
    except TypesettingError as problem:
        message = f"{job.document.id}: {problem}"
        open_kit.report.findings.append(Finding(place, problem.code, message, problem.fix))
        return
    open_kit.report.findings += [
        Finding(place, defect.code, f"{job.document.id}: {defect.message}", defect.fix)
        for defect in result.defects
    ]
    if not result.defects:
        _keep(open_kit, job, result.pdf, result.pages)


def _keep(open_kit: _Open, job: Job, data: bytes, pages: int) -> None:
    entry = describe(
        job.path,
        data,
        document=job.document.id,
        variant=job.variant,
        privacy=job.document.privacy,
        pages=pages,
        sources=job.composed.sources,
    )
    open_kit.files[job.path] = (data, entry)


def _unwritable(folder: Path, problem: OSError) -> Finding:
    message = f"the kit cannot be written ({problem.strerror})."
    fix = "make room or give permission there, or name another folder with --out."
    return Finding(Place(folder), "cannot-write", message, fix)


def _publish(open_kit: _Open, choice: Choice) -> None:
    """Write a kit's files, its index page, and last its manifest."""
    folder, report, maker = open_kit.folder, open_kit.report, open_kit.maker
    before = read_manifest(folder)
    made = {path: entry for path, (_, entry) in open_kit.files.items()}
    # With part of a kit chosen, the files of the other parts stay as they are.
    kept = {} if choice.everything else {e.path: e for e in before if (folder / e.path).is_file()}
    entries = {**kept, **made}
    try:
        index = maker.index(index_entries(maker, entries)).encode()
    except InputError as problem:
        report.findings += problem.findings
    else:
        open_kit.files[INDEX] = (index, describe(INDEX, index))
        entries[INDEX] = open_kit.files[INDEX][1]
    for path, (data, _) in open_kit.files.items():
        write_file(folder / path, data)
    report.removed = remove_leftovers(folder, before, entries.values())
    facts = {
        "formgen": formgen.__version__,
        "id": report.id,
        "name": report.name,
        "edition": report.edition,
    }
    write_manifest(folder, facts, entries.values())
    report.folder = folder
    report.built = [entry for _, entry in open_kit.files.values()]


def index_entries(maker: Composer, entries: Mapping[str, Entry]) -> list[dict[str, Any]]:
    """Return what the kit's own page says of each document, with the files that exist."""
    listed = []
    for document in maker.kit.documents:
        files = {
            variant: {"path": entry.path, "pages": entry.pages, "bytes": entry.bytes}
            for variant in (*VARIANTS, LARGE_PRINT)
            if (entry := entries.get(file_path(document.id, variant)))
        }
        facts = maker.documents[document.id]
        listed.append({**facts, "audience_key": document.entry.audience, "files": files})
    return listed
