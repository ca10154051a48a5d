"""Write what a roll changes: last year is put away first, and nothing is ever overwritten there."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place


@dataclass(frozen=True)
class Kept:
    """One file that is put away: its name before, where it goes, and what is in it."""

    was: str
    path: Path
    data: bytes
    private: bool


@dataclass(frozen=True)
class Replaced:
    """A file that is replaced: what it must still hold, and what it will hold."""

    path: Path
    before: bytes
    after: bytes
    mode: int


def write(kept: Sequence[Kept], replaced: Sequence[Replaced]) -> None:
    """Put files away, then replace others in their order.

    Raises InputError, with nothing changed, if somebody was quicker.
    """
    wrong = [*check_free(kept), *_check_same(replaced)]
    if wrong:
        raise InputError(wrong)
    put_away(kept)
    for each in replaced:
        if each.before != each.after:
            replace_file(each.path, each.after, each.mode)


def _check_same(replaced: Iterable[Replaced]) -> list[Finding]:
    return [
        Finding(
            Place(each.path), Code.CHANGED, f"{each.path.name} changed meanwhile.", "begin again."
        )
        for each in replaced
        if not each.path.is_file() or each.path.read_bytes() != each.before
    ]


def check_free(kept: Iterable[Kept]) -> list[Finding]:
    """Return a finding for each file that is there already and holds something else."""
    return [
        Finding(
            Place(each.path),
            Code.EXISTS,
            f"{each.path.name} is there already, with something else in it.",
            "name another folder with --archive, or move the file away.",
        )
        for each in kept
        if (each.path.exists() or each.path.is_symlink()) and not _holds(each)
    ]


def is_open(folder: Path) -> bool:
    """Tell whether others can see what is in a folder."""
    return bool(stat.S_IMODE(folder.stat().st_mode) & 0o077)


def put_away(kept: Iterable[Kept]) -> None:
    """Write the files, never over others; one that is there with the same content stays.

    Raises FileExistsError if another one appeared meanwhile.
    """
    for each in kept:
        if _holds(each):
            continue
        folder = each.path.parent
        if each.private:
            _private_folder(folder)
        with _new_part(folder, each.data, 0o600 if each.private else 0o644) as part:
            _place_new(part, each.path)


def _private_folder(folder: Path) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in missing[::-1]:
        each.mkdir(0o700)
    if not missing and is_open(folder) and not any(folder.iterdir()):
        folder.chmod(0o700)


def replace_file(path: Path, data: bytes, mode: int) -> None:
    """Replace a file so that readers see the old one or the new one, never a part."""
    path = path.resolve()
    with _new_part(path.parent, data, mode) as part:
        part.replace(path)


def mode_of(path: Path) -> int:
    """Return who may read and write a file."""
    return stat.S_IMODE(path.stat().st_mode)


def _holds(kept: Kept) -> bool:
    return kept.path.is_file() and kept.path.read_bytes() == kept.data


@contextlib.contextmanager
def _new_part(folder: Path, data: bytes, mode: int) -> Iterator[Path]:
    """Write a file under another name; it is gone afterwards, unless it was moved."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".formgen-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        yield part
    finally:
        part.unlink(missing_ok=True)


def _place_new(part: Path, path: Path) -> None:
    """Give a file its name unless that is taken."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a stick
        with path.open("xb") as file:
            path.chmod(part.stat().st_mode)
            file.write(part.read_bytes())
