"""What an edition changes for many locals, each by itself, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from formgen.findings import Finding, InputError
from formgen.folder_lock import Waiting, wait_silently
from formgen.packs.install import Update, plan_update, update
from formgen.packs.trial import refuse_broken
from formgen.packs.verified import OpenPack

# What becomes of a local: it has the edition already, it cannot have it, it would not build.
State = Literal["installed already", "refused", "would break", "installs"]


@dataclass(frozen=True)
class LocalPlan:
    """What an edition changes for one local, or why it cannot have it."""

    local_yaml: Path
    planned: Update | None = None
    refused: tuple[Finding, ...] = ()

    @property
    def state(self) -> State:
        """Return what becomes of the local, as far as composing tells."""
        if self.refused:
            return "refused"
        if self.planned is None:
            return "installed already"
        return "would break" if self.planned.breaks else "installs"

    @property
    def documents(self) -> tuple[str, ...]:
        """Return what changes of the local's own papers, a document each."""
        found = self.planned.changes if self.planned else ()
        named = (each.name for each in found if each.group == "local")
        return tuple(name.partition(" ")[0] for name in named if name != "settings")


def plan_many(
    locals_: Iterable[Path], opened_for: Callable[[Path], OpenPack], *, allow_downgrade: bool
) -> Iterator[LocalPlan]:
    """Yield what the edition that ``opened_for`` returns for each `local.yaml` changes there."""
    for local_yaml in locals_:
        try:
            opened = opened_for(local_yaml)
            planned = plan_update(opened, local_yaml, allow_downgrade=allow_downgrade)
        except InputError as problem:
            yield LocalPlan(local_yaml, None, tuple(problem.findings))
        else:
            yield LocalPlan(local_yaml, planned)


def install_many(
    plans: Iterable[LocalPlan], waiting: Waiting = wait_silently, *, tried: bool
) -> Iterator[tuple[LocalPlan, tuple[Finding, ...]]]:
    """Install what was planned and does not break; yield each with what kept it from that.

    With ``tried``, each local is built with it in a copy first.
    """
    for each in plans:
        found: tuple[Finding, ...] = each.refused
        if each.planned:
            try:
                if tried or each.planned.breaks:
                    refuse_broken(each.planned, each.local_yaml)
                update(each.planned, each.local_yaml, waiting)
            except InputError as problem:
                found = tuple(problem.findings)
        yield each, found
