"""Check and build locals, make new ones, and list what they hold."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from formgen.build.options import BuildOptions
from formgen.build.report import BuildReport, Progress, silent, worst
from formgen.findings import ExitCode, Finding, InputError, Place, errors, in_order
from formgen.folder_lock import Waiting, wait_silently

if TYPE_CHECKING:
    from formgen.build.ahead import Ahead
    from formgen.compose.sentences import Sentence
    from formgen.doctor import Checkup
    from formgen.explain import Explained
    from formgen.graph.interfaces import Workers
    from formgen.listing import Overview
    from formgen.status.all_locals import StatusReport
    from formgen.wizard import Ask, Review

OUTPUT = Path("output")


# --- Locals


def check(
    places: Sequence[Path], out: Path = OUTPUT, *, progress: Progress = silent
) -> list[Finding]:
    """Return what is wrong with locals and their rosters, in the order of files and lines.

    Kits in ``out`` are not looked at. Nothing is written but the cache.
    """
    from formgen.build.check import check_locals
    from formgen.build.locals import locals_below
    from formgen.graph.cache import cache_finding, cache_folder, user_cache
    from formgen.pdf.fonts import font_place
    from formgen.pdf.versions import library_versions
    from formgen.people.roster import roster_findings
    from formgen.sources.paths import local_file
    from formgen.workers.pool import usable_cores, worker_pool

    findings: list[Finding] = []
    files = [local_file(place) for place in locals_below(places, out)]
    fonts = font_place(cache_folder())  # which nothing is set in, so they need not be cut
    # To start a process takes as long as to compose half a kit.
    pool = worker_pool(min(usable_cores(), len(files)), fonts, typesets=False)
    for checked in check_locals(files, pool, user_cache(), library_versions(fonts), progress):
        findings += checked.findings
        # Which columns there are depends on the documents.
        if not errors(checked.findings):
            findings += roster_findings(checked.local)
    kept = cache_finding()
    return in_order([*findings, *([kept] if kept else [])])


def status(
    places: Sequence[Path],
    out: Path = OUTPUT,
    newest: Sequence[str] = (),
    *,
    progress: Progress = silent,
) -> StatusReport:
    """Return how locals stand: packs, own files and settings, what is stale, the last build.

    ``newest`` are archives of packs, as files or addresses, whose editions are out; so is the
    newest that any of the locals has. Kits lie in ``out``. Nothing is built or written. Raises
    InputError for an archive that cannot be read.
    """
    from formgen.build.locals import locals_below
    from formgen.sources.paths import local_file
    from formgen.status import all_locals

    files = [local_file(place) for place in locals_below(places, out)]
    return all_locals.status(files, out, newest, progress)


def status_csv(report: StatusReport) -> str:
    """Return how locals stand as CSV, a row for each."""
    from formgen.status.sheet import csv_text

    return csv_text(report)


def write_status(report: StatusReport, file: Path) -> None:
    """Write how locals stand into a workbook, a row for each. Raises OSError."""
    from formgen.build.publish import write_file
    from formgen.status.sheet import workbook

    write_file(file, workbook(report))


def read_sentences(place: Path) -> list[Sentence]:
    """Return each sentence of a sound local's documents that holds a value of its own.

    Values of its packs count, and what is the same as by default does not. Raises InputError.
    """
    from formgen.compose.sentences import sentences_of
    from formgen.listing import kit_of
    from formgen.outputs.table import standing_formats

    return list(sentences_of(kit_of(place), standing_formats()[0]))


def render(place: Path, sources: Sequence[str]) -> list[str]:
    """Return words of a pack, such as `{{ say.pay }}`, as HTML for a local. Raises InputError."""
    from formgen.compose.text.context import words_context
    from formgen.listing import kit_of

    wording, _ = words_context(kit_of(place))
    return [str(wording.markdown(source, Place(place))) for source in sources]


def build(
    places: Sequence[Path],
    options: BuildOptions | None = None,
    *,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> BuildReport:
    """Build the kits of locals, and the page of all kits in the folder; what fails stops no other.

    Raises InputError if the cluster cannot be used.
    """
    from formgen.build import build as kits
    from formgen.build.locals import locals_below
    from formgen.build.prune import prune
    from formgen.build.state_page import publish_state
    from formgen.graph.cache import cache_finding, cache_folder, user_cache
    from formgen.outputs.base import Choice
    from formgen.pdf.fonts import font_folder
    from formgen.pdf.versions import library_versions

    started = time.monotonic()
    asked = options or BuildOptions()
    choice = Choice(asked.documents, asked.outputs, asked.packets, asked.also, asked.pairs)
    locals_ = locals_below(places, asked.out)
    fonts = font_folder(cache_folder())
    cache = user_cache()
    reports = kits.build(
        locals_,
        asked.out,
        workers_for(fonts, asked.jobs, asked.cluster),
        choice,
        progress,
        cache=cache if asked.cache else None,
        versions=library_versions(fonts),
        waiting=waiting,
        why=asked.why,
    )
    if asked.cache and not all(report.unchanged for report in reports):
        cache.trim()
    findings = [finding for report in reports for finding in report.findings]
    kept = cache_finding()
    findings += [kept] if kept else []
    code = worst(reports)
    pruned = prune(reports, asked.out, waiting) if asked.prune else []
    if any(report.folder for report in reports):
        unwritten = publish_state(reports, asked.out)
        findings += unwritten
        code = code or (ExitCode.SOME_FAILED if errors(unwritten) else ExitCode.ALL_BUILT)
    seconds = time.monotonic() - started
    return BuildReport(tuple(reports), tuple(findings), seconds, code, tuple(pruned))


def papers_ahead(place: Path, out: Path, workers: Workers) -> Ahead:
    """Return which papers of a sound local a build into ``out`` would change. Raises InputError."""
    from formgen.build import ahead
    from formgen.graph.cache import cache_folder, user_cache
    from formgen.graph.code import code_with
    from formgen.pdf.fonts import font_folder
    from formgen.pdf.versions import library_versions

    code_of = code_with(library_versions(font_folder(cache_folder())))
    return ahead.papers_ahead(place, out, workers, user_cache(), code_of)


def papers_to_print_again(place: Path, out: Path) -> tuple[str, ...]:
    """Return the documents in ``out`` whose papers are others than when they were printed."""
    from formgen.build import why
    from formgen.graph.cache import user_cache
    from formgen.sources.paths import local_file

    return why.papers_to_print_again(user_cache(), out, local_file(place))


def note_printed(place: Path, out: Path) -> None:
    """Note that all papers of a local in ``out`` are printed as they are now."""
    from formgen.build import why
    from formgen.graph.cache import user_cache
    from formgen.sources.paths import local_file

    why.note_printed(user_cache(), out, local_file(place))


def workers_for(
    fonts: Path, jobs: int | None, cluster: str = ""
) -> AbstractContextManager[Workers]:
    """Return who does the work: a pool of processes, or a cluster."""
    from formgen.workers.pool import usable_cores, worker_pool

    if cluster:
        from formgen.workers.cluster import cluster_at

        return cluster_at(cluster, fonts)
    return worker_pool(jobs or usable_cores(), fonts)


def new_local(folder: Path, ask: Ask | None = None, review: Review | None = None) -> Path:
    """Write the `local.yaml` of a new local, and return its path; nothing is overwritten.

    ``ask`` gets each question in turn; without it, what must be known is a text to be edited.
    ``review`` gets all answers, and returns the questions to ask again. Raises InputError if a
    local is there.
    """
    from formgen import wizard

    already = wizard.exists(folder)
    if already:
        raise InputError([already])
    asked = ask and wizard.ask_all(folder, ask, review or (lambda _: ()))
    answers = asked or wizard.unanswered(folder)
    return wizard.write_local(folder, answers)


def explain(place: Path, key: str) -> Explained:
    """Return what a setting of a local is, and where it, each of a group, or a file comes from.

    Raises InputError, also for a setting that there is not.
    """
    from formgen import explain as explaining
    from formgen.sources.paths import local_file

    return explaining.explain(local_file(place), key)


def list_documents(place: Path | None = None) -> list[dict[str, str]]:
    """Return a row for each document, then each packet, of a local or of the base pack's own.

    All have code, id and title. Raises InputError.
    """
    from formgen import listing

    return listing.documents_and_packets(listing.kit_of(place))


def list_promises(place: Path | None = None) -> list[dict[str, str]]:
    """Return a row for each promise that settings can remove. Raises InputError."""
    from formgen import listing

    return listing.promises(listing.kit_of(place))


def overview(place: Path) -> Overview:
    """Return what a sound local builds, and what it left empty. Raises InputError."""
    from formgen import listing

    return listing.overview(listing.kit_of(place))


def list_fields(place: Path | None, document: str) -> list[dict[str, str]]:
    """Return a row for each field of a document, by id or code: name, type, label."""
    from formgen import listing

    return listing.fields(listing.kit_of(place), document)


# --- This machine


def look_over(out: Path = OUTPUT) -> list[Checkup]:
    """Return a checkup for each thing that formgen needs of this machine."""
    from formgen import doctor
    from formgen.graph.cache import cache_folder

    return list(doctor.look_over(cache_folder(), out))
