"""Every setting with all that is known of it: its type, its default and what it means."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from formgen.findings import InputError
from formgen.model.validate import check_shape
from formgen.model.wording.descriptions import Description, Descriptions
from formgen.reference.shape import ANY, choices_of, inside, is_group, settings_shape, walk
from formgen.reference.yaml_text import flow
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import DESCRIPTIONS, FIRST_LANGUAGE, language_path, settings_paths
from formgen.sources.tree import Node

_UNKNOWN = Description(description="?")


@dataclass(frozen=True)
class Setting:
    """One setting, or a group of settings, in words."""

    path: str
    is_group: bool
    # What can be written: the name of the kind, and the kind in words.
    kind: str
    written: str
    description: str
    more: str
    # Each value that one can choose, with its meaning.
    choices: tuple[tuple[str, str], ...]
    # As it would be written in local.yaml.
    example: str
    # As YAML on one line; None if formgen has none.
    default: str | None
    # A sentence that it becomes part of, with a value between ** and **; or nothing.
    sentence: str = ""

    @property
    def name(self) -> str:
        """Return the last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def above(self) -> str:
        """Return the path of the group that it is in."""
        return self.path.rpartition(".")[0]


@dataclass(frozen=True)
class Reference:
    """All settings in the order of their model, and the words that are said of them."""

    settings: tuple[Setting, ...]
    said: Descriptions

    def find(self, path: str) -> Setting | None:
        """Return the setting of a path."""
        return next((setting for setting in self.settings if setting.path == path), None)

    def of_key(self, key: str) -> Setting | None:
        """Return the setting that a key is of, such as `forms.*.add` of `forms.f.add.1`."""
        found, path = None, ""
        for step in key.split("."):
            tries = [f"{path}.{step}".lstrip("."), f"{path}.{ANY}"]
            known = [each for each in tries if any(self._from(each))]
            if not known:
                break
            path = known[0]
            found = self.find(path) or found
        return found

    def _from(self, path: str) -> Iterator[Setting]:
        return (each for each in self.settings if f"{each.path}.".startswith(f"{path}."))

    def below(self, path: str) -> Iterator[Setting]:
        """Yield what is in a group, or in each item or named part of a setting."""
        for setting in self.settings:
            if setting.path != path and setting.above in {path, f"{path}.{ANY}"}:
                yield setting

    def in_sentence(self, setting: Setting, value: str) -> Setting:
        """Return a setting that is shown with this value in a sentence, if it is used in one."""
        described = self.said.settings.get(setting.path, _UNKNOWN)
        return replace(setting, sentence=fill(described.in_use, {"value": value}))

    def needed(self) -> Iterator[Setting]:
        """Yield the settings that every local has to give."""
        for setting in self.settings:
            if setting.default is None and ANY not in setting.path:
                yield setting


@functools.cache
def base_reference(language: str = FIRST_LANGUAGE) -> Reference:
    """Return the settings as the base pack has them. Raises InputError."""
    return read_reference(Stack((base_layer(),)), language)


def read_reference(stack: Stack, language: str = FIRST_LANGUAGE) -> Reference:
    """Return the settings, with the words that the layers of a stack have for them.

    What a language has no words for is said in that of the base pack. Raises InputError.
    """
    paths = dict.fromkeys(language_path(each, DESCRIPTIONS) for each in (FIRST_LANGUAGE, language))
    said, findings = check_shape(stack.merged(*paths), Descriptions)
    if said is None:
        raise InputError(findings)
    defaults = Stack(stack.layers[-1:]).merged(*settings_paths(FIRST_LANGUAGE))
    return Reference(tuple(_settings(said, defaults)), said)


def _settings(said: Descriptions, defaults: Node) -> Iterator[Setting]:
    for path, shape in walk(settings_shape()):
        described = said.settings.get(path, _UNKNOWN)
        node = defaults.get(*path.split("."))
        kind, written = _kind(shape, said.kinds)
        yield Setting(
            path=path,
            is_group=is_group(shape),
            kind=kind,
            written=written,
            description=described.description,
            more=described.more,
            choices=tuple((value, described.choices.get(value, "")) for value in choices_of(shape)),
            example=described.example.rstrip(),
            default=flow(node) if node else _item_default(shape),
            sentence=_sentence(described, node),
        )


def _sentence(described: Description, default: Node | None) -> str:
    """Return a sentence with the setting's example in it, or else its default."""
    first = default.get(0) or default if default else None
    value = described.example or (first.value if first and isinstance(first.value, str) else "")
    return fill(described.in_use, {"value": value}) if value else ""


def _item_default(shape: Mapping[str, Any]) -> str | None:
    """Return the default of what is in an item, as YAML; None if it has to be given."""
    if "default" in shape:
        return json.dumps(shape["default"], ensure_ascii=False)
    return "{}" if shape.get("type") == "object" else None


def _kind(shape: Mapping[str, Any], words: Mapping[str, str]) -> tuple[str, str]:
    """Return the name of a shape's kind of value, and that kind in words."""
    choices = ", ".join(choices_of(shape))
    kind, inner = shape.get("kind", "text"), inside(shape)
    if is_group(shape):
        kind = "group"
    elif shape.get("type") == "array":
        kind = "choices" if choices else "list"
    elif shape.get("type") == "object":
        kind = "names" if inner else "field"
    elif choices:
        kind = "choice"
    elif shape.get("type") == "integer":
        kind = "number"
    elif shape.get("type") == "boolean":
        kind = "switch"
    least, most = shape.get("minimum"), shape.get("maximum")
    item = _kind(inner, words)[1] if inner else ""
    parts = {"choices": choices, "item": item, "least": f"{least}", "most": f"{most}"}
    return kind, fill(words.get(kind, kind), parts)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with values in the places of their names in braces."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
