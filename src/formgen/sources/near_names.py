"""Names of files that are nearly the one that is meant, as editors and browsers make them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from formgen.sources.paths import CONTENT, LOCALS

# What computers add to a name: «(1)», « - Copy», «Copy of», a second ending.
_ADDED = re.compile(r"\s*(?:\(\d+\)|[-_ ]+copy(?:\s*\(\d+\))?|~)$|^copy of\s+", re.IGNORECASE)
_ENDINGS = (".txt", ".bak", ".old", ".doc", ".docx", ".rtf")
# More differs between names that only look alike.
_ALIKE = 0.85


def plain_name(name: str) -> str:
    """Return a name in small letters, without what computers add to it."""
    plain = name.casefold().strip()
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return _ADDED.sub("", plain)
    stem = _ADDED.sub("", stem).removesuffix(f".{ending}")
    return f"{stem}.{'yaml' if ending == 'yml' else ending}"


def near_name(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant by another one, or nothing."""
    by_plain = {plain_name(each): each for each in known}
    plain = plain_name(name)
    if plain in by_plain:
        return by_plain[plain]
    alike = difflib.get_close_matches(plain, by_plain, n=1, cutoff=_ALIKE)
    return by_plain[alike[0]] if alike else ""


def remedy_for_missing(path: Path) -> str:
    """Return what to do about a file or folder that is not there, by what lies beside it."""
    try:
        names = sorted(each.name for each in path.parent.iterdir())
    except OSError:
        names = []
    near = next((name for name in names if near_name(name, (path.name,))), "")
    if near and (path.parent / near).is_dir():
        return f"did you mean {path.parent / near}?"
    if near:
        return f"there is {near}: rename it, or name it so."
    usual = path.parent / CONTENT / LOCALS / path.name
    return f"did you mean {usual}?" if usual.is_dir() else "check the name."
