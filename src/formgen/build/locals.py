"""Find the locals that a command means."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from formgen.plain_files import is_utf8
from formgen.sources.paths import LOCAL_FILE, PACKS

# The sample locals of packs, which are not the state's own.


def locals_below(places: Iterable[Path], out: Path) -> list[Path]:
    """Return the locals that are meant: a file, a folder that holds one, or all below a folder.

    A folder without any stays in the list: reading it tells what is missing.
    """
    found: dict[Path, Path] = {}
    for place in places:
        for local in _below(place, out):
            found.setdefault(local.absolute(), local)
    return list(found.values())


def _below(place: Path, out: Path) -> list[Path]:
    try:
        if not place.is_dir() or (place / LOCAL_FILE).exists():
            return [place]
        return sorted(_walk(place, out.resolve())) or [place]
    except (OSError, ValueError, RuntimeError):  # a name that no disk can hold
        return [place]


def _walk(place: Path, out: Path) -> Iterator[Path]:
    closed: list[Path] = []
    for here, folders, files in os.walk(
        place, onerror=lambda problem: closed.append(Path(problem.filename))
    ):
        # A folder that cannot be opened may be a local: reading it tells why not.
        yield from closed
        closed.clear()
        folder = Path(here)
        if LOCAL_FILE in files:
            yield folder
            folders.clear()
            continue
        yield from (folder / name for name in folders if not is_utf8(name))
        folders[:] = [name for name in folders if _is_looked_into(folder / name, out)]
    yield from closed


def _is_looked_into(folder: Path, out: Path) -> bool:
    usual = is_utf8(folder.name) and not folder.name.startswith(".") and folder.name != PACKS
    return usual and folder.resolve() != out
