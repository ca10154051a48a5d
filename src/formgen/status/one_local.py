"""How one local stands: by its settings, its lock and files, and the manifest of its kit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from formgen.build.publish import MANIFEST
from formgen.build.state_page import day_of
from formgen.faults import findings_from
from formgen.findings import Finding, InputError, Place, first_of_each
from formgen.kit import resolve_stack
from formgen.packs.records.approvals import Approval, read_approvals
from formgen.packs.records.notes import notes_of
from formgen.plain_files import read_plain, shown
from formgen.sources.layers import Stack
from formgen.sources.odd_files import read_sound_stack
from formgen.sources.pack_files.installed import InstalledPack, installed_packs, locked_packs
from formgen.sources.pack_files.lock_file import lock_home
from formgen.sources.replaced.basis import Review, read_bases
from formgen.sources.replaced.overrides import HiddenSetting, OwnFile, hidden_settings, own_files
from formgen.sources.replaced.stale import missed
from formgen.sources.settings import language_of
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node

# Returns the stack with files that were read already; hundreds of locals share most of them.
Share = Callable[[Stack, Node], Stack]


@dataclass(frozen=True)
class LastBuild:
    """What the manifest of a kit says of the build that wrote it."""

    # The day on which a file of the kit was last changed, such as 2026-11-29.
    on: str
    edition: str
    # The edition of each pack that it was built on, by the pack's id.
    packs: Mapping[str, str]


@dataclass(frozen=True)
class EditionFacts:
    """What a pack says of its edition: what is new in it, and who approved what it locks."""

    notes: tuple[str, ...]
    approvals: Mapping[str, Approval]


@dataclass
class LocalStatus:
    """How a local stands; what could not be read is empty, and among the findings."""

    local: Path
    id: str = ""
    number: str = ""
    name: str = ""
    # What stands on its pages, if they are built now.
    edition: str = ""
    packs: list[InstalledPack] = field(default_factory=list)
    # Whether its packs lie beside the locals, and serve others as well.
    is_served: bool = False
    # What those packs that could be read say of their editions, by their ids.
    editions: dict[str, EditionFacts] = field(default_factory=dict)
    files: list[OwnFile] = field(default_factory=list)
    settings: list[HiddenSetting] = field(default_factory=list)
    # The paths of own files that miss what has changed below them, and the keys of such values.
    stale: list[str] = field(default_factory=list)
    # The last review of each own file or value that somebody put a name to, by path or key.
    reviews: dict[str, Review] = field(default_factory=dict)
    built: LastBuild | None = None
    findings: list[Finding] = field(default_factory=list)


def status_of(local: Path, out: Path, share: Share) -> LocalStatus:
    """Return how a local stands whose `local.yaml` this is; its kit lies in a folder of ``out``."""
    status = LocalStatus(local)
    try:
        _look(status, share)
    except Exception as problem:  # noqa: BLE001  (whatever a local's files raise)
        status.findings += findings_from(problem, Place(local))
    status.id = status.id or shown(local.absolute().parent.name)
    # An id that is none leads to no kit.
    status.built = last_build(out / status.id) if Path(status.id).name == status.id else None
    status.findings = first_of_each(status.findings)
    return status


def _look(status: LocalStatus, share: Share) -> None:
    folder = status.local.parent
    status.is_served = lock_home(folder) != folder
    try:
        stack, own = read_sound_stack(status.local)
    except InputError as problem:
        # What can be told of a local whose packs cannot be read.
        _name(status, read_yaml(status.local, "local"))
        status.packs = locked_packs(folder)
        raise problem from None
    _name(status, own)
    stack = share(stack, own)
    status.packs = installed_packs(stack)
    status.editions = _editions(stack, status.packs)
    status.files = own_files(stack)
    status.settings = list(hidden_settings(stack, own, language_of(stack, own)))
    bases = read_bases(stack.local)
    status.reviews = {path: each.review for path, each in bases.items() if each.review}
    status.stale = sorted(missed(stack, own, bases))
    kit = resolve_stack(stack, own)
    status.edition = kit.edition
    status.findings += kit.warnings


def _editions(stack: Stack, packs: Sequence[InstalledPack]) -> dict[str, EditionFacts]:
    layers = {layer.name: layer for layer in stack.layers[1:-1]}
    return {
        pack.id: EditionFacts(
            notes_of(layers[pack.id], pack.edition), read_approvals(layers[pack.id])
        )
        for pack in packs
        if pack.id in layers
    }


def _name(status: LocalStatus, own: Node) -> None:
    status.id = own.text("id")
    status.number, status.name = own.text("local", "number"), own.text("local", "name")


def last_build(kit: Path) -> LastBuild | None:
    """Return what is known of the build of a kit's folder, or None if there is none."""
    try:
        said: Any = json.loads(read_plain(kit / MANIFEST))
        packs = {str(each["id"]): str(each["edition"]) for each in said.get("packs", ())}
        return LastBuild(day_of(kit / MANIFEST), str(said["edition"]), packs)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
