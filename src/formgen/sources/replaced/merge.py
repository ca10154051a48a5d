"""Three-way merge: take over into a local's own words what changed below, where nothing clashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Before, between and after what clashes, as Git and most editors know it.
_MINE, _BETWEEN, _THEIRS = "<<<<<<<", "=======", ">>>>>>>"


@dataclass(frozen=True)
class Merged:
    """A text with the changes of both sides, and in how many places they clash."""

    text: str
    clashes: int = 0


@dataclass(frozen=True)
class _Same:
    """Lines that nobody changed: where they stand in all three texts, and how many they are."""

    base: int
    mine: int
    theirs: int
    length: int


def merge(base: str, mine: str, theirs: str, label: str) -> Merged:
    """Return a text with what both sides changed since it was ``base``, line by line.

    How its last line ends counts for nothing.

    Where both changed the same lines, both stand in it, theirs below the ``label``.
    """
    texts = [text.splitlines() for text in (base, mine, theirs)]
    lines: list[str] = []
    clashes = at_base = at_mine = at_theirs = 0
    for same in _unchanged(*texts):
        was = texts[0][at_base : same.base]
        ours = texts[1][at_mine : same.mine]
        new = texts[2][at_theirs : same.theirs]
        if new in (was, ours):
            lines += ours
        elif ours == was:
            lines += new
        else:
            clashes += 1
            lines += [f"{_MINE} yours", *ours, _BETWEEN, *new, f"{_THEIRS} {label}"]
        lines += texts[1][same.mine : same.mine + same.length]
        at_base, at_mine, at_theirs = (
            start + same.length for start in (same.base, same.mine, same.theirs)
        )
    return Merged("".join(f"{line}\n" for line in lines), clashes)


def _unchanged(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[_Same]:
    """Yield the lines that stand in all three texts in their order; last, the end of all."""
    ours = SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks()
    others = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    one, other = 0, 0
    while one < len(ours) and other < len(others):
        left, right = ours[one], others[other]
        start = max(left.a, right.a)
        end = min(left.a + left.size, right.a + right.size)
        if start < end:
            places = left.b + start - left.a, right.b + start - right.a
            yield _Same(start, *places, end - start)
        if left.a + left.size < right.a + right.size:
            one += 1
        else:
            other += 1
    yield _Same(len(base), len(mine), len(theirs), 0)
