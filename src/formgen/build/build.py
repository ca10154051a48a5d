"""Build the kits of locals: what fails stops nothing else."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from formgen.build.kits import Site, kit_task
from formgen.build.report import KitReport, Meter, Progress, silent
from formgen.build.why import (
    FILES,
    PAPERS,
    PRINTED,
    Reasons,
    keep_parts,
    read_parts,
    to_print_again,
)
from formgen.faults import findings_from
from formgen.findings import Place, first_of_each
from formgen.folder_lock import Waiting, wait_silently
from formgen.graph.cache import Cache
from formgen.graph.code import code_with
from formgen.graph.interfaces import Watch, Workers
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Task, digest_of
from formgen.outputs.base import EVERYTHING, Choice, Output
from formgen.outputs.table import OUTPUTS
from formgen.pdf.versions import source_hash
from formgen.sources.paths import local_file


def build(  # noqa: PLR0913  (what a build can be asked for)
    locals_: Sequence[Path],
    out: Path,
    workers_in: AbstractContextManager[Workers],
    choice: Choice = EVERYTHING,
    progress: Progress = silent,
    *,
    cache: Cache | None = None,
    versions: Mapping[str, str] | None = None,
    waiting: Waiting = wait_silently,
    why: bool = False,
    outputs: Sequence[Output] = OUTPUTS,
) -> list[KitReport]:
    """Build the kits of all locals into ``out``; return a report for each, in order.

    With a cache, nothing is made that was made before with the same ``versions`` of libraries.
    """
    reports = [KitReport(local_file(local)) for local in locals_]
    libraries = dict(versions or {})
    program = digest_of(repr((source_hash(), sorted(libraries.items()))).encode())
    with workers_in as workers, _cache(cache) as kept:
        store = Store(kept)
        table = {output.id: output for output in outputs}
        site = Site(out, choice, table, store, program, waiting)
        meter = _Meter(Meter(progress, len(reports)), {str(each.local): each for each in reports})
        run = Run(workers, store, code_with(libraries), meter)
        for task, result in run.make(_goals(site, reports, meter)):
            report = meter.reports[task.name]
            if report.folder is None:
                report.findings += result.findings
            meter.seen(report)
            _tell_why(report, meter.reasons.pop(task.name, None), kept, out, why=why)
    for report in reports:
        report.findings = first_of_each(report.findings)
    return reports


def _goals(site: Site, reports: Sequence[KitReport], meter: _Meter) -> Iterator[Task]:
    for report in reports:
        try:
            yield kit_task(site, report)
        except Exception as problem:  # noqa: BLE001  (whatever a local's files raise)
            report.findings += findings_from(problem, Place(report.local))
            meter.seen(report)


def _tell_why(
    report: KitReport, reasons: Reasons | None, cache: Cache, out: Path, *, why: bool
) -> None:
    """Keep what things were made from; where it is asked for, say in the report why they were."""
    if reasons is None:
        return
    reasons.parts[FILES] = report.sources
    before = read_parts(cache, out, report.local)
    report.reasons = list(reasons.against(before)) if why else []
    if report.folder:
        was, now = report.papers_before, report.papers
        reasons.parts[PAPERS] = now
        reasons.parts[PRINTED] = to_print_again(before.get(PRINTED, {}), was, now)
    # Of hundreds of locals it would take memory.
    report.sources, report.papers_before, report.papers = {}, {}, {}
    keep_parts(cache, out, report.local, before, reasons.parts)


@contextlib.contextmanager
def _cache(cache: Cache | None) -> Iterator[Cache]:
    """Give the cache; without one, a folder that goes when the build is done."""
    if cache is not None:
        yield cache
        return
    with tempfile.TemporaryDirectory(prefix="formgen-") as folder:
        yield Cache(Path(folder))


class _Meter(Watch):
    """Shows how far the work of a build has come."""

    def __init__(self, meter: Meter, reports: Mapping[str, KitReport]) -> None:
        self.meter, self.reports = meter, reports
        # Of each local that is being made, what its tasks are made from.
        self.reasons: dict[str, Reasons] = {}

    def keyed(self, goal: Task, task: Task, parts: Mapping[str, str], *, made: bool) -> None:
        self.reasons.setdefault(goal.name, Reasons()).note(task.name, parts, made=made)

    def began(self, goal: Task, task: Task) -> None:  # noqa: ARG002
        self.meter.found(goal.name)

    def ended(self, goal: Task, task: Task) -> None:
        self.meter.finished(f"{self.reports[goal.name].id}: {task.label}")

    def seen(self, report: KitReport) -> None:
        """Note that all work of one more local is known."""
        self.meter.local_seen(str(report.local))
