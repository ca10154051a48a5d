"""Where formgen keeps what it can make again: a folder of entries, each checked when it is read.

An entry is found by the fingerprint of all that went into it, so it is never out of date.
It can be deleted at any moment, by anybody; what is damaged counts as missing.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, Place

VARIABLE = "FORMGEN_CACHE"
MOST_BYTES = 2_000_000_000
# Trimming goes below the limit by this share, so that it is not needed again at once.
_TRIMMED = 0.9
# A part that is older was left behind by a process that was killed.
_PART_SECONDS = 3600.0
_NAME = re.compile(r"[0-9a-f]{64}")
_PART = ".part"


def cache_folder() -> Path:
    """Return the cache folder: `$FORMGEN_CACHE`, else the platform's own place for it.

    Where that cannot be written, it is a folder of the user's among temporary files.
    """
    wanted = _wanted_folder()
    return wanted if _can_be_written(wanted) else _spare_folder()


def cache_finding() -> Finding | None:
    """Return a warning if what is made cannot be kept where it should be."""
    wanted = _wanted_folder()
    if _can_be_written(wanted):
        return None
    message = f"nothing can be kept there, so it is kept in {_spare_folder()} for now."
    fix = f"give permission there, or name another folder in {VARIABLE}."
    return Finding(Place(wanted), Code.NO_CACHE, message, fix)


def _wanted_folder() -> Path:
    chosen = os.environ.get(VARIABLE)
    if chosen:
        # Fontconfig looks for relative names elsewhere.
        return Path(chosen).absolute()
    from platformdirs import user_cache_path

    return user_cache_path("formgen", appauthor=False)


def _can_be_written(folder: Path) -> bool:
    try:
        there = next(each for each in (folder, *folder.parents) if each.exists())
        return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    except OSError:
        return False


@functools.cache
def _spare_folder() -> Path:
    """Return a folder that nobody else can have put something into."""
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir(), f"formgen-{user}")
    with contextlib.suppress(OSError):
        folder.mkdir(0o700, exist_ok=True)
        facts = folder.lstat()
        others = stat.S_IMODE(facts.st_mode) & 0o077
        if not hasattr(os, "getuid") or (facts.st_uid == os.getuid() and not others):
            return folder
    return Path(tempfile.mkdtemp(prefix="formgen-"))


@dataclass(frozen=True)
class Cache:
    """Entries by key, a SHA-256 in hexadecimal; the least recently used go when it is full."""

    folder: Path
    most_bytes: int = MOST_BYTES

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, or None if it is missing or damaged."""
        path = self._path(key)
        try:
            whole = path.read_bytes()
        except OSError:
            return None
        content = whole[hashlib.sha256().digest_size :]
        if whole != _seal(key, content) + content:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> bool:
        """Keep something under a key; tell whether the disk allowed it."""
        path = self._path(key)
        part = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=_PART)
            part = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(_seal(key, content) + content)
            part.replace(path)
        except OSError:
            if part:
                with contextlib.suppress(OSError):
                    part.unlink()
            return False
        return True

    def remove(self, key: str) -> None:
        """Remove what is kept under a key."""
        with contextlib.suppress(OSError):
            self._path(key).unlink()

    def trim(self) -> None:
        """Remove what was not used for the longest time, until the rest fits the limit."""
        entries = sorted(self._entries())
        size = sum(length for _, length, _ in entries)
        if size <= self.most_bytes:
            return
        for _, length, path in entries:
            if size <= self.most_bytes * _TRIMMED:
                return
            with contextlib.suppress(OSError):
                path.unlink()
                size -= length

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Yield the time of last use, size and path of each entry; abandoned parts go."""
        for path in _files_below(self.folder):
            try:
                known = path.stat()
                if _NAME.fullmatch(path.name):
                    yield known.st_mtime, known.st_size, path
                elif path.suffix == _PART and known.st_mtime < time.time() - _PART_SECONDS:
                    path.unlink()
            except OSError:
                continue


def _files_below(folder: Path) -> list[Path]:
    """Return the files in a folder's folders; one that vanishes meanwhile has none."""
    found: list[Path] = []
    # Unlike Path.glob, this passes over what is deleted while it looks.
    for here, _, names in os.walk(folder):
        found += [Path(here, name) for name in names]
    return found


def _seal(key: str, content: bytes) -> bytes:
    """Return what proves that an entry is whole, and that it belongs to its key."""
    seal = hashlib.sha256(key.encode())
    seal.update(content)
    return seal.digest()


def user_cache() -> Cache:
    """Return the cache that all builds of this user share."""
    return Cache(cache_folder() / "made")
