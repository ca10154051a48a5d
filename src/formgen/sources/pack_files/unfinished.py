"""Mend what was cut off or changed without meaning to: a killed installation, other line ends.

The lock is written last, and in one step. So what it says is what must be there, and whatever a
killed installation has put aside is put back, or away, by the next command that reads the local.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from formgen.findings import InputError
from formgen.folder_lock import locked
from formgen.sources.pack_files.archive import sha256_of, with_any_ends
from formgen.sources.pack_files.lock_file import (
    Lock,
    LockedPack,
    beside,
    check_installed,
    files_in,
    lock_home,
    pack_folder,
    read_lock,
)
from formgen.sources.pack_files.rules import MANIFEST, SIGNATURE, name_problem
from formgen.sources.paths import PACKS

# The folder of an installation is called by this, the pack's id, and something random.
INSTALLING = ".installing-"
NEW, OLD = "new", "old"


def sound_lock(local: Path) -> tuple[Path, Lock | None]:
    """Return the folder of the lock that serves a local, and the lock if there is one; mend both.

    Raises InputError unless its packs are what it says then.
    """
    home = lock_home(local)
    lock = read_lock(home)
    # The first pack beside the locals may have been cut off, before it was locked.
    if lock is None and is_unfinished(beside(local)):
        mend(beside(local))
    changed = check_installed(home, lock) if lock else []
    if (changed or is_unfinished(home)) and mend(home):
        lock = read_lock(home)
        changed = check_installed(home, lock) if lock else []
    if changed:
        raise InputError(changed)
    return home, lock


class _BusyError(Exception):
    """Somebody is installing at this very moment."""


def is_unfinished(local: Path) -> bool:
    """Tell whether an installation was cut off in a local, or goes on."""
    return next((local / PACKS).glob(f"{INSTALLING}*"), None) is not None


def mend(local: Path) -> bool:
    """Mend the packs of a local; tell whether that could be done."""
    try:
        with locked(local / PACKS, _leave_alone):
            finish(local)
    except (_BusyError, OSError):
        return False
    return True


def _leave_alone(_folder: Path) -> None:
    raise _BusyError


def finish(local: Path) -> None:
    """Mend the packs of a local, at which nobody else is at work. Raises InputError."""
    lock = read_lock(local) or Lock()
    for left in sorted((local / PACKS).glob(f"{INSTALLING}*")):
        for pack in lock.packs.values():
            _put_back(local, pack, left)
        _put_away(local, lock, left)
        shutil.rmtree(left, ignore_errors=True)
    for pack in lock.packs.values():
        _restore_line_ends(pack_folder(local, pack.id), pack)


def _put_back(local: Path, pack: LockedPack, left: Path) -> None:
    """Put the locked edition of a pack in its place, if it is the one that was put aside."""
    target = pack_folder(local, pack.id)
    if target.is_symlink() or files_in(target) == pack.files:
        return
    for folder in sorted(left.iterdir()):
        if files_in(folder) == pack.files:
            if target.exists():
                target.rename(left / "instead")
            folder.rename(target)
            return


def _put_away(local: Path, lock: Lock, left: Path) -> None:
    """Put a pack away that was put in its place, and not locked any more."""
    name = left.name.removeprefix(INSTALLING).rpartition("-")[0]
    target = pack_folder(local, name)
    ours = name and name not in lock.packs and not (left / NEW).exists()
    if ours and (target / MANIFEST).is_file() and not target.is_symlink():
        target.rename(left / "unlocked")


def _restore_line_ends(folder: Path, pack: LockedPack) -> None:
    """Write files anew of which Git has changed the line ends alone."""
    for name, digest in pack.files.items():
        path = folder / name
        foreign = name not in {MANIFEST, SIGNATURE} and name_problem(name)
        if foreign or path.is_symlink() or not path.is_file():
            continue
        data = path.read_bytes()
        if sha256_of(data) == digest:
            continue
        for other in with_any_ends(data):
            if sha256_of(other) == digest:
                part = path.with_name(f".{path.name}.part")
                with contextlib.suppress(OSError):
                    part.write_bytes(other)
                    part.replace(path)
