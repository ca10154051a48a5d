"""Change parts of a YAML file: any value, a group or list that is not there yet, an item, or none.

Drafts are made of what stands there, and the first that reads as it should is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from formgen.findings import InputError
from formgen.sources.characters import tidy
from formgen.sources.edit.drafts import first_that_reads, values_of
from formgen.sources.edit.texts import with_list, with_text
from formgen.sources.edit.yaml_lines import in_flow, in_lines
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Path_, Plain


@dataclass(frozen=True)
class Extent:
    """Where a value stands in a text, as offsets, its key before it, and what is in it."""

    start: int
    end: int
    key_start: int
    flow: bool
    inside: Mapping[str | int, Extent] | None = None


def with_value(text: str, file: Path, path: Path_, value: Plain) -> str:
    """Return a YAML text in which one value is another, with the groups that it lacks.

    A path that ends behind the last item of a list adds an item. Raises InputError if that cannot
    be done without touching anything else.
    """
    tree = parse_yaml(text, file)
    node, value = tree.get(*path), _tidied(value)
    is_text = isinstance(value, str) and node is not None
    if is_text and isinstance(value, str) and node and not isinstance(node.value, dict | list):
        return with_text(text, file, path, value)
    if node and isinstance(value, list) and _are_texts(value) and _are_texts(values_of(node)):
        try:
            return with_list(text, file, path, [str(each) for each in value])
        except InputError:
            pass  # what is in it cannot be kept, so all of it is written anew
    whole = extent_of(text)
    drafts = _put(text, whole, path, value) if whole else iter([_top(path, value)])
    wanted = _with(values_of(tree), path, value)
    return first_that_reads(drafts, file, wanted, tree.nearest(path).place)


def without(text: str, file: Path, path: Path_) -> str:
    """Return a YAML text without a key or an item, so that what is below it counts again.

    A group goes with its last key; a list without items stays, as an empty one. Raises InputError
    if that cannot be done without touching anything else.
    """
    tree = parse_yaml(text, file)
    if tree.get(*path) is None:
        return text
    above = tree.get(*path[:-1])
    size = len(above.value) if above and isinstance(above.value, dict | list) else 0
    if size == 1 and isinstance(path[-1], int):
        return with_value(text, file, path[:-1], [])
    if size == 1 and len(path) > 1 and not isinstance(path[-2], int):
        return without(text, file, path[:-1])
    whole = extent_of(text)
    drafts = _taken(text, whole, path) if whole else iter(())
    wanted = _with(values_of(tree), path, None, gone=True)
    return first_that_reads(drafts, file, wanted, tree.nearest(path).place)


def moved_up(text: str, file: Path, path: Path_) -> str:
    """Return a YAML text in which an item of a list stands before the one above it.

    Raises InputError if that cannot be done without touching anything else.
    """
    tree, number = parse_yaml(text, file), path[-1]
    whole = extent_of(text)
    found = _at(whole, path[:-1]) if whole else None
    if not isinstance(number, int) or not found or not found.inside or number not in found.inside:
        return text
    if number == 0:
        return text
    one, two = found.inside[number - 1], found.inside[number]
    items = values_of(tree.nearest(path[:-1]))
    assert isinstance(items, list)  # noqa: S101  (its extent has numbers)
    wanted_items = [*items]
    wanted_items[number - 1 : number + 1] = [items[number], items[number - 1]]
    wanted = _with(values_of(tree), path[:-1], wanted_items)

    def drafts() -> Iterator[str]:
        if not found.flow:
            a, b = _lines(text, one), _lines(text, two)
            first, second = text[a[0] : a[1]], text[b[0] : b[1]]
            if not second.endswith("\n"):
                second, first = f"{second}\n", first.removesuffix("\n")
            yield f"{text[: a[0]]}{second}{text[a[1] : b[0]]}{first}{text[b[1] :]}"
        between = text[one.end : two.start]
        swapped = f"{text[two.start : two.end]}{between}{text[one.start : one.end]}"
        yield f"{text[: one.start]}{swapped}{text[two.end :]}"

    return first_that_reads(drafts(), file, wanted, tree.nearest(path).place)


def extent_of(text: str) -> Extent | None:
    """Return where all values of a YAML text stand that reads; none of an empty one."""
    node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return _extent(text, node) if node else None


def _extent(text: str, node: Any, key_start: int = -1) -> Extent:
    start, end = node.start_mark.index, node.end_mark.index
    inside: dict[str | int, Extent] | None = None
    if isinstance(node, yaml.MappingNode):
        inside = {
            key.value: _extent(text, child, key.start_mark.index) for key, child in node.value
        }
    elif isinstance(node, yaml.SequenceNode):
        inside = {number: _extent(text, child) for number, child in enumerate(node.value)}
    flow = bool(getattr(node, "flow_style", False))
    if inside and not flow:
        end = max(child.end for child in inside.values())
    end = start + len(text[start:end].rstrip())
    return Extent(start, end, key_start, flow, inside)


def _at(whole: Extent, path: Path_) -> Extent | None:
    found: Extent | None = whole
    for step in path:
        found = found.inside.get(step) if found and found.inside else None
    return found


def _lines(text: str, extent: Extent) -> tuple[int, int]:
    """Return where the lines of a value begin and end, its key or dash with it."""
    begin = extent.key_start if extent.key_start >= 0 else extent.start
    end = text.find("\n", max(extent.end, begin))
    return text.rfind("\n", 0, begin) + 1, len(text) if end < 0 else end + 1


# --- Adding


def _put(text: str, whole: Extent, path: Path_, value: Plain) -> Iterator[str]:
    """Yield the text with a value at a path, where it stands or in the nearest group above."""
    depth, found = 0, whole
    while depth < len(path) and found.inside and path[depth] in found.inside:
        found, depth = found.inside[path[depth]], depth + 1
    rest = path[depth:]
    for step in reversed(rest[1:]):
        value = [value] if isinstance(step, int) else {step: value}
    if not rest:
        yield from _rewritten(text, found, value)
    elif found.inside is None and found.end > found.start:
        return  # a text stands there, which is not to be lost
    elif not found.inside:
        # A group that is empty, or written as {} or [].
        yield from _rewritten(
            text, found, [value] if isinstance(rest[0], int) else {rest[0]: value}
        )
    elif found.flow:
        last = max(child.end for child in found.inside.values())
        head = "" if isinstance(rest[0], int) else f"{rest[0]}: "
        yield f"{text[:last]}, {head}{in_flow(value)}{text[last:]}"
    else:
        yield from _below(text, found, rest[0], value, is_top=not depth)


def _rewritten(text: str, found: Extent, value: Plain) -> Iterator[str]:
    before = text[: found.start].rstrip(" ") if not found.flow else text[: found.start]
    if "\n" in text[found.start : found.end] or before.endswith("\n"):
        before = before.rstrip()
    blank = "" if before.endswith((" ", "[", "{")) else " "
    yield f"{before}{blank}{in_flow(value)}{text[found.end :]}"
    yield f"{text[: found.start]} {in_flow(value)}{text[found.end :]}"


def _below(
    text: str, group: Extent, key: str | int, value: Plain, *, is_top: bool
) -> Iterator[str]:
    """Yield the text with an entry more at the end of a group or list in lines of its own."""
    inside = list((group.inside or {}).values())
    last = max(inside, key=lambda each: each.end)
    end = _lines(text, last)[1]
    newline = "\r\n" if "\r\n" in text else "\n"
    first = inside[0]
    if isinstance(key, int):
        start = _lines(text, first)[0]
        indent = text[start : text.index("-", start)]
        lines = in_lines([value], indent, flow=first.flow)
    else:
        start = text.rfind("\n", 0, first.key_start) + 1
        lines = in_lines({key: value}, " " * (first.key_start - start))
    added = newline.join(lines) + newline
    open_end = newline if end and not text[:end].endswith("\n") else ""
    blank = newline if is_top and isinstance(value, dict | list) else ""
    rest = text[end:]
    if is_top:
        # A group comes last of all, below what may be said at the end of the file.
        text, rest = text.rstrip() + newline, ""
        yield f"{text}{blank}{added}{rest}"
    yield f"{text[:end]}{open_end}{added}{rest}"


def _top(path: Path_, value: Plain) -> str:
    for step in reversed(path[1:]):
        value = [value] if isinstance(step, int) else {step: value}
    return "\n".join(in_lines({str(path[0]): value}, "")) + "\n"


# --- Taking out


def _taken(text: str, whole: Extent, path: Path_) -> Iterator[str]:
    """Yield the text without the value at a path, and without its lines if those are its own."""
    above, gone = _at(whole, path[:-1]), _at(whole, path)
    if above is None or gone is None or above.inside is None:
        return
    begin = gone.key_start if gone.key_start >= 0 else gone.start
    others = sorted(above.inside.values(), key=lambda each: each.start)
    number = others.index(gone)
    if not above.flow:
        start, end = _lines(text, gone)
        yield text[:start] + text[end:]
    if number + 1 < len(others):
        after = others[number + 1]
        yield text[:begin] + text[after.key_start if after.key_start >= 0 else after.start :]
    if number:
        yield text[: others[number - 1].end] + text[gone.end :]
    yield text[:begin] + text[gone.end :]


# --- Values


def _with(held: Any, path: Path_, value: Any, *, gone: bool = False) -> Any:
    """Return bare values with the one at a path replaced, added, or gone."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = [*held] if isinstance(held, list) else []
        if gone and not rest:
            return [*items[:step], *items[step + 1 :]]
        child = items[step] if step < len(items) else None
        items[step : step + 1] = [_with(child, rest, value, gone=gone)]
        return items
    group = dict(held) if isinstance(held, dict) else {}
    if gone and not rest:
        return {key: each for key, each in group.items() if key != step}
    return {**group, step: _with(group.get(step), rest, value, gone=gone)}


def _tidied(value: Plain) -> Plain:
    if isinstance(value, dict):
        return {key: _tidied(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_tidied(child) for child in value]
    return tidy(value)


def _are_texts(value: object) -> bool:
    return isinstance(value, Sequence) and all(isinstance(each, str) for each in value)
