"""The manifest of a kit as a task: what it is built on, what is its local's own, its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import formgen
from formgen.build.publish import MANIFEST, Entry, manifest_bytes
from formgen.build.report import KitReport, sentence_of
from formgen.findings import Place, first_of_each
from formgen.graph.task import Made, Task, Work, work_task
from formgen.kit import Kit
from formgen.sources.pack_files.installed import InstalledPack, installed_packs
from formgen.sources.replaced.overrides import HiddenSetting, OwnFile, hidden_settings, own_files
from formgen.sources.tree import Node


@dataclass(frozen=True)
class ManifestFacts:
    """What a manifest says: of the kit, and of each of its files."""

    kit: tuple[tuple[str, str], ...]
    packs: tuple[InstalledPack, ...]
    own_files: tuple[OwnFile, ...]
    hidden: tuple[HiddenSetting, ...]
    # How serious each finding is, and what it says.
    findings: tuple[tuple[str, str], ...]
    files: tuple[Entry, ...]


def make_manifest(facts: ManifestFacts, _files: Mapping[str, bytes]) -> Made:
    """Return the manifest of a kit."""
    kit = {
        **dict(facts.kit),
        "packs": [asdict(pack) for pack in facts.packs],
        "overrides": {
            "files": [asdict(each) for each in facts.own_files],
            "settings": [asdict(each) for each in facts.hidden],
        },
        "findings": [{"severity": how, "message": said} for how, said in facts.findings],
    }
    return Made({MANIFEST: manifest_bytes(kit, facts.files)})


def manifest_task(report: KitReport, kit: Kit, own: Node, entries: Mapping[str, Entry]) -> Task:
    """Return what makes the manifest of a kit. Raises InputError."""
    about = (
        ("formgen", formgen.__version__),
        ("id", report.id),
        ("name", report.name),
        ("edition", report.edition),
    )
    folder = report.local.parent
    found = first_of_each(report.findings)
    facts = ManifestFacts(
        about,
        tuple(installed_packs(kit.stack)),
        tuple(own_files(kit.stack)),
        tuple(hidden_settings(kit.stack, own, kit.settings.language)),
        tuple((each.severity, sentence_of(each, folder)) for each in found),
        tuple(entries.values()),
    )
    work = Work(make_manifest, facts, here=True, lasting=False)
    return work_task("manifest", lambda: work, "manifest", Place(report.local))
