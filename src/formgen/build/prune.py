"""Take away the kits of locals that are gone: files that formgen made, and nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from pathlib import Path

from formgen.build.publish import MANIFEST, PEOPLE, read_manifest, remove_leftovers
from formgen.build.report import KitReport
from formgen.build.state_page import kits_there
from formgen.folder_lock import Waiting, locked

# The folder of a kit whose local is gone, and what stays there: formgen did not make it so.
Pruned = tuple[Path, tuple[Path, ...]]


def prune(reports: Sequence[KitReport], out: Path, waiting: Waiting) -> list[Pruned]:
    """Remove the kits below a folder that are of none of the locals; return what was removed.

    Nothing is removed while a local cannot be read, since any of the kits may be its own.
    """
    if not all(report.id for report in reports):
        return []
    ids = {report.id for report in reports}
    gone = [name for name, _ in kits_there(out) if name not in ids]
    return [_pruned(out / name, waiting) for name in gone]


def _pruned(folder: Path, waiting: Waiting) -> Pruned:
    with locked(folder, waiting):
        remove_leftovers(folder, read_manifest(folder), ())
        (folder / MANIFEST).unlink()
        remove_empty(folder, {PEOPLE})
    kept = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []
    return folder, tuple(kept)


def remove_empty(folder: Path, spared: Collection[str] = ()) -> None:
    """Remove the folders below a folder that are empty, and itself."""
    for path in sorted(folder.rglob("*"), key=lambda each: -len(each.parts)):
        if path.is_dir() and not path.is_symlink() and path.name not in spared:
            with contextlib.suppress(OSError):
                path.rmdir()
    with contextlib.suppress(OSError):
        folder.rmdir()
