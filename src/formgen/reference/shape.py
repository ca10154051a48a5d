"""The shape of the settings, as a JSON Schema without references, and a walk over it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from formgen.model.settings import Settings

# Stands in a path for any item of a list, or any name in a group.
ANY = "*"
_REFERENCE = "#/$defs/"


def settings_shape() -> dict[str, Any]:
    """Return the JSON Schema of all settings together; each place has its own part of it."""
    schema = _schema()
    whole = _inlined(schema, schema["$defs"])
    return {key: part for key, part in whole.items() if key != "$defs"}


@functools.cache
def _schema() -> Mapping[str, Any]:
    return Settings.model_json_schema()


def _inlined(part: Any, definitions: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_inlined(each, definitions) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _inlined(definitions[part["$ref"].removeprefix(_REFERENCE)], definitions)
    return {key: _inlined(each, definitions) for key, each in part.items() if key != "$defs"}


def walk(shape: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path and the shape of every setting and group, each group before its settings."""
    for name, part in shape["properties"].items():
        path = f"{above}{name}"
        yield path, part
        inner = inside(part)
        if is_group(part):
            yield from walk(part, f"{path}.")
        elif is_group(inner):
            yield from walk(inner, f"{path}.{ANY}.")


def is_group(shape: Mapping[str, Any]) -> bool:
    """Tell whether a shape is that of a group of settings."""
    return bool(shape.get("group"))


def inside(shape: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shape of a list's items, or of what stands below any name; else nothing."""
    found = shape.get("items") or shape.get("additionalProperties")
    return found if isinstance(found, dict) else {}


def choices_of(shape: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the values that one can choose from, if there are such."""
    chosen = shape if shape.get("type") == "string" else inside(shape)
    return tuple(filter(None, chosen.get("enum") or (chosen.get("const"),)))
