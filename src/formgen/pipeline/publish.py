"""Publish a kit: whole files or none, the manifest last, nothing of others touched."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

MANIFEST = "manifest.json"
INDEX = "index.html"


@dataclass(frozen=True)
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


def describe(path: str, data: bytes, **facts: Any) -> Entry:
    """Return the manifest's entry for a file."""
    return Entry(path, hashlib.sha256(data).hexdigest(), len(data), **facts)


def read_manifest(folder: Path) -> list[Entry]:
    """Return the entries of a folder's manifest; an unreadable one counts as none.

    Entries for files outside of the folder are not ours, and left out.
    """
    try:
        known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        entries = [
            Entry(**{**entry, "sources": tuple(entry["sources"])}) for entry in known["files"]
        ]
        return [entry for entry in entries if _is_inside(folder, entry.path)]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []


def _is_inside(folder: Path, path: str) -> bool:
    whole = folder.joinpath(*PurePosixPath(path).parts).resolve()
    return whole != folder.resolve() and whole.is_relative_to(folder.resolve())


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that readers see the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".formgen-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def write_manifest(folder: Path, kit: Mapping[str, str], entries: Iterable[Entry]) -> None:
    """Write the manifest: facts about the kit, then its files in the order of their paths."""
    files = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)]
    text = json.dumps({**kit, "files": files}, indent=1, ensure_ascii=False)
    write_file(folder / MANIFEST, f"{text}\n".encode())


def remove_leftovers(folder: Path, before: Iterable[Entry], now: Iterable[Entry]) -> list[str]:
    """Remove files that the last build made and this one did not; return their paths.

    Files that changed since, or that formgen did not make, stay.
    """
    kept = {entry.path for entry in now}
    removed = []
    for entry in before:
        path = folder.joinpath(*PurePosixPath(entry.path).parts)
        if entry.path in kept or not _is_inside(folder, entry.path):
            continue
        with contextlib.suppress(OSError):
            if hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256:
                path.unlink()
                removed.append(entry.path)
    return removed
