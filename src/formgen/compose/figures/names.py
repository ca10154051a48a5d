"""The name on a certificate: as large as its letters allow, on two lines at most."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from formgen.compose.figures.measure import width_of

# Up to how many letters a name is so large, in points, on one line.
_ONE_LINE = ((24, 36), (36, 27), (52, 21))
# The sizes of a name on two lines.
_TWO_LINES = (20, 17, 14, 11, 9)
# As wide as certificate.css lets a name be, in points, less what letters differ.
_ROOM = 590.0

_MOST_INITIALS = 4


@dataclass(frozen=True)
class NameLines:
    """A name as it is set: its lines, and their size in points, which is a class of the page."""

    lines: tuple[str, ...]
    size: int
    # Whether they are as wide as there is room, or less.
    fits: bool = True


def set_name(name: str) -> NameLines:
    """Return the lines and the size that suit the length of a name."""
    text = " ".join(name.split())
    for letters, size in _ONE_LINE:
        if len(text) <= letters and _fits((text,), size):
            return NameLines((text,), size)
    lines = _balanced(text)
    for size in _TWO_LINES:
        if _fits(lines, size):
            return NameLines(lines, size)
    return NameLines(lines, _TWO_LINES[-1], fits=False)


def _fits(lines: tuple[str, ...], size: int) -> bool:
    return all(width_of(line, size) <= _ROOM for line in lines)


def _balanced(text: str) -> tuple[str, ...]:
    """Return a text on two lines that are about as long, broken at a space if it has one."""
    words = text.split(" ")
    if len(words) == 1:
        # Only where there is nothing else is a name broken at its hyphen.
        parts = text.split("-")
        words = [f"{part}-" for part in parts[:-1]] + parts[-1:]
        return _halves(words, "")
    return _halves(words, " ")


def _halves(words: list[str], joint: str) -> tuple[str, ...]:
    if len(words) == 1:
        return (words[0],)
    splits = [
        (joint.join(words[:at]), joint.join(words[at:])) for at, _ in enumerate(pairwise(words), 1)
    ]
    return min(splits, key=lambda lines: max(width_of(line, 20) for line in lines))


def initials_of(name: str) -> str:
    """Return two to four letters that stand for a name, as its capitals do; else none."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper()]
    letters = "".join(word if word.isupper() else word[0] for word in words)
    if len(letters) > _MOST_INITIALS:
        letters = "".join(word[0] for word in words)[:_MOST_INITIALS]
    return letters if len(letters) > 1 else ""
