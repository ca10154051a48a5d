"""Take a pack out of a local: its files, its entry in the lock, what was kept of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.packs.install import write_lock
from formgen.packs.kept import forget
from formgen.sources.pack_files.lock_file import (
    LOCK_FILE,
    Lock,
    LockedPack,
    beside,
    lock_home,
    pack_folder,
    read_lock,
    served_by,
)
from formgen.sources.pack_files.requirement import asked_for, requirement_of
from formgen.sources.pack_files.unfinished import finish
from formgen.sources.paths import PACKS
from formgen.sources.strict_yaml import read_yaml


def remove(pack: str, local_yaml: Path, waiting: Waiting = wait_silently) -> LockedPack:
    """Take a pack out of a local that does not build on it any more; return what it was.

    Of packs that serve several locals, none of them may build on it.
    Raises InputError.
    """
    folder = lock_home(local_yaml.parent)
    with locked(folder / PACKS, waiting):
        finish(folder)
        lock = read_lock(folder) or Lock()
        known = lock.packs.get(pack)
        if known is None:
            message, fix = f"pack {pack} is not installed here.", "check the name."
            place = Place(folder / LOCK_FILE)
            raise InputError([Finding(place, Code.PACK_NOT_USED, message, fix)])
        shared = read_lock(beside(folder)) if folder == local_yaml.parent else None
        is_there = shared is not None and pack in shared.packs
        _check_unused(pack, () if is_there else served_by(folder), lock)
        rest = {name: each for name, each in lock.packs.items() if name != pack}
        if rest or not shared:
            write_lock(folder, replace(lock, packs=rest))
        else:
            # So that the lock beside the locals serves it from now on.
            (folder / LOCK_FILE).unlink()
        shutil.rmtree(pack_folder(folder, pack), ignore_errors=True)
        forget(folder, pack)
    return known


def _check_unused(pack: str, locals_: Iterable[Path], lock: Lock) -> None:
    """Refuse to take away what a local or another of its packs builds on."""
    for local_yaml in locals_:
        asked = asked_for(read_yaml(local_yaml, "local"))
        if asked and asked[0].pack == pack:
            message = f"this local builds on {pack}."
            fix = "take the line `extends:` out of it first, or name another pack there."
            place = asked[1].key_place or asked[1].place
            raise InputError([Finding(place, Code.PACK_INSTALLED, message, fix)])
    for name, each in lock.packs.items():
        if requirement_of(each.extends).pack == pack:
            message, fix = f"pack {name} builds on {pack}.", f"remove {name} first."
            raise InputError([Finding(each.place, Code.PACK_INSTALLED, message, fix)])
