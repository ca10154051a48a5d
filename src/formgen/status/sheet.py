"""How all locals stand as a sheet, a row for each: as CSV, or as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.findings import errors
from formgen.packs.records.approvals import approval_line
from formgen.sources.replaced.basis import Review
from formgen.sources.tables.written import csv_of, workbook_of
from formgen.status.all_locals import StatusReport
from formgen.status.one_local import LocalStatus


@dataclass(frozen=True)
class _Column:
    """A column by its name, with the lines of its cell."""

    name: str
    lines: Sequence[str]


def _columns(report: StatusReport, local: LocalStatus) -> Iterator[_Column]:
    told = local.editions.values()
    yield _Column("number", [local.number])
    yield _Column("local", [local.name or local.id])
    yield _Column("id", [local.id])
    yield _Column("edition", [local.edition])
    yield _Column("packs", [f"{pack.id} {pack.edition}" for pack in local.packs])
    yield _Column("behind", list(behind_lines(report, local)))
    yield _Column("what is new", [line for each in told for line in each.notes])
    approved = (approval_line(*entry) for each in told for entry in each.approvals.items())
    yield _Column("approvals", list(approved))
    yield _Column("own files", [each.path for each in local.files])
    yield _Column("own settings", list(setting_lines(local)))
    yield _Column("stale", local.stale)
    reviews = (f"{path}: {review_words(each)}" for path, each in local.reviews.items())
    yield _Column("reviews", list(reviews))
    yield _Column("built on", [local.built.on if local.built else ""])
    yield _Column("edition built", [local.built.edition if local.built else ""])
    serious = len(errors(local.findings))
    yield _Column("errors", [str(serious)])
    yield _Column("warnings", [str(len(local.findings) - serious)])
    said = (f"{each.message} {each.fix}".strip() for each in local.findings)
    yield _Column("findings", list(said))


def behind_lines(report: StatusReport, local: LocalStatus) -> Iterator[str]:
    """Yield what a local is behind with, a line for each pack."""
    for pack in filter(report.is_behind, local.packs):
        yield f"{pack.id} {pack.edition}: {report.newest[pack.id]} is out"


def setting_lines(local: LocalStatus) -> Iterator[str]:
    """Yield the settings that hide a pack's, with both values."""
    for each in local.settings:
        yield f"{each.name}: {each.value} here, {each.hidden} in {each.of}"


def review_words(review: Review) -> str:
    """Say who reviewed a file, when and why."""
    return f"{review.by}, {review.on}" + (f": {review.because}" if review.because else "")


def rows(report: StatusReport) -> Iterator[list[str]]:
    """Yield the names of the columns, then a row for each local; cells may have several lines."""
    nobody = _columns(report, LocalStatus(Path()))
    yield [column.name for column in nobody]
    for local in report.locals:
        yield ["\n".join(column.lines) for column in _columns(report, local)]


def csv_text(report: StatusReport) -> str:
    """Return the sheet as CSV."""
    return csv_of(rows(report))


def workbook(report: StatusReport) -> bytes:
    """Return the sheet as a workbook whose columns can be filtered."""
    return workbook_of(rows(report), "Locals")
