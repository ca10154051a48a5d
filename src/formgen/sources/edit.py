"""Change single values of a YAML file and leave every other byte of it as it is.

Comments, order, quotes and blanks are a person's work. So no file is written anew: the place of a
value is looked up, its text alone is replaced, and the result is read back and compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import yaml

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.characters import tidy
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Node, Path_

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_QUOTES = {"'", '"'}


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


def with_text(text: str, file: Path, path: Path_, value: str) -> str:
    """Return a YAML text in which one value is another.

    A key that is not there yet is added to its group. Raises InputError if that cannot be done
    without touching anything else.
    """
    tree = parse_yaml(text, file)
    node = tree.get(*path)
    wanted = _bare(tree, path, tidy(value))
    if node is None:
        drafts = _added(text, tree.get(*path[:-1]), str(path[-1]), value)
    else:
        span = _spans(text).get((node.place.line, node.place.column))
        drafts = _replaced(text, span, value) if span else iter(())
    return _first_that_reads(drafts, file, wanted, (node or tree.nearest(path)).place)


def with_list(text: str, file: Path, path: Path_, values: Sequence[str]) -> str:
    """Return a YAML text in which one list of texts is another.

    Items that stay keep their lines and comments. Raises InputError if that cannot be done.
    """
    tree = parse_yaml(text, file)
    node = tree.nearest(path)
    items = node.value if isinstance(node.value, list) else []
    if len(items) == len(values):
        for index, value in enumerate(values):
            if items[index].value != value:
                text = with_text(text, file, (*path, index), value)
        return text
    spans = _spans(text)
    found = [spans.get((item.place.line, item.place.column)) for item in items]
    there = [span for span in found if span]
    drafts: Iterator[str] = iter(())
    if there and len(there) == len(items):
        old = [str(item.value) for item in items]
        flow = _at(text, node.place) == "["
        drafts = _rejoined(text, there, old, values, flow=flow)
    wanted = _bare(tree, path, [tidy(value) for value in values])
    return _first_that_reads(drafts, file, wanted, node.place)


def _spans(text: str) -> dict[tuple[int, int], Span]:
    """Return where each text of a file stands, by the line and the column that it starts at."""
    spans = {}
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark, event.end_mark
            span = Span(start.index, end.index, event.style or "")
            spans[start.line + 1, start.column + 1] = span
    return spans


def _replaced(text: str, span: Span, value: str) -> Iterator[str]:
    """Yield the text with a value replaced: as it was quoted, then in quotes that hold anything."""
    before, old, after = text[: span.start], text[span.start : span.end], text[span.end :]
    blank = "" if old else " "
    # A text of several lines takes the end of its last one with it.
    end = old[len(old.rstrip("\r\n")) :] if span.quote not in _QUOTES else ""
    for written in _written(value, span.quote):
        yield f"{before}{blank}{written}{end}{after}"


def _written(value: str, quote: str = "") -> Iterator[str]:
    if quote == "'":
        doubled = value.replace("'", "''")
        yield f"'{doubled}'"
    elif not quote and value:
        yield value
    # JSON's strings are YAML's double-quoted ones.
    yield json.dumps(value, ensure_ascii=False)


def _added(text: str, group: Node | None, key: str, value: str) -> Iterator[str]:
    """Yield the text with a new key behind the last text of its group."""
    entries = group.value if group and isinstance(group.value, dict) else {}
    spans = _spans(text)
    for node in reversed(entries.values()):
        span = spans.get((node.place.line, node.place.column))
        if not group or not span or not node.key_place or not isinstance(node.value, str):
            continue
        for written in _written(value):
            if _at(text, group.place) == "{":
                yield f"{text[: span.end]}, {key}: {written}{text[span.end :]}"
            else:
                line = f"{' ' * (node.key_place.column - 1)}{key}: {written}"
                yield _with_line(text, span.end, line)


def _with_line(text: str, offset: int, line: str) -> str:
    """Return the text with a line more, below the one that an offset is in."""
    end = re.compile(r"\r\n|\r|\n").search(text, offset)
    if end is None:
        return f"{text}\n{line}"
    return f"{text[: end.end()]}{line}{end[0]}{text[end.end() :]}"


def _rejoined(
    text: str, spans: Sequence[Span], old: Sequence[str], values: Sequence[str], *, flow: bool
) -> Iterator[str]:
    """Yield the text with some items of a list more, or fewer."""
    steps = SequenceMatcher(None, old, values, autojunk=False).get_opcodes()
    if not flow:
        for what, start, end, begin, finish in reversed(steps):
            if what in {"insert", "replace"}:
                shape = spans[max(end - 1, 0)]
                head = text[text.rfind("\n", 0, shape.start) + 1 : shape.start]
                for value in reversed(values[begin:finish]):
                    line = next(_written(value))
                    text = _with_line(text, shape.start, f"{head}{line}")
            if what in {"delete", "replace"}:
                for span in reversed(spans[start:end]):
                    text = _without_line(text, span)
        yield text
    elif "#" not in "".join(text[one.end : other.start] for one, other in pairwise(spans)):
        written = ", ".join(next(_written(value)) for value in values)
        yield f"{text[: spans[0].start]}{written}{text[spans[-1].end :]}"


def _without_line(text: str, span: Span) -> str:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def _at(text: str, place: Place) -> str:
    """Return the character that stands at a place."""
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[place.line - 1][place.column - 1 :][:1]


def _bare(node: Node, path: Path_, value: object) -> object:
    """Return the values of a tree, with the one at a path replaced or added."""
    if not path:
        return value
    held = _values(node)
    step = path[0]
    if isinstance(held, dict) and isinstance(node.value, dict):
        child = node.value.get(str(step))
        held[str(step)] = _bare(child or Node({}, node.place), path[1:], value)
    elif isinstance(held, list) and isinstance(node.value, list):
        held[int(step)] = _bare(node.value[int(step)], path[1:], value)
    return held


def _values(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: _values(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_values(child) for child in node.value]
    return node.value


def _first_that_reads(drafts: Iterator[str], file: Path, wanted: object, place: Place) -> str:
    """Return the first draft that holds exactly what is wanted. Raises InputError."""
    for draft in drafts:
        try:
            if _values(parse_yaml(draft, file)) == wanted:
                return draft
        except InputError:
            continue
    message = "this cannot be changed without touching what stands around it."
    raise InputError([Finding(place, Code.NOT_EDITABLE, message, "change it by hand.")])
