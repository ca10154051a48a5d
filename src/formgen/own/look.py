"""A local, looked at from what it builds on; and one thing that it says differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from formgen.compose.text.context import words_context
from formgen.kit import Kit, resolve_stack
from formgen.model.catalog import with_ids
from formgen.sources.layers import Stack
from formgen.sources.odd_files import read_sound_stack
from formgen.sources.paths import local_file, settings_paths
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node, overlay

Group = Literal["words", "settings", "forms", "promises", "documents", "packets", "looks"]


@dataclass(frozen=True)
class Difference:
    """One thing that a local says differently: what it is, how, and its file if it has one."""

    group: Group
    name: str
    lines: tuple[str, ...] = ()
    # The path of a file in the local's folder.
    file: str = ""


@dataclass(frozen=True)
class Look:
    """A local that was resolved, its layers, its own settings, and its documents' titles by id."""

    kit: Kit
    stack: Stack
    own: Node
    titles: Mapping[str, str]

    @property
    def language(self) -> str:
        """Return the language of its words."""
        return self.kit.settings.language

    @property
    def below(self) -> Stack:
        """Return the layers that it builds on."""
        return Stack(self.stack.layers[1:])

    def title(self, document: str) -> str:
        """Return what a document is called; one that is not built goes by its id."""
        return self.titles.get(document, document)


def look_at(place: Path) -> Look:
    """Read a local, and what it builds on. Raises InputError."""
    stack, own = read_sound_stack(local_file(place))
    kit = resolve_stack(stack, own)
    words = stack.local.file(settings_paths(kit.settings.language)[1])
    if words:
        own = overlay(read_yaml(words, stack.local.name), own)
    _, documents = words_context(kit)
    titles = {each["id"]: f"{each['title']} ({each['code']})" for each in documents.values()}
    return Look(kit, stack, with_ids(own, kit.catalog), titles)


def entries(node: Node | None) -> list[tuple[str, Node]]:
    """Return the entries of a group, or nothing."""
    return list(node.value.items()) if node and isinstance(node.value, dict) else []


def items(node: Node | None) -> list[Node]:
    """Return the items of a list, or nothing."""
    return node.value if node and isinstance(node.value, list) else []


def texts(node: Node | None) -> Iterator[str]:
    """Yield the texts of a list."""
    for each in items(node):
        if isinstance(each.value, str):
            yield each.value
