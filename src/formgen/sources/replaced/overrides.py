"""What a local has of its own: files that replace others, and settings that hide its packs'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import FOLDERS, OWN_FILES, settings_paths
from formgen.sources.replaced.text_diff import flat
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.styles import added_to
from formgen.sources.tree import Node, overlay

# What a local is, and nothing that it decides otherwise than its packs.
IDENTITY = ("formgen", "id", "extends", "pack_keys")


@dataclass(frozen=True)
class OwnFile:
    """A local's own file that replaces another one, or adds to it."""

    path: str
    # The name of the layer whose file that is.
    of: str


@dataclass(frozen=True)
class HiddenSetting:
    """A setting that a local gives another value than the pack that decides it."""

    name: str
    value: str
    hidden: str
    # The name of that pack's layer.
    of: str


def own_files(stack: Stack) -> list[OwnFile]:
    """Return the local's own files that stand in for, or add to, files of the layers below it."""
    below = Stack(stack.layers[1:])
    paths = [path for folder in sorted(FOLDERS) for path in stack.local.paths(folder)]
    found = [(path, below.find(added_to(path) or path)) for path in paths if path != OWN_FILES]
    return [OwnFile(path, each[0].name) for path, each in found if each]


def values_below(stack: Stack, language: str) -> dict[str, tuple[str, Layer]]:
    """Return the value of each setting below a local, and the layer that decides it.

    Raises InputError.
    """
    return values_of(stack.layers[1:], *settings_paths(language))


def values_of(layers: Sequence[Layer], *paths: str) -> dict[str, tuple[str, Layer]]:
    """Return each value in some files of layers, nearest first, and the layer that decides it.

    Within a layer, a later path lies on an earlier one. Raises InputError.
    """
    found: dict[str, tuple[str, Layer]] = {}
    for layer in reversed(layers):
        files = filter(None, map(layer.file, paths))
        trees = [read_yaml(file, layer.name) for file in files]
        if trees:
            values = flat(reduce(overlay, trees))
            found |= {name: (value, layer) for name, value in values}
    return found


def hidden_settings(stack: Stack, own: Node, language: str) -> Iterator[HiddenSetting]:
    """Yield each setting of a local that hides another value of its packs. Raises InputError."""
    words = stack.local.file(settings_paths(language)[1])
    whole = overlay(read_yaml(words, stack.local.name), own) if words else own
    below = values_below(stack, language)
    base = stack.layers[-1]
    for name, value in flat(whole):
        said, layer = below.get(name, (value, base))
        if layer is not base and said != value and name not in IDENTITY:
            yield HiddenSetting(name, value, said, layer.name)
