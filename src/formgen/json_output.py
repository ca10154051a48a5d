"""What `--json` prints, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formgen.api import BuildReport
from formgen.findings import Finding, in_order, relative_to

if TYPE_CHECKING:
    from formgen.people.local_roster import LocalRoster
    from formgen.people.report import PeopleReport


def findings_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as plain values, with files as seen from the folder that one works in."""
    return [_finding_data(finding) for finding in relative_to(findings, Path.cwd())]


def _finding_data(finding: Finding) -> dict[str, Any]:
    data = asdict(finding)
    return {**data, "place": {**data["place"], "file": str(finding.place.file)}}


def of_check(findings: Iterable[Finding]) -> dict[str, Any]:
    """Return what `check` prints."""
    return {"findings": findings_data(findings)}


def of_build(report: BuildReport) -> dict[str, Any]:
    """Return what `build` prints."""
    return {
        "exit": int(report.exit_code),
        "seconds": round(report.seconds, 2),
        "locals": [
            {
                "local": str(kit.local),
                "id": kit.id,
                "name": kit.name,
                "edition": kit.edition,
                "state": kit.state,
                "documents": kit.documents,
                "overlays": kit.overlays,
                "folder": str(kit.folder) if kit.folder else None,
                "built": [entry.path for entry in kit.built],
                "pages": sum(entry.pages for entry in kit.built),
                "removed": kit.removed,
                "why": kit.reasons,
                "findings": findings_data(kit.findings),
            }
            for kit in report.kits
        ],
    }


def of_people(report: PeopleReport, roster: LocalRoster) -> dict[str, Any]:
    """Return what `people` prints: rows and ids, never what stands in a row."""
    return {
        "folder": str(report.folder),
        "people": [{"row": entry.row, "id": id_} for id_, entry in report.people.items()],
        "files": [{"path": e.path, "document": e.document, "pages": e.pages} for e in report.made],
        "findings": findings_data(in_order((*roster.roster.findings, *report.findings))),
    }
