"""Reports as plain values: what `--json` prints, in the shapes of `json_shapes`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from formgen.api import BuildReport
from formgen.findings import Finding, in_order, relative_to
from formgen.json_shapes.base import FORMAT, FilePlace, FindingShape
from formgen.json_shapes.manifest import HiddenSettingShape, OwnFileShape
from formgen.json_shapes.printed import (
    BuildOutput,
    BuiltLocal,
    CheckOutput,
    DifferenceShape,
    DiffOutput,
    PeopleFile,
    PeopleOutput,
    ReadSentence,
    RosterRow,
    SentencePart,
)
from formgen.json_shapes.register import (
    ChangedLocalShape,
    ChangedSetting,
    LeftLocalShape,
    RegisteredLocal,
    RegisterOutput,
)
from formgen.json_shapes.status import (
    ApprovalShape,
    BuiltShape,
    NewestPack,
    ReviewShape,
    StatusLocal,
    StatusOutput,
    StatusPack,
)
from formgen.sources.paths import local_file

if TYPE_CHECKING:
    from formgen.build.report import KitReport
    from formgen.compose.sentences import Sentence
    from formgen.own.look import Difference
    from formgen.people.local_roster import LocalRoster
    from formgen.people.report import PeopleReport
    from formgen.register.run import RegisterReport
    from formgen.sources.pack_files.installed import InstalledPack
    from formgen.status.all_locals import StatusReport
    from formgen.status.one_local import LocalStatus

NOTHING: Mapping[Path, Any] = MappingProxyType({})


def of_check(
    findings: Iterable[Finding], sentences: Mapping[Path, Iterable[Sentence]] = NOTHING
) -> dict[str, Any]:
    """Return what `check` prints; ``sentences`` are those of locals, by their files."""
    read = [_sentence(local, each) for local, found in sentences.items() for each in found]
    return asdict(CheckOutput(FORMAT, _findings(findings), read))


def _sentence(local: Path, sentence: Sentence) -> ReadSentence:
    parts = [SentencePart(part.text, part.setting) for part in sentence.parts]
    file = str(local_file(local))
    return ReadSentence(file, sentence.document, sentence.code, sentence.title, parts)


def of_build(report: BuildReport) -> dict[str, Any]:
    """Return what `build` prints."""
    locals_ = [_local(kit) for kit in report.kits]
    pruned = [str(folder) for folder, _ in report.pruned]
    seconds = round(report.seconds, 2)
    return asdict(BuildOutput(FORMAT, int(report.exit_code), seconds, locals_, pruned))


def _local(kit: KitReport) -> BuiltLocal:
    return BuiltLocal(
        local=str(kit.local),
        id=kit.id,
        name=kit.name,
        edition=kit.edition,
        state=kit.state,
        documents=kit.documents,
        overlays=kit.overlays,
        folder=str(kit.folder) if kit.folder else None,
        built=[entry.path for entry in kit.built],
        pages=sum(entry.pages for entry in kit.built),
        removed=kit.removed,
        why=kit.reasons,
        findings=_findings(kit.findings),
    )


def of_diff(differences: Iterable[Difference]) -> dict[str, Any]:
    """Return what `diff` prints."""
    shapes = [
        DifferenceShape(each.group, each.name, each.file, list(each.lines)) for each in differences
    ]
    return asdict(DiffOutput(FORMAT, shapes))


def of_people(report: PeopleReport, roster: LocalRoster) -> dict[str, Any]:
    """Return what `people` prints: rows and ids, never what stands in a row."""
    output = PeopleOutput(
        FORMAT,
        folder=str(report.folder),
        people=[RosterRow(entry.row, id_) for id_, entry in report.people.items()],
        files=[PeopleFile(file.path, file.document, file.pages) for file in report.made],
        mail=report.mail,
        gone=report.gone,
        earlier=report.earlier,
        findings=_findings(in_order((*roster.roster.findings, *report.findings))),
    )
    return asdict(output)


def of_status(report: StatusReport) -> dict[str, Any]:
    """Return what `status` prints."""
    output = StatusOutput(
        FORMAT,
        int(report.exit_code),
        [NewestPack(*pack) for pack in sorted(report.newest.items())],
        [_status(report, local) for local in report.locals],
    )
    return asdict(output)


def _status_pack(report: StatusReport, local: LocalStatus, pack: InstalledPack) -> StatusPack:
    facts = local.editions.get(pack.id)
    approvals = facts.approvals.items() if facts else ()
    return StatusPack(
        pack.id,
        pack.name,
        pack.edition,
        pack.sha256,
        pack.key,
        report.is_behind(pack),
        notes=list(facts.notes) if facts else [],
        approvals=[
            ApprovalShape(thing, each.sha256, **asdict(each.approver)) for thing, each in approvals
        ],
    )


def _status(report: StatusReport, local: LocalStatus) -> StatusLocal:
    built = local.built
    return StatusLocal(
        local=str(local.local),
        id=local.id,
        number=local.number,
        name=local.name,
        edition=local.edition,
        packs=[_status_pack(report, local, pack) for pack in local.packs],
        shared=local.is_served,
        files=[OwnFileShape(each.path, each.of) for each in local.files],
        settings=[HiddenSettingShape(s.name, s.value, s.hidden, s.of) for s in local.settings],
        stale=local.stale,
        reviews=[ReviewShape(path, r.by, r.on, r.because) for path, r in local.reviews.items()],
        built=BuiltShape(built.on, built.edition, dict(built.packs)) if built else None,
        findings=_findings(local.findings),
    )


def of_register(report: RegisterReport) -> dict[str, Any]:
    """Return what `register` prints."""
    plan, moved = report.plan, report.written.moved if report.written else {}
    output = RegisterOutput(
        FORMAT,
        int(report.exit_code),
        report.written is not None,
        [RegisteredLocal(e.row.number, e.row.name, str(plan.folder / e.id)) for e in plan.new],
        [
            ChangedLocalShape(
                each.local.number,
                each.local.name,
                str(each.local.file.parent),
                [ChangedSetting(c.setting, c.before, c.after) for c in each.changes],
            )
            for each in plan.changed
        ],
        [
            LeftLocalShape(
                each.number,
                each.name,
                str(each.folder),
                str(moved.get(each.folder, "")),
                [str(file) for file in each.people],
            )
            for each in plan.left
        ],
        [str(each.file) for each in plan.unnumbered],
        _findings(report.findings),
    )
    return asdict(output)


def _findings(findings: Iterable[Finding]) -> list[FindingShape]:
    """Return findings with files as seen from the folder that one works in."""
    return [
        FindingShape(
            FilePlace(str(each.place.file), each.place.line, each.place.column),
            each.code,
            each.message,
            each.fix,
            each.severity,
            each.policy,
            list(each.details),
        )
        for each in relative_to(findings, Path.cwd())
    ]
