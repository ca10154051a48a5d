"""What the command line says of findings and reports, as lines and as JSON; prints nothing."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import formgen
from formgen.codes import Code
from formgen.findings import ExitCode, Finding, errors, relative_to

if TYPE_CHECKING:
    from formgen.build.report import KitReport


def bug_report() -> str:
    """Write what is known of the exception at hand to a file, and say how to report it."""
    with tempfile.NamedTemporaryFile(
        "w",
        prefix="formgen-bug-",
        suffix=".txt",
        delete=False,
        encoding="utf-8",
        errors="backslashreplace",
    ) as file:
        file.write(
            f"formgen {formgen.__version__}, Python {sys.version}\n\n{traceback.format_exc()}"
        )
    return (
        "This is a bug in formgen, not in your files; nothing was half-written.\n"
        f"Please report it with the file {file.name}: it tells where in the program it happened."
    )


def unwritable(problem: OSError) -> str:
    """Say what the machine did not let formgen do."""
    where = f"{problem.filename}: " if problem.filename else ""
    fix = "make room there, or give permission."
    return f"{where}error[{Code.CANNOT_WRITE}]: {problem.strerror}. Fix: {fix}"


def finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a line for each finding, in colour, and those that help to see it."""
    for finding in near(findings):
        colour = "red" if finding.severity == "error" else "yellow"
        yield str(finding).replace(finding.severity, click.style(finding.severity, fg=colour), 1)
        for line in finding.details:
            yield f"    {line}"


def near(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with file names as seen from the folder that one works in."""
    return relative_to(findings, Path.cwd())


def findings_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as plain values."""
    return [_as_data(finding) for finding in near(findings)]


def _as_data(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "place": {"file": str(place.file), "line": place.line, "column": place.column},
        "code": finding.code,
        "message": finding.message,
        "fix": finding.fix,
        "severity": finding.severity,
        "policy": finding.policy,
        "details": list(finding.details),
    }


def report_data(reports: Iterable[KitReport], code: ExitCode, seconds: float) -> dict[str, Any]:
    """Return what became of the locals as plain values."""
    return {
        "exit": int(code),
        "seconds": round(seconds, 2),
        "locals": [
            {
                "local": str(report.local),
                "id": report.id,
                "name": report.name,
                "edition": report.edition,
                "state": report.state,
                "documents": report.documents,
                "overlays": report.overlays,
                "folder": str(report.folder) if report.folder else None,
                "built": [entry.path for entry in report.built],
                "pages": sum(entry.pages for entry in report.built),
                "removed": report.removed,
                "why": report.reasons,
                "findings": findings_data(report.findings),
            }
            for report in reports
        ],
    }


def report_rows(reports: Sequence[KitReport]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each local: name, edition, what became of it, files, findings, overlays."""
    yield ("local", "edition", "state", "files", "findings", "overlays")
    for report in reports:
        serious = len(errors(report.findings))
        rest = len(report.findings) - serious
        found = [_counted(serious, "error")] * bool(serious) + [_counted(rest, "warning")] * bool(
            rest
        )
        files = str(len(report.built)) if report.folder else "-"
        yield (
            report.id or str(report.local),
            report.edition or "-",
            report.state,
            files,
            ", ".join(found) or "-",
            str(len(report.overlays) or "-"),
        )


def report_lines(reports: Sequence[KitReport], seconds: float) -> Iterator[str]:
    """Yield what was built, where, and how long it took."""
    for report in reports:
        if report.folder is None:
            yield f"{report.id or report.local}: nothing was built; see the findings above."
            continue
        failed = len(errors(report.findings))
        yield (
            f"{report.id}: {', '.join(_counts(report))}"
            + (f", {_counted(failed, 'error')}" if failed else "")
            + (" (nothing has changed)" if report.unchanged else "")
        )
        yield f"  open {report.folder / 'index.html'}"
    yield f"Done in {seconds:.1f} s."


def _counts(report: KitReport) -> Iterator[str]:
    """Yield how many files of each kind there are, as the table of outputs tells of them."""
    from formgen.outputs.table import OUTPUTS

    for output in OUTPUTS:
        made = [entry for entry in report.built if entry.variant == output.id]
        if output.count and (made or output.count.always):
            words = output.count.one if len(made) == 1 else output.count.many
            pages = _counted(sum(entry.pages for entry in made), "page")
            yield words.replace("{count}", str(len(made))).replace("{pages}", pages)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def reason_lines(reports: Iterable[KitReport]) -> Iterator[str]:
    """Yield why each thing was made."""
    for report in reports:
        for reason in report.reasons:
            yield f"{report.id or report.local}: {reason}"


def printing_lines(reports: Sequence[KitReport]) -> Iterator[str]:
    """Yield where the files for copiers and print shops are, and how they are printed."""
    from formgen.outputs.table import OUTPUTS

    folders = dict.fromkeys(
        (entry.variant, entry.path.rpartition("/")[0])
        for report in reports
        for entry in report.built
    )
    for output in OUTPUTS:
        for made, folder in folders:
            if output.advice and made == output.id:
                yield f"  {folder}: {output.advice}"
