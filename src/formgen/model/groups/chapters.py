"""The chapters of a manual: in which order they stand, and which a local leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from formgen.codes import Code
from formgen.findings import Finding, brief, did_you_mean
from formgen.model.groups.group import Group
from formgen.model.values import Needed
from formgen.sources.layers import Stack
from formgen.sources.tree import Node

# The chapter that a manual ends with.
_TOOLS = "tools"
_NUMBER = re.compile(r"^[0-9]+[a-z]?-")
Chapters = Annotated[tuple[Needed, ...], Field(max_length=60)]


class Manual(Group):
    """Which chapters come first, and which are left out, by the names of their files."""

    order: Chapters
    drop: Chapters


def usual_order(stack: Stack, folder: str) -> list[str]:
    """Return the chapters in a folder, by the numbers of their files.

    What has no number comes before the list of tools.
    """
    names = [name.removesuffix(".md") for name in stack.names_in(folder, ".md")]
    numbered = [name for name in names if _NUMBER.match(name)]
    others = [name for name in names if name not in numbered]
    ends = [at for at, name in enumerate(numbered) if _short(name) == _TOOLS]
    end = ends[-1] if ends else len(numbered)
    return [*numbered[:end], *others, *numbered[end:]]


def chapters_in(stack: Stack, folder: str, manual: Manual) -> list[str]:
    """Return the chapters of a manual as a local wants them: those that it names come first."""
    names = usual_order(stack, folder)
    dropped = {chapter_named(word, names) for word in manual.drop}
    kept = [name for name in names if name not in dropped]
    first = [name for word in manual.order if (name := chapter_named(word, kept))]
    return list(dict.fromkeys([*first, *kept]))


def chapter_named(word: str, names: Sequence[str]) -> str:
    """Return the chapter that is meant by the name of its file or what follows the number."""
    plain = word.rpartition("/")[2].removesuffix(".md").casefold()
    if plain in names:
        return plain
    return next((name for name in names if _short(name) == plain), "")


def _short(name: str) -> str:
    return _NUMBER.sub("", name)


def check_manual(manual: Manual, tree: Node, names: Sequence[str]) -> Iterator[Finding]:
    """Yield what is wrong with the chapters that a local names; ``names`` are all there are."""
    dropped = {chapter_named(word, names) for word in manual.drop}
    for key, words in (("order", manual.order), ("drop", manual.drop)):
        seen: set[str] = set()
        for index, word in enumerate(words):
            place = tree.nearest(("manual", key, index)).place
            name = chapter_named(word, names)
            if not name:
                shorts = [_short(each) for each in names]
                fix = did_you_mean(word, [*shorts, *names], f"they are: {', '.join(shorts)}.")
                message = f'there is no chapter "{brief(word)}".'
                yield Finding(place, Code.UNKNOWN_CHAPTER, message, fix)
            # That a word stands twice is found with all other lists.
            elif name in seen and words.count(word) == 1:
                yield Finding(place, Code.REPEATED, f"{name} is listed twice.", "delete one.")
            elif key == "order" and name in dropped:
                message = f"{name} has a place in the order, and is left out."
                yield Finding(place, Code.REPEATED, message, "take it off one of the two.")
            seen.add(name)
    yield from _check_voices(tree, names)
    if names and not set(names) - dropped:
        place = tree.nearest(("manual", "drop")).place
        fix = "leave the whole manual out: `documents: {omit: [manual]}`."
        yield Finding(place, Code.CONTRADICTION, "no chapter of the manual is left.", fix)


def _check_voices(tree: Node, names: Sequence[str]) -> Iterator[Finding]:
    """Yield what is wrong with the chapters that voices of the local belong to."""
    voices = tree.get("voices")
    for index in range(len(voices.value) if voices and isinstance(voices.value, list) else 0):
        chapter = tree.get("voices", index, "chapter")
        word = str(chapter.value or "") if chapter else ""
        if chapter and word and not chapter_named(word, names):
            fix = did_you_mean(word, [*map(_short, names), *names], "leave it out for any chapter.")
            message = f'there is no chapter "{brief(word)}".'
            yield Finding(chapter.place, Code.UNKNOWN_CHAPTER, message, fix)
