"""What an edition changes for many locals: those for which it is the same stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formgen.build.report import Progress, silent
from formgen.compare.kits import KitDiff
from formgen.faults import findings_from
from formgen.findings import Finding, Place
from formgen.packs.diff import BROKEN, Change, Editions, local_changes


@dataclass(frozen=True)
class Alike:
    """Locals for which an edition changes the same; the words and kits are those of the first."""

    locals_: tuple[Path, ...]
    changes: tuple[Change, ...]
    kits: KitDiff | None


@dataclass(frozen=True)
class ManyDiff:
    """What two editions say differently, what that changes for locals, and who has no answer."""

    editions: Editions
    alike: tuple[Alike, ...]
    findings: tuple[Finding, ...] = ()


def compare_many(
    editions: Editions, locals_: Sequence[Path], progress: Progress = silent
) -> ManyDiff:
    """Compare two editions for each `local.yaml`; most locals of all stand first.

    What could not be compared is among the findings, and keeps no other local from it.
    """
    found: dict[tuple[tuple[str, ...], ...], Alike] = {}
    wrong: list[Finding] = []
    with editions.on_disk() as folders:
        for number, local in enumerate(locals_, 1):
            try:
                diff = local_changes(local, editions.pack, *folders, typeset=True)
            except Exception as problem:  # noqa: BLE001  (whatever a local's files raise)
                wrong += findings_from(problem, Place(local))
            else:
                key = tuple(map(_said, diff.changes))
                known = found.get(key)
                found[key] = (
                    replace(known, locals_=(*known.locals_, local))
                    if known
                    else Alike((local,), diff.changes, diff.kits)
                )
            progress(number, len(locals_), local.parent.name)
    alike = sorted(found.values(), key=lambda each: -len(each.locals_))
    return ManyDiff(editions, tuple(alike), tuple(wrong))


def _said(change: Change) -> tuple[str, ...]:
    """Return what makes two changes the same: the words around them may hold a local's name."""
    return (change.group, change.name, *(change.lines if change.group == BROKEN else ()))
