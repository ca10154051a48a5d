"""The fonts: those that come as dependencies, and no others.

System fonts differ from machine to machine, and so would the pages.
"""

from __future__ import annotations

import functools
from pathlib import Path

SERIF = "Source Serif 4"
SANS = "Source Sans 3"
# Holds what the other two lack, such as more Cyrillic, Greek and Vietnamese.
FALLBACK = "Noto Sans"
FAMILIES = (SERIF, SANS, FALLBACK)


def font_files() -> list[Path]:
    """Return the files of all fonts that pages may use."""
    import fontpkg

    return sorted({file.path for name in FAMILIES for file in fontpkg.family(name).files})


@functools.cache
def _covered() -> tuple[frozenset[int], ...]:
    """Return the code points of each family's upright face."""
    import fontpkg
    from fontTools.ttLib import TTFont

    covered = []
    for name in FAMILIES:
        with TTFont(fontpkg.path(name), lazy=True) as face:
            covered.append(frozenset(face.getBestCmap()))
    return tuple(covered)


def missing_characters(text: str) -> list[str]:
    """Return the characters of a text that no font can print, each once."""
    if all(char.isascii() for char in text):
        return []
    covered = frozenset().union(*_covered())
    return sorted({c for c in text if ord(c) not in covered and not c.isspace()})
