"""Drafts of a changed YAML file: where its values stand, and whether a draft reads as it should."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Node, Path_

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Span:
    """Where a text stands in a file, as offsets, and the sign that its value is quoted with."""

    start: int
    end: int
    quote: str = ""


def text_of(data: bytes) -> str:
    """Return the text of a file that was read strictly before, with its line ends as they are."""
    return data.decode("utf-8-sig")


def data_of(text: str, before: bytes) -> bytes:
    """Return the bytes of a changed text, with a byte-order mark if there was one before."""
    mark = _BYTE_ORDER_MARK if before.startswith(_BYTE_ORDER_MARK) else b""
    return mark + text.encode()


def spans_of(text: str) -> dict[tuple[int, int], Span]:
    """Return where each text of a file stands, by the line and the column that it starts at."""
    spans = {}
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark, event.end_mark
            span = Span(start.index, end.index, event.style or "")
            spans[start.line + 1, start.column + 1] = span
    return spans


def written(value: str, quote: str = "") -> Iterator[str]:
    """Yield a text as it can be written: quoted as before, then in quotes that hold anything."""
    if quote == "'":
        doubled = value.replace("'", "''")
        yield f"'{doubled}'"
    elif not quote and value:
        yield value
    # JSON's strings are YAML's double-quoted ones.
    yield json.dumps(value, ensure_ascii=False)


def with_line(text: str, offset: int, line: str) -> str:
    """Return the text with a line more, below the one that an offset is in."""
    end = re.compile(r"\r\n|\r|\n").search(text, offset)
    if end is None:
        return f"{text}\n{line}"
    return f"{text[: end.end()]}{line}{end[0]}{text[end.end() :]}"


def sign_at(text: str, place: Place) -> str:
    """Return the character that stands at a place."""
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[place.line - 1][place.column - 1 :][:1]


def values_with(node: Node, path: Path_, value: object) -> object:
    """Return the values of a tree, with the one at a path replaced or added."""
    if not path:
        return value
    held = values_of(node)
    step = path[0]
    if isinstance(held, dict) and isinstance(node.value, dict):
        child = node.value.get(str(step))
        held[str(step)] = values_with(child or Node({}, node.place), path[1:], value)
    elif isinstance(held, list) and isinstance(node.value, list):
        held[int(step)] = values_with(node.value[int(step)], path[1:], value)
    return held


def values_of(node: Node) -> object:
    """Return the bare values of a tree, empty ones among them."""
    if isinstance(node.value, dict):
        return {key: values_of(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [values_of(child) for child in node.value]
    return node.value


def first_that_reads(drafts: Iterator[str], file: Path, wanted: object, place: Place) -> str:
    """Return the first draft that holds exactly what is wanted. Raises InputError."""
    for draft in drafts:
        try:
            if values_of(parse_yaml(draft, file)) == wanted:
                return draft
        except InputError:
            continue
    message = "this cannot be changed without touching what stands around it."
    raise InputError([Finding(place, Code.NOT_EDITABLE, message, "change it by hand.")])
