"""Use formgen from a program: check, build, people and more; plain values in, reports out.

Nothing here prints or asks. What is wrong with the words, settings or rosters of a local is a
`Finding`: gathered in a report, or raised in an `InputError` where nothing can go on. `OptionError`
is an option that makes no sense, `OSError` a folder that cannot be written.

A place is a folder that holds `local.yaml`, or that file; `check` and `build` take folders of many
as well. What does the work is imported when it is first used, so that this module loads at once.
Packs are handed on, and locals rolled on, by `formgen.packs` and `formgen.rollover`.

    from pathlib import Path
    from formgen import api

    report = api.build([Path("locals/maple-esp")], api.BuildOptions(out=Path("output")))
    for finding in report.findings:
        print(finding)
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from formgen.build.folder_lock import Waiting, wait_silently
from formgen.build.options import BuildOptions
from formgen.build.report import BuildReport, KitReport, Progress, silent, worst
from formgen.findings import ExitCode, Finding, InputError, errors, in_order
from formgen.people.options import OptionError, PeopleOptions

if TYPE_CHECKING:
    from formgen.compose.pages import Composer
    from formgen.doctor import Checkup
    from formgen.explain import Explained
    from formgen.graph.interfaces import Workers
    from formgen.people.forgetting import Forgotten
    from formgen.people.local_roster import LocalRoster
    from formgen.people.report import PeopleReport
    from formgen.wizard import Ask

__all__ = [
    "BuildOptions",
    "BuildReport",
    "ExitCode",
    "Finding",
    "InputError",
    "KitReport",
    "OptionError",
    "PeopleOptions",
    "build",
    "check",
    "explain",
    "forget_gone",
    "forget_person",
    "list_documents",
    "list_people",
    "list_promises",
    "look_over",
    "new_local",
    "new_roster",
    "people",
    "read_roster",
]
OUTPUT = Path("output")


# --- Locals


def check(places: Sequence[Path], out: Path = OUTPUT) -> list[Finding]:
    """Return what is wrong with locals and their rosters, in the order of files and lines.

    Kits in ``out`` are not looked at. Nothing is written but the cache.
    """
    from formgen.build.check import check_locals
    from formgen.build.locals import locals_below
    from formgen.graph.cache import cache_folder, user_cache
    from formgen.pdf.fonts import font_place
    from formgen.pdf.versions import library_versions
    from formgen.people.roster import roster_findings
    from formgen.sources.layers import local_file
    from formgen.workers.pool import usable_cores, worker_pool

    findings: list[Finding] = []
    files = [local_file(place) for place in locals_below(places, out)]
    # Nothing is set in them, so they need not be cut.
    fonts = font_place(cache_folder())
    # To start a process takes as long as to compose half a kit.
    pool = worker_pool(min(usable_cores(), len(files)), fonts, typesets=False)
    for checked in check_locals(files, pool, user_cache(), library_versions(fonts)):
        findings += checked.findings
        # Which columns there are depends on the documents.
        if not errors(checked.findings):
            findings += roster_findings(checked.local)
    return in_order(findings)


def build(
    places: Sequence[Path],
    options: BuildOptions | None = None,
    *,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> BuildReport:
    """Build the kits of locals, and with more than one the page of all; what fails stops no other.

    Raises InputError if the cluster cannot be used.
    """
    from formgen.build import build as kits
    from formgen.build.locals import locals_below
    from formgen.build.state_page import publish_state
    from formgen.graph.cache import cache_folder, user_cache
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
        _workers(fonts, asked.jobs, asked.cluster),
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
    if len(reports) > 1 and any(report.folder for report in reports):
        findings += publish_state(reports, asked.out)
    seconds = time.monotonic() - started
    return BuildReport(tuple(reports), tuple(findings), seconds, worst(reports))


def _workers(fonts: Path, jobs: int | None, cluster: str = "") -> AbstractContextManager[Workers]:
    """Return who does the work: a pool of processes, or a cluster."""
    from formgen.workers.pool import usable_cores, worker_pool

    if cluster:
        from formgen.workers.cluster import cluster_at

        return cluster_at(cluster, fonts)
    return worker_pool(jobs or usable_cores(), fonts)


def new_local(folder: Path, ask: Ask | None = None) -> Path:
    """Write the `local.yaml` of a new local, and return its path; nothing is overwritten.

    ``ask`` gets each question in turn; without it, what must be known is a text to be edited.
    Raises InputError if a local is there.
    """
    from formgen import wizard

    already = wizard.exists(folder)
    if already:
        raise InputError([already])
    answers = wizard.ask_all(folder, ask) if ask else wizard.unanswered(folder)
    return wizard.write_local(folder, answers)


def explain(place: Path, key: str) -> Explained:
    """Return what a setting of a local is, and where it, each of a group, or a file comes from.

    Raises InputError, also for a setting that there is not.
    """
    from formgen import explain as explaining
    from formgen.sources.layers import local_file

    return explaining.explain(local_file(place), key)


def list_documents(place: Path | None = None) -> list[dict[str, str]]:
    """Return a row for each document and then each packet of a local, or of the base pack's own.

    Rows of documents have code, id, title, privacy and variants; those of packets code, id,
    title, readers and documents. Raises InputError.
    """
    from formgen import listing

    return listing.documents_and_packets(listing.kit_of(place))


def list_promises(place: Path | None = None) -> list[dict[str, str]]:
    """Return a row for each promise that settings can remove: document, whose, name, text.

    Raises InputError.
    """
    from formgen import listing

    return listing.promises(listing.kit_of(place))


# --- People


def read_roster(
    place: Path, file: Path | None = None, *, skip_bad_rows: bool = False, out: Path = OUTPUT
) -> LocalRoster:
    """Read the roster of a local, or the one that is named.

    Raises InputError for what is wrong with the local, and with any row unless it may be skipped.
    """
    from formgen.people.local_roster import open_roster

    return open_roster(_composer(place), file, skip_bad_rows=skip_bad_rows, out=out)


def people(
    roster: LocalRoster,
    options: PeopleOptions | None = None,
    *,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> PeopleReport:
    """Make documents for the people of a roster, for nobody but the user to read.

    Raises InputError if there is nobody, or for people and documents that there are not, and
    OptionError for a date or an order that makes no sense.
    """
    from formgen.graph.cache import cache_folder
    from formgen.pdf.fonts import font_folder
    from formgen.people.local_roster import usable_options
    from formgen.people.people import make_for_people

    asked = usable_options(roster, options or PeopleOptions())
    return make_for_people(
        roster.composer,
        roster.roster,
        _workers(font_folder(cache_folder()), asked.jobs),
        asked,
        progress,
        waiting,
    )


def list_people(roster: LocalRoster, options: PeopleOptions | None = None) -> PeopleReport:
    """Return the rows of a roster by the ids that they go by, with nothing made.

    Before anything was made, nobody has an id. Raises as `people` does.
    """
    from formgen.people import local_roster

    asked = local_roster.usable_options(roster, options or PeopleOptions())
    return local_roster.list_people(roster, asked)


def new_roster(place: Path, kind: Literal["csv", "xlsx"] = "csv") -> Path:
    """Write a roster with no people in it for a local, its columns explained; return its path.

    Raises InputError for what is wrong with the local, and if there is a roster.
    """
    from formgen.people.local_roster import write_empty_roster

    return write_empty_roster(_composer(place), kind)


def forget_person(
    place: Path, whom: str, options: PeopleOptions | None = None, file: Path | None = None
) -> Forgotten:
    """Delete all that was made for a person of a local, named by id, row or `options.name`."""
    from formgen.people import local_roster

    return local_roster.forget_named(_composer(place), whom, options or PeopleOptions(), file)


def forget_gone(roster: LocalRoster, options: PeopleOptions | None = None) -> Forgotten:
    """Delete all that was made for those who are on the roster no more. Raises InputError."""
    from formgen.people import local_roster

    return local_roster.forget_gone(roster, (options or PeopleOptions()).out)


def _composer(place: Path) -> Composer:
    from formgen.compose.pages import make_composer
    from formgen.kit import resolve
    from formgen.sources.layers import local_file

    return make_composer(resolve(local_file(place)))


# --- This machine


def look_over(out: Path = OUTPUT) -> list[Checkup]:
    """Return a checkup for each thing that formgen needs of this machine."""
    from formgen import doctor
    from formgen.graph.cache import cache_folder

    return list(doctor.look_over(cache_folder(), out))
