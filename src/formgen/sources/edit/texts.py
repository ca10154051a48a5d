"""Change single values of a YAML file and leave every other byte of it as it is.

Comments, order, quotes and blanks are a person's work. So no file is written anew: the place of a
value is looked up, its text alone is replaced, and the result is read back and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from formgen.sources.characters import tidy
from formgen.sources.edit.drafts import (
    Span,
    first_that_reads,
    sign_at,
    spans_of,
    values_with,
    with_line,
    written,
)
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Node, Path_

_QUOTES = {"'", '"'}


def with_text(text: str, file: Path, path: Path_, value: str) -> str:
    """Return a YAML text in which one value is another.

    A key that is not there yet is added to its group. Raises InputError if that cannot be done
    without touching anything else.
    """
    tree = parse_yaml(text, file)
    node = tree.get(*path)
    wanted = values_with(tree, path, tidy(value))
    if node is None:
        drafts = _added(text, tree.get(*path[:-1]), str(path[-1]), value)
    else:
        span = spans_of(text).get((node.place.line, node.place.column))
        drafts = _replaced(text, span, value) if span else iter(())
    return first_that_reads(drafts, file, wanted, (node or tree.nearest(path)).place)


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
    spans = spans_of(text)
    found = [spans.get((item.place.line, item.place.column)) for item in items]
    there = [span for span in found if span]
    drafts: Iterator[str] = iter(())
    if there and len(there) == len(items):
        old = [str(item.value) for item in items]
        flow = sign_at(text, node.place) == "["
        drafts = _rejoined(text, there, old, values, flow=flow)
    wanted = values_with(tree, path, [tidy(value) for value in values])
    return first_that_reads(drafts, file, wanted, node.place)


def _replaced(text: str, span: Span, value: str) -> Iterator[str]:
    """Yield the text with a value replaced: as it was quoted, then in quotes that hold anything."""
    before, old, after = text[: span.start], text[span.start : span.end], text[span.end :]
    blank = "" if old else " "
    # A text of several lines takes the end of its last one with it.
    end = old[len(old.rstrip("\r\n")) :] if span.quote not in _QUOTES else ""
    for each in written(value, span.quote):
        yield f"{before}{blank}{each}{end}{after}"


def _added(text: str, group: Node | None, key: str, value: str) -> Iterator[str]:
    """Yield the text with a new key behind the last text of its group."""
    entries = group.value if group and isinstance(group.value, dict) else {}
    spans = spans_of(text)
    for node in reversed(entries.values()):
        span = spans.get((node.place.line, node.place.column))
        if not group or not span or not node.key_place or not isinstance(node.value, str):
            continue
        for each in written(value):
            if sign_at(text, group.place) == "{":
                yield f"{text[: span.end]}, {key}: {each}{text[span.end :]}"
            else:
                line = f"{' ' * (node.key_place.column - 1)}{key}: {each}"
                yield with_line(text, span.end, line)


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
                    line = next(written(value))
                    text = with_line(text, shape.start, f"{head}{line}")
            if what in {"delete", "replace"}:
                for span in reversed(spans[start:end]):
                    text = _without_line(text, span)
        yield text
    elif "#" not in "".join(text[one.end : other.start] for one, other in pairwise(spans)):
        joined = ", ".join(next(written(value)) for value in values)
        yield f"{text[: spans[0].start]}{joined}{text[spans[-1].end :]}"


def _without_line(text: str, span: Span) -> str:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return text[:start] + (text[end + 1 :] if end >= 0 else "")
