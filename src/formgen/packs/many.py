"""What an edition changes for many locals, each by itself, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from formgen.findings import Finding, InputError
from formgen.folder_lock import Waiting, wait_silently
from formgen.packs.extend import read_or_none
from formgen.packs.install import Update, not_alone, plan_update, update
from formgen.packs.trial import refuse_broken
from formgen.packs.verified import OpenPack
from formgen.sources.pack_files.lock_file import lock_home

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
    plans: Iterable[LocalPlan],
    waiting: Waiting = wait_silently,
    *,
    tried: bool,
    merging: bool = False,
) -> Iterator[tuple[LocalPlan, tuple[Finding, ...]]]:
    """Install what was planned and does not break; yield each with what kept it from that.

    With ``tried``, each local is built with it in a copy first; with ``merging``, its own files are
    merged there. Locals that share their packs all get it, or none.
    """
    shared: dict[Path, list[LocalPlan]] = {}
    for each in plans:
        home = lock_home(each.local_yaml.parent)
        if home != each.local_yaml.parent:
            shared.setdefault(home, []).append(each)
            continue
        found = _wrong(each, tried=tried, merging=merging)
        yield each, found or _update(each, waiting)
    for together in shared.values():
        wrong = {each.local_yaml: _wrong(each, tried=tried, merging=merging) for each in together}
        yield from _install_shared(together, wrong, waiting)


def _wrong(each: LocalPlan, *, tried: bool, merging: bool) -> tuple[Finding, ...]:
    """Return what keeps a local from an edition."""
    if each.planned and (tried or each.planned.breaks):
        try:
            refuse_broken(each.planned, each.local_yaml, merging=merging)
        except InputError as problem:
            return problem.findings
    return each.refused


def _update(
    each: LocalPlan, waiting: Waiting, together: Sequence[Path] = ()
) -> tuple[Finding, ...]:
    try:
        if each.planned:
            update(each.planned, each.local_yaml, waiting, together=together)
    except InputError as problem:
        return problem.findings
    return ()


def _install_shared(
    plans: Sequence[LocalPlan], wrong: Mapping[Path, tuple[Finding, ...]], waiting: Waiting
) -> Iterator[tuple[LocalPlan, tuple[Finding, ...]]]:
    """Install an edition once for locals that share their packs, unless one of them cannot have it.

    ``wrong`` says what keeps each from it. One that could not be read before keeps no other.
    """
    ready = next((each for each in plans if each.planned), None)
    blocking = [each for each in plans if wrong[each.local_yaml] and _is_sound(each)]
    found: tuple[Finding, ...] = ()
    if ready and not blocking:
        found = _update(ready, waiting, [each.local_yaml for each in plans])
    for each in plans:
        own = wrong[each.local_yaml]
        if blocking and not own:
            home = lock_home(each.local_yaml.parent)
            own = (not_alone(each.local_yaml, home, len(plans)),)
        yield each, own or found


def _is_sound(each: LocalPlan) -> bool:
    return each.planned is not None or read_or_none(each.local_yaml) is not None
