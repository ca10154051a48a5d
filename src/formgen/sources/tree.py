"""A tree of values that remembers where each of them was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from formgen.findings import Place

Path_: TypeAlias = tuple[str | int, ...]
Plain: TypeAlias = "str | dict[str, Plain] | list[Plain]"


@dataclass(frozen=True)
class Node:
    """A value and its place: a text, a mapping or a list of nodes, or None if left empty."""

    value: str | dict[str, Node] | list[Node] | None
    place: Place
    # Where the key stands, for nodes that are values of a mapping.
    key_place: Place | None = None
    # The layer that supplied the value (a pack's id, or the local's).
    layer: str = ""

    def get(self, *path: str | int) -> Node | None:
        """Return the node at a path of keys and indexes, or None."""
        node: Node | None = self
        for step in path:
            node = _child(node, step) if node else None
        return node

    def nearest(self, path: Path_) -> Node:
        """Return the node at a path, or the nearest one above it that exists."""
        node = self
        for step in path:
            child = node.get(step)
            if child is None:
                break
            node = child
        return node

    def text(self, *path: str | int, default: str = "") -> str:
        """Return the text at a path, or the default if there is none."""
        node = self.get(*path)
        return node.value if node and isinstance(node.value, str) else default


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(str(step))
    if isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def plain(node: Node) -> Plain:
    """Return the bare values; keys that were left empty are left out."""
    if isinstance(node.value, dict):
        return {k: plain(child) for k, child in node.value.items() if child.value is not None}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value or ""


def overlay(below: Node, above: Node) -> Node:
    """Lay one tree over another: mappings merge key by key, all else is replaced.

    A value that was left empty above does not hide the one below.
    """
    if above.value is None:
        return below
    if isinstance(below.value, dict) and isinstance(above.value, dict):
        merged = dict(below.value)
        for key, child in above.value.items():
            merged[key] = overlay(merged[key], child) if key in merged else child
        return replace(above, value=merged)
    return above


def leaves(node: Node, path: Path_ = ()) -> Iterator[tuple[Path_, Node]]:
    """Yield every text of the tree with its path, in the order of the file."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from leaves(child, (*path, key))
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from leaves(child, (*path, index))
    elif node.value is not None:
        yield path, node


def shown(node: Node) -> str:
    """Write a value on one line."""
    if isinstance(node.value, list):
        return f"[{', '.join(shown(item) for item in node.value)}]"
    if isinstance(node.value, dict):
        return f"{{{', '.join(f'{key}: {shown(item)}' for key, item in node.value.items())}}}"
    return node.value or '""'


def map_texts(node: Node, change: Callable[[str, Node], str]) -> Node:
    """Return the tree with every text replaced by ``change(text, node)``."""
    if isinstance(node.value, dict):
        return replace(node, value={k: map_texts(c, change) for k, c in node.value.items()})
    if isinstance(node.value, list):
        return replace(node, value=[map_texts(child, change) for child in node.value])
    return node if node.value is None else replace(node, value=change(node.value, node))
