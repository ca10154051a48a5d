"""The values that a local or its packs give, marked wherever they are printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from formgen.compose.text.marks import Marked, MarkedNumber
from formgen.kit import Kit
from formgen.reference.shape import ANY, choices_of, settings_shape, walk
from formgen.sources.layers import BASE, Stack
from formgen.sources.paths import settings_paths
from formgen.sources.tree import Node, Path_, leaves

# Values that are no words, and addresses, which are links.
_NO_WORDS = frozenset(("id", "language", "key", "pack", "file", "color", "link"))
_PRINTED = frozenset(("string", "integer", "array"))


@dataclass(frozen=True)
class OwnValues:
    """What is said in other words than formgen's own: the name of each setting, by its path."""

    names: Mapping[Path_, str] = field(default_factory=lambda: MappingProxyType({}))

    def mark(self, text: str, *paths: str) -> str:
        """Return a text that was made of the first of these settings that is the local's own."""
        keys = (tuple(path.split(".")) for path in paths)
        name = next((self.names[key] for key in keys if key in self.names), "")
        return Marked(text, name) if name and text else text

    def marked(self, value: Any, path: Path_ = ()) -> Any:
        """Return settings with those marked that are the local's own."""
        if isinstance(value, dict):
            return {key: self.marked(each, (*path, key)) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return tuple(self.marked(each, (*path, n)) for n, each in enumerate(value))
        name = self.names.get(path, "")
        if name and isinstance(value, int):
            return MarkedNumber(value, name)
        return Marked(value, name) if name and value else value


def own_values(kit: Kit) -> OwnValues:
    """Return the values of a kit that are words or numbers and no default."""
    defaults = Stack(kit.stack.layers[-1:]).merged(*settings_paths(kit.settings.language))
    printed = {path: part for path, part in walk(settings_shape()) if _is_printed(part)}
    names: dict[Path_, str] = {}
    for path, leaf in leaves(kit.tree):
        pattern = ".".join(ANY if isinstance(step, int) else step for step in path)
        known = pattern in printed or pattern.removesuffix(f".{ANY}") in printed
        if known and leaf.layer != BASE and leaf.value not in _defaults(defaults, path):
            steps = (str(step + 1) if isinstance(step, int) else step for step in path)
            names[path] = ".".join(steps)
    return OwnValues(names)


def _is_printed(shape: Mapping[str, Any]) -> bool:
    kinds = {shape.get("kind"), shape.get("items", {}).get("kind")}
    return shape.get("type") in _PRINTED and not choices_of(shape) and not kinds & _NO_WORDS


def _defaults(defaults: Node, path: Path_) -> list[str]:
    """Return what a setting, or any item of its list, is by default."""
    node = defaults.get(*(path[:-1] if isinstance(path[-1], int) else path))
    return [str(leaf.value) for _, leaf in leaves(node)] if node else []
