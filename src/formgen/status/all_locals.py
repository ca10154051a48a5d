"""How all locals stand, and which of them are behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.build.report import Progress, silent
from formgen.findings import ExitCode, Finding, exit_code
from formgen.model.pack import is_older
from formgen.outputs.making.inputs import LayerReader, read_layers
from formgen.packs.download import get_archive
from formgen.packs.verified import open_pack
from formgen.sources.layers import Stack
from formgen.sources.pack_files.installed import InstalledPack
from formgen.sources.tree import Node
from formgen.status.one_local import LocalStatus, status_of


@dataclass(frozen=True)
class StatusReport:
    """How all locals stand, in the order in which they were named or found."""

    locals: tuple[LocalStatus, ...]
    # The newest edition of each pack that is known, by the pack's id.
    newest: dict[str, str]

    def is_behind(self, pack: InstalledPack) -> bool:
        """Tell whether there is a newer edition of a pack that a local builds on."""
        return is_older(pack.edition, self.newest.get(pack.id, pack.edition))

    def behind(self) -> list[LocalStatus]:
        """Return the locals with a pack that is behind."""
        return [each for each in self.locals if any(map(self.is_behind, each.packs))]

    @property
    def findings(self) -> list[Finding]:
        """Return what is wrong with all locals."""
        return [finding for each in self.locals for finding in each.findings]

    @property
    def exit_code(self) -> ExitCode:
        """Return 1 if any local is behind; else what a check of their settings ends with."""
        return ExitCode.SOME_FAILED if self.behind() else exit_code(self.findings)


def status(
    locals_: Sequence[Path], out: Path, newest: Iterable[str] = (), progress: Progress = silent
) -> StatusReport:
    """Return how locals stand whose `local.yaml` these are; ``newest`` are files or addresses.

    Raises InputError for an archive that cannot be read.
    """
    published = [open_pack(get_archive(name)).pack for name in newest]
    reader = LayerReader()

    def share(stack: Stack, own: Node) -> Stack:
        return read_layers(reader, stack, own)[0]

    found = []
    for number, local in enumerate(locals_, 1):
        found.append(status_of(local, out, share))
        progress(number, len(locals_), found[-1].id)
    known = [(pack.id, pack.edition) for pack in published]
    known += [(pack.id, pack.edition) for each in found for pack in each.packs]
    return StatusReport(tuple(found), newest_of(known))


def newest_of(editions: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the newest edition of each pack, of pairs of a pack's id and an edition."""
    newest: dict[str, str] = {}
    for pack, edition in editions:
        if pack not in newest or is_older(newest[pack], edition):
            newest[pack] = edition
    return newest
