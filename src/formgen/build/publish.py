"""Publish a kit: whole files or none, the manifest last, nothing of others touched."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from formgen.json_shapes.base import FORMAT
from formgen.plain_files import read_plain, refuse_other

MANIFEST = "manifest.json"
# What the manifest is going to be, while a kit is being replaced.
NEXT = ".formgen-next.json"
INDEX = "index.html"
# Holds what is made for people, with a list and a lock of its own.
PEOPLE = "people"
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
_PART = re.compile(r"\.formgen-[a-z0-9_]{8}\.part")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a kit, as the manifest lists it."""

    path: str
    sha256: str
    bytes: int
    document: str = ""
    variant: str = ""
    privacy: str = ""
    pages: int = 0
    # The files of the layers that its words come from, as «layer:path».
    sources: tuple[str, ...] = ()
    # A hash of all that it may be made from, which tells whether that has changed since.
    state: str = ""


def describe(path: str, data: bytes, **facts: Any) -> Entry:
    """Return the manifest's entry for a file."""
    return Entry(path, hashlib.sha256(data).hexdigest(), len(data), **facts)


def entry_of(facts: Mapping[str, Any]) -> Entry:
    """Return the entry that was written as JSON."""
    return Entry(**{**facts, "sources": tuple(facts["sources"])})


def facts_of(entry: Entry) -> dict[str, Any]:
    """Return an entry to be written as JSON."""
    return {each.name: getattr(entry, each.name) for each in fields(entry)}


def is_there(folder: Path, entry: Entry) -> bool:
    """Tell whether a file of a kit is there, byte for byte."""
    try:
        return sha256_of(folder / entry.path) == entry.sha256
    except OSError:
        return False


def read_manifest(folder: Path, name: str = MANIFEST) -> list[Entry]:
    """Return the entries of a folder's manifest; an unreadable one counts as none.

    Entries for files outside of the folder are not ours, and left out.
    """
    try:
        return list(_inside(folder, entries_of(read_plain(folder / name))))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []


def entries_of(manifest: bytes) -> list[Entry]:
    """Return the entries of a manifest that this build, or one before it, wrote itself."""
    return [entry_of(facts) for facts in json.loads(manifest)["files"]]


def _inside(folder: Path, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries of files that lie in a folder, wherever links lead."""
    whole = folder.resolve()
    inside: dict[Path, bool] = {}
    for entry in entries:
        parts = PurePosixPath(entry.path).parts
        if not parts or ".." in parts or "\0" in entry.path:
            continue
        path = folder.joinpath(*parts)
        place = path.resolve() if path.is_symlink() else path.parent
        if place not in inside:
            inside[place] = place.resolve().is_relative_to(whole)
        if inside[place]:
            yield entry


def read_entries(folder: Path) -> list[Entry]:
    """Return what was made in a folder: by the last build, and by one that was killed since."""
    return [*read_manifest(folder), *read_manifest(folder, NEXT)]


def write_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that readers see the old one or the new one, never a part.

    A file that holds this already is not touched.
    """
    with _staged(path.parent, {path.name: data}, private=private) as parts:
        for part, target in parts.values():
            part.replace(target)


def manifest_bytes(kit: Mapping[str, Any], entries: Iterable[Entry]) -> bytes:
    """Return a manifest: its format, facts about the kit, its files in the order of their paths."""
    files = [facts_of(entry) for entry in sorted(entries, key=lambda entry: entry.path)]
    whole = {"format": FORMAT, **kit, "files": files}
    return f"{json.dumps(whole, indent=1, ensure_ascii=False)}\n".encode()


def replace_kit(  # noqa: PLR0913  (what a kit is replaced with)
    folder: Path,
    files: Mapping[str, bytes],
    manifest: bytes,
    before: Iterable[Entry],
    now: Iterable[Entry],
    *,
    private: bool = False,
) -> list[str]:
    """Replace a kit's files, remove those that are no longer built, write the manifest last.

    All is on the disk before the first file is replaced, so a full disk changes nothing.
    With ``private``, nobody but the user can read the files and the folders that are made.
    Returns the paths that were removed.
    """
    staged = {NEXT: manifest, **files, MANIFEST: manifest}
    with _staged(folder, staged, private=private) as parts, _undisturbed():
        if set(parts) - {NEXT}:
            for path, (part, target) in parts.items():
                if path != MANIFEST:
                    part.replace(target)
        removed = remove_leftovers(folder, before, now)
        if MANIFEST in parts:
            part, target = parts[MANIFEST]
            part.replace(target)
        (folder / NEXT).unlink(missing_ok=True)
    return removed


def cut_off_kits(out: Path) -> list[Path]:
    """Return the kits whose files were being replaced when the machine or the build was killed."""
    try:
        return sorted(each.parent for each in out.glob(f"*/{NEXT}"))
    except OSError:
        return []


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C, and what closes a terminal, for the moment that files are exchanged in."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    held: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: held.append(number))
        for number in (getattr(signal, name, None) for name in names)
        # A handler that Python did not set cannot be put back.
        if number is not None and signal.getsignal(number) is not None
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in held:
            signal.raise_signal(number)


@contextlib.contextmanager
def _staged(
    folder: Path, files: Mapping[str, bytes], *, private: bool
) -> Iterator[dict[str, tuple[Path, Path]]]:
    """Write files under other names beside their own; yield both names of each that differs."""
    parts: dict[str, tuple[Path, Path]] = {}
    made: list[Path] = []
    try:
        for path, data in files.items():
            target = folder / path
            if _holds(target, data):
                continue
            _refuse_strange(folder, target)
            made += _make_folder(target.parent, 0o700 if private else 0o777)
            part = target.with_name(f".formgen-{secrets.token_hex(4)}.part")
            parts[path] = part, target
            # The umask of whoever builds says who else can read it.
            handle = os.open(part, _NEW, 0o600 if private else 0o666)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        yield parts
    finally:
        for part, _ in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        for parent in reversed(made):
            # One that holds something by now stays.
            with contextlib.suppress(OSError):
                parent.rmdir()


def _refuse_strange(folder: Path, target: Path) -> None:
    """Raise OSError if a file would replace what is no file, or lie in another folder."""
    if os.path.lexists(target) and not target.is_symlink():
        refuse_other(target)
    links = [each for each in target.parents if each != folder and each.is_symlink()]
    for link in links:
        if link.is_relative_to(folder) and not link.resolve().is_relative_to(folder.resolve()):
            message = "it is a link to another folder"
            raise OSError(errno.EXDEV, message, str(link))


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and read_plain(path) == data
    except OSError:
        return False


def _make_folder(folder: Path, mode: int) -> list[Path]:
    """Make a folder and those above it; return those that were not there."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in missing[::-1]:
        parent.mkdir(mode, exist_ok=True)
    return missing[::-1]


def where_of(problem: OSError, folder: Path) -> Path:
    """Return what in a folder could not be written: the folder itself, if it is only a part."""
    where = Path(problem.filename2 or problem.filename or folder)
    return where if where.is_relative_to(folder) and not _is_part(where) else folder


def _is_part(path: Path) -> bool:
    return bool(_PART.fullmatch(path.name))


def sweep_parts(folder: Path) -> list[Path]:
    """Remove what a killed build left behind, and return it; nobody else may be at work there.

    Below a kit's folder, what is made for people is left alone: somebody may be at work on that.
    """
    swept = []
    for here, folders, names in os.walk(folder):
        if Path(here) == folder and PEOPLE in folders:
            folders.remove(PEOPLE)
        for name in names:
            path = Path(here, name)
            with contextlib.suppress(OSError):
                if _is_part(path) and not path.is_symlink():
                    path.unlink()
                    swept.append(path)
    return swept


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(read_plain(path)).hexdigest()


def remove_leftovers(folder: Path, before: Iterable[Entry], now: Iterable[Entry]) -> list[str]:
    """Remove files that the last build made and this one did not; return their paths.

    Files that changed since, or that formgen did not make, stay.
    """
    kept = {entry.path for entry in now}
    removed = []
    for entry in _inside(folder, (each for each in before if each.path not in kept)):
        path = folder.joinpath(*PurePosixPath(entry.path).parts)
        with contextlib.suppress(OSError):
            if sha256_of(path) == entry.sha256:
                path.unlink()
                removed.append(entry.path)
    return removed
