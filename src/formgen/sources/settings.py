"""The settings that each layer gives, as they were written."""

from __future__ import annotations

from formgen.sources.layers import Layer
from formgen.sources.paths import FIRST_LANGUAGE, settings_paths
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node


def language_of(own: Node) -> str:
    """Return the language that a local's settings ask for."""
    return own.text("language") or FIRST_LANGUAGE


def settings_of(layer: Layer, language: str) -> list[Node]:
    """Return the settings of a pack, file by file; a later one lies on an earlier one.

    Raises InputError.
    """
    files = [layer.file(path) for path in settings_paths(language)]
    return [read_yaml(file, layer.name) for file in files if file]
