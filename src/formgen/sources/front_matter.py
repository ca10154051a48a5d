"""Split a letter into the block of settings above its words, and the words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Node

_FENCE = "---"


@dataclass(frozen=True)
class FrontMatter:
    """The settings above some words, the words, and the number of their first line."""

    settings: Node
    words: str
    first_line: int


def split_front_matter(text: str, path: Path) -> FrontMatter:
    """Return the parts of a letter. Raises InputError if its block of settings is not usable."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].strip() != _FENCE:
        return FrontMatter(parse_yaml("", path), text, 1)
    for number, line in enumerate(lines[1:], 1):
        if line.strip() == _FENCE:
            settings = parse_yaml("".join(lines[1:number]), path, first_line=2)
            return FrontMatter(settings, "".join(lines[number + 1 :]), number + 2)
    message = f"the block of settings above the words never ends; it started with {_FENCE}."
    fix = f"write {_FENCE} on a line of its own below it."
    raise InputError([Finding(Place(path, 1, 1), Code.NO_FENCE, message, fix)])
