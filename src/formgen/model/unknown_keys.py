"""Names of settings that there are not, and what their writer may have meant."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard, get_args, get_origin

from pydantic import BaseModel

from formgen.codes import Code
from formgen.findings import MOST_OF_A_KIND, Finding, brief, did_you_mean, one_of
from formgen.sources.tree import Node, Path_

# So many names can be listed in a remedy.
_FEW = 13
# One letter of a long name, as in mentor for mentors.
_NEARLY = 0.9
# A name that stands in more groups than this says nothing of where it belongs.
_FEW_GROUPS = 2


def is_model(kind: object) -> TypeGuard[type[BaseModel]]:
    """Tell whether a type is a group of settings."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


# Asked for thousands of times of a few dozen types.
@functools.cache
def model_in(kind: object) -> type[BaseModel] | None:
    """Return the group that a type holds: itself, or that of its items or values."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    inner = (model_in(argument) for argument in get_args(kind))
    return next((model for model in inner if model), None)


def unknown_key(word: str, root: type[BaseModel], path: Path_) -> tuple[Code, str, str]:
    """Return what to say of a name that the group at a path does not have."""
    known = _known_keys(root, path)
    message = f'"{brief(word)}" is not a setting here.'
    return Code.UNKNOWN_KEY, message, _no_space(word, known) or _meant(word, known, root, path)


def _meant(word: str, known: list[str], root: type[BaseModel], path: Path_) -> str:
    nearly = difflib.get_close_matches(word, known, n=1, cutoff=_NEARLY)
    groups = [] if nearly else _groups_with(word, root)
    if 0 < len(groups) <= _FEW_GROUPS:
        named = " or ".join(f'below "{group}:"' for group in groups)
        return f"it belongs {named}."
    if path and word in root.model_fields:
        return f'it belongs at the left margin, not below "{path[0]}:".'
    otherwise = one_of(known) if len(known) < _FEW else "delete it, or see content/program.yaml."
    # Often a setting is only indented too little.
    below = {key: name for name, key in _second_level(root)}
    near = difflib.get_close_matches(word, below, n=1, cutoff=0.8) if not path else []
    if near:
        otherwise = f'did you mean "{near[0]}" below "{below[near[0]]}:"?'
    return did_you_mean(word, known, otherwise)


def _no_space(word: str, known: Iterable[str]) -> str:
    """Return the remedy for `name:value`, which is one word between braces."""
    name, colon, value = word.partition(":")
    if not colon or name not in known:
        return ""
    bare = value.strip().strip("\"'")
    return f'write `{name}: "{brief(bare)}"`, with a space after the colon.'


def _groups_with(word: str, root: type[BaseModel]) -> list[str]:
    return [name for name, key in _second_level(root) if key == word]


def _second_level(model: type[BaseModel]) -> list[tuple[str, str]]:
    """Return the names of a model's groups, each with the names of the settings in it."""
    return [
        (name, key)
        for name, field in model.model_fields.items()
        if is_model(field.annotation)
        for key in _known_keys(model, (name,))
    ]


def _known_keys(root: type[BaseModel], path: Path_) -> list[str]:
    """Return the names of the fields of the model that lies at a path."""
    found: type[BaseModel] | None = root
    for step in path:
        if found is not None and isinstance(step, str) and step in found.model_fields:
            annotation: object = found.model_fields[step].annotation
            found = model_in(annotation)
    return list(found.model_fields) if found else []


def crowds(node: Node, kind: object, path: Path_ = ()) -> Iterator[tuple[Path_, dict[str, Node]]]:
    """Yield where there are more names that a group does not have than anybody reads, and these.

    That they are too many is seen by their number alone.
    """
    if isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from crowds(child, model_in(kind), (*path, index))
    if not isinstance(node.value, dict) or not is_model(kind):
        return
    fields = kind.model_fields
    if len(node.value) > len(fields) + MOST_OF_A_KIND:
        yield path, {key: child for key, child in node.value.items() if key not in fields}
    for key, child in node.value.items():
        if key in fields:
            yield from crowds(child, fields[key].annotation, (*path, key))


def empty_strangers(
    node: Node, root: type[BaseModel], kind: object = None, path: Path_ = ()
) -> Iterator[Finding]:
    """Yield each setting that there is not and that was left empty, wherever it stands.

    One with a value is found with the value. ``kind`` is the type at the path, if not the root's.
    """
    kind = kind or root
    if isinstance(node.value, list):
        item = model_in(kind) or str
        for index, child in enumerate(node.value):
            yield from empty_strangers(child, root, item, (*path, index))
    if not isinstance(node.value, dict):
        return
    if is_model(kind):
        yield from _strangers_here(node.value, root, kind, path)
    any_key: object = get_args(kind)[1] if get_origin(kind) is dict else None
    fields = kind.model_fields if is_model(kind) else {}
    for key, child in node.value.items():
        inner = fields[key].annotation if key in fields else any_key
        if inner is not None:
            yield from empty_strangers(child, root, inner, (*path, key))


def _strangers_here(
    entries: Mapping[str, Node], root: type[BaseModel], model: type[BaseModel], path: Path_
) -> Iterator[Finding]:
    before: Node | None = None
    for key, child in entries.items():
        if key not in model.model_fields and child.value is None:
            place = child.key_place or child.place
            # Two on one line stand between braces.
            meant = did_you_mean(key, model.model_fields)
            beside = before is not None and before.place.line == place.line
            if beside and not meant and before and isinstance(before.value, str):
                message = f'"{brief(key)}" is not read: a comma ends a value between {{ and }}.'
                whole = f'"{brief(before.value)}, {brief(key)}"'
                fix = _no_space(key, model.model_fields) or f"write the whole in quotes: {whole}."
                yield Finding(place, Code.UNKNOWN_KEY, message, fix)
            else:
                yield Finding(place, *unknown_key(key, root, path))
        before = child
