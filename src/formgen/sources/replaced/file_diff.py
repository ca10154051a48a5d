"""How two files of one path differ: in their words, field by field, or line by line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from formgen.findings import InputError
from formgen.sources.characters import find_bad_character, tidy
from formgen.sources.front_matter import FrontMatter, split_front_matter
from formgen.sources.paths import CONTENT, MERGED
from formgen.sources.replaced.text_diff import (
    flat,
    form_changed,
    shortened,
    values_changed,
    words_changed,
)
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.text_files import decode_text
from formgen.sources.tree import Node, plain

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
# YAML takes these for the end of a line.
_STRANGE_BREAKS = re.compile("[\x85\u2028\u2029]")
# Less than this in common, and a paragraph was written anew.
_ALIKE = 0.5


def text_of(path: str, data: bytes) -> str | None:
    """Return the text of a file as it is compared and kept, or None for a picture."""
    try:
        text = decode_text(Path(path), data).replace("\r\n", "\n").expandtabs(4)
    except InputError:
        return None
    hidden = find_bad_character(text) or _STRANGE_BREAKS.search(text)
    return None if hidden else tidy(text)


def says_the_same(path: str, one: str, other: str) -> bool:
    """Tell whether two texts of one path say the same, whatever their comments and layout."""
    if one == other:
        return True
    try:
        if path.endswith(".yaml"):
            return plain(parse_yaml(one, Path(path))) == plain(parse_yaml(other, Path(path)))
        if path.endswith(".md"):
            mine, theirs = _letter(one, path), _letter(other, path)
            same = mine.words.split() == theirs.words.split()
            return same and plain(mine.settings) == plain(theirs.settings)
    except InputError:
        return False
    return False


def difference(path: str, before: str, now: str) -> tuple[str, ...]:
    """Return what two texts of one path say differently, a line for each spot."""
    if says_the_same(path, before, now):
        return ()
    try:
        return tuple(_spots(path, before, now)) or tuple(_lines(before, now))
    except InputError:
        return tuple(_lines(before, now))


def _spots(path: str, before: str, now: str) -> Iterator[str]:
    if path.endswith(".yaml"):
        yield from tree_changed(path, parse_yaml(before, Path(path)), parse_yaml(now, Path(path)))
    elif path.endswith(".md"):
        old, new = _letter(before, path), _letter(now, path)
        yield from form_changed(old.settings, new.settings)
        yield from _paragraphs_changed(old.words, new.words)
    else:
        yield from _lines(before, now)


def tree_changed(path: str, before: Node, now: Node) -> Iterator[str]:
    """Yield what two YAML files of one path say differently."""
    name = PurePosixPath(path)
    if name.name in MERGED or name.parts[0] != CONTENT:
        yield from values_changed(dict(flat(before)), dict(flat(now)))
    else:
        yield from form_changed(before, now)


def _letter(text: str, path: str) -> FrontMatter:
    parts = split_front_matter(text, Path(path))
    return FrontMatter(parts.settings, _COMMENT.sub("", parts.words), parts.first_line)


def _paragraphs_changed(before: str, now: str) -> Iterator[str]:
    """Yield each spot that differs, with the number of its paragraph."""
    old, new = _paragraphs(before), _paragraphs(now)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, start, end, start_now, end_now in matcher.get_opcodes():
        if what == "equal":
            continue
        pairs = zip_longest(old[start:end], new[start_now:end_now], fillvalue="")
        for number, (one, other) in enumerate(pairs, start_now + 1):
            if one and other and _is_alike(one, other):
                yield from (f"paragraph {number}: {spot}" for spot in words_changed(one, other))
                continue
            if one:
                yield f"{f'paragraph {number}' if other else 'a paragraph'}: [-{shortened(one)}-]"
            if other:
                yield f"paragraph {number}: {{+{shortened(other)}+}}"


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in _BLANK_LINES.split(text) if each.strip()]


def _is_alike(one: str, other: str) -> bool:
    matcher = difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() >= _ALIKE


def sentences_changed(path: str, before: str, now: str) -> tuple[int, int]:
    """Return how many sentences of a file are not as in the one before, and how many it has."""
    known, mine = set(_sentences(path, before)), _sentences(path, now)
    return sum(each not in known for each in mine), len(mine)


def _sentences(path: str, text: str) -> list[str]:
    words = text
    if path.endswith(".md"):
        try:
            words = _letter(text, path).words
        except InputError:
            words = text
    return [
        each
        for paragraph in _paragraphs(words)
        for each in _SENTENCE_END.split(paragraph)
        if each.strip()
    ]


def _lines(before: str, now: str) -> Iterator[str]:
    yield from difflib.unified_diff(
        before.splitlines(), now.splitlines(), "before", "now", lineterm="", n=1
    )
