"""Find the locals that a command means."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from formgen.sources.layers import LOCAL_FILE
from formgen.sources.paths import PACKS

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
    for here, folders, files in os.walk(place):
        folder = Path(here)
        if LOCAL_FILE in files:
            yield folder
            folders.clear()
            continue
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and name != PACKS and (folder / name).resolve() != out
        ]
