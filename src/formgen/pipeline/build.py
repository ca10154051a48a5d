"""Build kits: resolve, compose, typeset, publish; what fails stops nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from queue import SimpleQueue

from formgen.compose.pages import Composed, medium_of
from formgen.findings import InputError, in_order
from formgen.kit import Kit
from formgen.pipeline.finishes import steps_of
from formgen.pipeline.jobs import EVERYTHING, Choice, Failed, Job, plan
from formgen.pipeline.kits import (
    Errand,
    OpenKit,
    Waiting,
    finish,
    keep,
    open_kit,
    publish,
    wait_silently,
)
from formgen.pipeline.packets import packet_inputs
from formgen.pipeline.report import KitReport, Meter, Progress, silent
from formgen.pipeline.unchanged import Inputs, Unchanged
from formgen.pipeline.workers import Submit
from formgen.press.typeset import Sheet, Typeset
from formgen.sources.layers import local_file, read_stack

# So many documents are composed ahead of the workers: enough to keep them busy while
# another local is read, and few enough that hundreds of locals take no more memory.
_MOST_WAITING = 96


def build(  # noqa: PLR0913  (what a build can be asked for)
    locals_: Sequence[Path],
    out: Path,
    submit_in: AbstractContextManager[Submit],
    choice: Choice = EVERYTHING,
    progress: Progress = silent,
    *,
    unchanged: Unchanged | None = None,
    waiting: Waiting = wait_silently,
) -> list[KitReport]:
    """Build the kits of all locals into ``out``; return a report for each, in order.

    With ``unchanged``, kits that would come out as they are on the disk are left alone.
    """
    reports = [KitReport(local_file(local)) for local in locals_]
    seen: dict[str, Path] = {}
    with submit_in as submit:
        run = _Run(submit, Meter(progress, len(reports)), waiting, unchanged)
        for report in reports:
            try:
                stack, own = read_stack(report.local)
                inputs = unchanged.inputs(stack, own, choice, out) if unchanged else None
                if unchanged and inputs and unchanged.found(inputs.key, report, stack, out, seen):
                    run.meter.local_seen()
                    continue
                kit = open_kit(report, stack, own, out, choice, seen)
            except InputError as problem:
                report.findings += problem.findings
                run.meter.local_seen()
                continue
            run.make(kit, inputs)
        run.settle_all()
    for report in reports:
        report.findings = in_order(report.findings)
    return reports


class _Run:
    """The kits that are open, and the documents that are with the workers."""

    def __init__(
        self, submit: Submit, meter: Meter, waiting: Waiting, unchanged: Unchanged | None
    ) -> None:
        self.meter = meter
        self._submit = submit
        self._waiting = waiting
        self._unchanged = unchanged
        self._pending: dict[Future[Typeset], tuple[OpenKit, Errand]] = {}
        self._done: SimpleQueue[Future[Typeset]] = SimpleQueue()
        # Of each open kit, the fingerprint of the whole.
        self._keys: dict[str, str] = {}

    def make(self, kit: OpenKit, inputs: Inputs | None) -> None:
        """Compose a kit's documents and hand them to the workers."""
        if self._unchanged and inputs:
            kit.document_keys = inputs.keys_of(contents_of(kit.maker.kit))
            self._keys[kit.report.id] = inputs.key
            kit.reused = self._unchanged.documents_found(kit.document_keys, kit.folder)
        kit.steps = steps_of(kit, self._unchanged)
        for errand in next(kit.steps, ()):
            self._send(kit, errand)
        for job in plan(kit.maker, kit.choice, kit.reused):
            if isinstance(job, Failed):
                self.meter.found()
                kit.report.findings += job.findings
                self._count(kit, job.document.id)
            elif medium_of(job.variant) == "print":
                self._send(kit, _errand(kit, job))
            else:
                self.meter.found()
                keep(kit, job, job.composed.html.encode(), 0)
                self._count(kit, job.document.id)
            self._settle(len(self._pending) - _MOST_WAITING)
        kit.planned = True
        self.meter.local_seen()
        self._publish_if_whole(kit)

    def settle_all(self) -> None:
        """Wait for all that is with the workers, and for what comes after it."""
        while self._pending:
            self._settle(len(self._pending))

    def _send(self, kit: OpenKit, errand: Errand) -> None:
        self.meter.found()
        kit.waiting += 1
        future = self._submit(errand.work)
        self._pending[future] = (kit, errand)
        future.add_done_callback(self._done.put)

    def _settle(self, needed: int) -> None:
        """Take what is done, and wait until it is at least so many."""
        while self._pending and (needed > 0 or not self._done.empty()):
            future = self._done.get()
            kit, errand = self._pending.pop(future)
            needed -= 1
            kit.waiting -= 1
            errand.then(future)
            self._count(kit, errand.name)
            self._publish_if_whole(kit)

    def _count(self, kit: OpenKit, name: str) -> None:
        self.meter.finished(f"{kit.report.id}: {name}")

    def _publish_if_whole(self, kit: OpenKit) -> None:
        while kit.whole:
            errands = next(kit.steps, None)
            if errands is None:
                break
            for errand in errands:
                self._send(kit, errand)
        if not kit.whole:
            return
        manifest = publish(kit, self._waiting)
        key = self._keys.pop(kit.report.id, "")
        if self._unchanged:
            self._unchanged.remember(key, kit.report, kit.maker.kit.stack, manifest)
        # What a document is warned of is told while it is made; of settings, each time.
        if self._unchanged and {*kit.report.findings} <= {*kit.maker.kit.warnings}:
            keys = {**kit.document_keys, **kit.packet_keys}
            self._unchanged.remember_documents(keys, kit.entries)
            reused = [entry for entries in kit.reused.values() for entry in entries]
            self._unchanged.remember_packets(packet_inputs(kit), [*reused, *kit.entries])


def _errand(kit: OpenKit, job: Job) -> Errand:
    return Errand(sheet_of(job.composed), job.document.id, lambda done: finish(kit, job, done))


def contents_of(kit: Kit) -> dict[str, str]:
    """Return where the words of each document of the catalog lie, by document."""
    listed = kit.catalog.get("documents")
    entries = listed.value.items() if listed and isinstance(listed.value, dict) else ()
    return {name: entry.text("content") for name, entry in entries}


def sheet_of(composed: Composed) -> Sheet:
    """Return what the typesetter needs of a composed document."""
    return Sheet(
        composed.html,
        composed.styles,
        composed.assets,
        composed.form,
        zoom=composed.zoom,
        personal=bool(composed.copies),
        originals=composed.originals,
        copies=composed.copies,
    )
