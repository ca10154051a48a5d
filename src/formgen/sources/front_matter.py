"""Split a letter into the block of settings above its words, and the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Node

_FENCE = "---"
# What word processors make of it, or what is typed for it.
_LIKE_A_FENCE = re.compile(r"\s*[-–—_=*]+\s*")
_SETTING = re.compile(r"[a-z_]+:(?:\s|$)")


@dataclass(frozen=True)
class FrontMatter:
    """The settings above some words, the words, and the number of their first line."""

    settings: Node
    words: str
    first_line: int


def split_front_matter(text: str, path: Path) -> FrontMatter:
    """Return the parts of a letter. Raises InputError if its block of settings is not usable."""
    lines = text.splitlines(keepends=True)
    first = next((row for row, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or lines[first].strip() != _FENCE:
        _check_no_settings(lines[first:], path, first + 1)
        return FrontMatter(parse_yaml("", path), text, 1)
    for number, line in enumerate(lines[first + 1 :], first + 1):
        if line.strip() == _FENCE:
            settings = parse_yaml("".join(lines[first + 1 : number]), path, first_line=first + 2)
            return FrontMatter(settings, "".join(lines[number + 1 :]), number + 2)
    message = f"the block of settings above the words never ends; it started with {_FENCE}."
    fix = f"write {_FENCE} on a line of its own below it."
    raise InputError([Finding(Place(path, first + 1, 1), Code.NO_FENCE, message, fix)])


def _check_no_settings(lines: Sequence[str], path: Path, first_line: int) -> None:
    """Refuse words that start with a block of settings whose first line is lost or misspelt."""
    place = Place(path, first_line, 1)
    if lines and _LIKE_A_FENCE.fullmatch(lines[0]) and _is_settings(lines[1:]):
        message = f'"{lines[0].strip()}" does not start the block of settings above the words.'
        raise InputError([Finding(place, Code.NO_FENCE, message, f"write {_FENCE} instead.")])
    if _is_settings(lines):
        message = "the block of settings above the words has no first line."
        fix = f"write {_FENCE} on a line of its own above it."
        raise InputError([Finding(place, Code.NO_FENCE, message, fix)])


def _is_settings(lines: Sequence[str]) -> bool:
    """Tell whether lines read like settings: a name and a colon, and more or an end below."""
    if not lines or not _SETTING.match(lines[0]):
        return False
    below = [line.strip() for line in lines[1:] if line.strip()]
    return _FENCE in below or bool(below and _SETTING.match(below[0]))
