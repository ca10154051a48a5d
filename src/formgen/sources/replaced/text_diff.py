"""Differences for people to read: of texts word by word, of settings, of forms field by field."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Node, shown

_AROUND = 5
_LONGEST = 240
_WORD = re.compile(r"\S+")


def words_changed(old: str, new: str) -> Iterator[str]:
    """Yield each spot where words differ: ``… before [-old-] {+new+} after …``."""
    before, now = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, before, now, autojunk=False)
    for group in matcher.get_grouped_opcodes(_AROUND):
        parts = []
        for what, start, end, start_now, end_now in group:
            if what == "equal":
                parts.append(" ".join(before[start:end]))
                continue
            if end > start:
                parts.append(f"[-{' '.join(before[start:end])}-]")
            if end_now > start_now:
                parts.append(f"{{+{' '.join(now[start_now:end_now])}+}}")
        yield shortened(" ".join(part for part in parts if part))


def shortened(line: str) -> str:
    """Return a line, cut if it is too long to be read."""
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def flat(node: Node | None) -> Iterator[tuple[str, str]]:
    """Yield each setting of a tree with its dotted name; a list counts as one value."""
    yield from ((name, shown(value)) for name, value in flat_nodes(node))


def flat_nodes(node: Node | None, path: str = "") -> Iterator[tuple[str, Node]]:
    """Yield each value of a tree with its dotted name, where it stands; a list counts as one."""
    if node is None or node.value is None:
        return
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from flat_nodes(child, f"{path}.{key}" if path else key)
    else:
        yield path, node


def tree_of(data: bytes, name: str) -> Node:
    """Read a YAML file of a pack. Raises InputError."""
    return parse_yaml(data.decode("utf-8-sig"), Path(name))


def values_changed(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each named value that differs."""
    for name in dict.fromkeys([*old, *new]):
        before, now = old.get(name), new.get(name)
        if before == now:
            continue
        if before is None:
            yield shortened(f"{name}: {{+{now}+}}")
        elif now is None:
            yield shortened(f"{name}: [-{before}-]")
        elif " " in before or " " in now:
            yield from (f"{name}: {spot}" for spot in words_changed(before, now))
        else:
            yield shortened(f"{name}: [-{before}-] {{+{now}+}}")


def form_changed(old: Node, new: Node) -> Iterator[str]:
    """Yield what differs between two forms: sections, fields and promises, by their names."""
    yield from values_changed(_own(old), _own(new))
    before, now = _parts(old, "sections"), _parts(new, "sections")
    yield from _listed("section", before, now)
    for name in (name for name in before if name in now):
        one, other = before[name], now[name]
        for line in values_changed(_own(one), _own(other)):
            yield f"section {name}, {line}"
        for kind in ("field", "promise"):
            had, has = _parts(one, f"{kind}s"), _parts(other, f"{kind}s")
            yield from _listed(kind, had, has)
            for field in (field for field in had if field in has):
                changed = values_changed(dict(flat(had[field])), dict(flat(has[field])))
                yield from (f"{kind} {field}, {line}" for line in changed)


def _own(node: Node) -> dict[str, str]:
    """Return what a form or a section says itself, without its parts."""
    parts = ("sections", "fields", "promises")
    return {key: text for key, text in flat(node) if key not in parts}


def _parts(node: Node, key: str) -> dict[str, Node]:
    below = node.get(key)
    items = below.value if below and isinstance(below.value, list) else []
    return {item.text("name"): item for item in items}


def _listed(kind: str, old: Mapping[str, Node], new: Mapping[str, Node]) -> Iterator[str]:
    for name in (name for name in old if name not in new):
        yield f"{kind} {name} is gone: {old[name].text('label') or old[name].text('text')}"
    for name in (name for name in new if name not in old):
        yield f"{kind} {name} is new: {new[name].text('label') or new[name].text('text')}"
    kept_old = [name for name in old if name in new]
    kept_new = [name for name in new if name in old]
    if kept_old != kept_new:
        yield f"the {kind}s stand in another order: {', '.join(kept_new)}"
