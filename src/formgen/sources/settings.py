"""The settings that each layer gives, as they were written."""

from __future__ import annotations

from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import FIRST_LANGUAGE, SETTINGS_FILE, settings_paths
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node, overlay


def asked_language(stack: Stack, own: Node) -> Node:
    """Return the language that a local asks for, or a pack for all of its locals.

    Raises InputError.
    """
    return overlay(Stack(stack.layers[1:]).merged(SETTINGS_FILE), own).nearest(("language",))


def language_of(stack: Stack, own: Node) -> str:
    """Return the code of the language of a local's papers. Raises InputError."""
    return str(asked_language(stack, own).value or FIRST_LANGUAGE)


def settings_of(layer: Layer, language: str) -> list[Node]:
    """Return the settings of a pack, file by file; a later one lies on an earlier one.

    Raises InputError.
    """
    files = [layer.file(path) for path in settings_paths(language)]
    return [read_yaml(file, layer.name) for file in files if file]
