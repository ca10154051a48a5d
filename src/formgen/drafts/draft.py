"""A local as it would be with changed settings: read, decided, and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from formgen.faults import findings_from
from formgen.findings import Finding, InputError, Place, in_order
from formgen.kit import Kit, resolve_stack
from formgen.sources.edit.drafts import text_of
from formgen.sources.edit.parts import moved_up, with_value, without
from formgen.sources.files import File
from formgen.sources.layers import Layer, Stack, base_layer
from formgen.sources.odd_files import read_sound_stack
from formgen.sources.paths import LOCAL_FILE, local_file, settings_paths
from formgen.sources.settings import language_of
from formgen.sources.strict_yaml import parse_yaml, read_yaml
from formgen.sources.text_files import read_text
from formgen.sources.tree import Node, Path_, Plain, overlay

# What is done with a setting: a value is given, taken back, or an item moved up.
Deed = Literal["set", "reset", "up"]


@dataclass(frozen=True)
class Change:
    """One change of one setting."""

    path: Path_
    deed: Deed = "set"
    value: Plain = ""


@dataclass(frozen=True)
class Draft:
    """A local with the settings of a text: what they are in each layer, and the kit they make."""

    file: Path
    # The settings as they would stand in the file, and the hash of what stands there.
    text: str
    digest: str
    findings: tuple[Finding, ...]
    stack: Stack | None = None
    own: Node | None = None
    # The settings of each layer by itself, nearest first; all of them laid over each other.
    layers: tuple[Node, ...] = ()
    whole: Node | None = None
    kit: Kit | None = None

    def below(self) -> Node | None:
        """Return the settings without the local's own."""
        nodes = [*self.layers[1:]]
        return _overlaid(nodes) if nodes else None


def digest_of_file(file: Path) -> str:
    """Return the hash of a file's bytes; of none if it is not there."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def changed_text(text: str, file: Path, changes: Sequence[Change]) -> str:
    """Return a YAML text with changes, one after the other. Raises InputError."""
    for change in changes:
        if change.deed == "set":
            text = with_value(text, file, change.path, change.value)
        elif change.deed == "up":
            text = moved_up(text, file, change.path)
        else:
            text = without(text, file, change.path)
    return text


def read_draft(place: Path, changes: Sequence[Change] = ()) -> Draft:
    """Read a local as it would be with changes; what is wrong with it is among its findings."""
    file = local_file(place)
    try:
        data = file.read_bytes()
        read_text(file)
        text = text_of(data)
    except (OSError, InputError, UnicodeDecodeError) as problem:
        return Draft(file, "", digest_of_file(file), tuple(findings_from(problem, Place(file))))
    digest = hashlib.sha256(data).hexdigest()
    return draft_of(file, text, digest, changes)


def draft_of(file: Path, before: str, digest: str, changes: Sequence[Change] = ()) -> Draft:
    """Return a local with the settings of a text, and changes to that."""
    draft = Draft(file, before, digest, ())
    refused: tuple[Finding, ...] = ()
    try:
        draft = replace(draft, text=changed_text(before, file, changes))
    except InputError as problem:
        refused = problem.findings
    return _decided(draft, lambda: read_sound_stack(file)[0], refused)


def draft_of_new(folder: Path, text: str) -> Draft:
    """Return a local that is not there yet, on the base pack alone."""
    stack = Stack((Layer("local", folder), base_layer()))
    return _decided(Draft(folder / LOCAL_FILE, text, "", ()), lambda: stack, ())


def _decided(draft: Draft, stack_of: Callable[[], Stack], refused: tuple[Finding, ...]) -> Draft:
    file = draft.file
    try:
        stack, own = stack_of(), parse_yaml(draft.text, file, "local")
        layers = (own, *_lower(stack, language_of(stack, own)))
        draft = replace(
            draft, stack=stack, own=own, layers=layers, whole=_overlaid(layers), findings=refused
        )
        kit = resolve_stack(stack, own)
    except Exception as problem:  # noqa: BLE001  (whatever a local's files raise)
        found = [*refused, *findings_from(problem, Place(file))]
        return replace(draft, findings=tuple(in_order(found)))
    return replace(draft, kit=kit, findings=(*refused, *kit.warnings))


def with_draft_in_it(draft: Draft, stack: Stack) -> Stack:
    """Return a stack whose local has the draft's settings instead of those on the disk."""
    files: Mapping[str, bytes] = {**(stack.local.files or {}), LOCAL_FILE: draft.text.encode()}
    return Stack((replace(stack.local, files=files), *stack.layers[1:]))


def _lower(stack: Stack, language: str) -> list[Node]:
    """Return the settings below `local.yaml`, nearest first."""
    found: list[File | None] = []
    names: list[str] = []
    for layer in stack.layers:
        # A local's own settings are those of local.yaml, and its language's.
        for path in reversed(settings_paths(language)[layer == stack.local :]):
            found.append(layer.file(path))
            names.append(layer.name)
    return [read_yaml(file, name) for file, name in zip(found, names, strict=True) if file]


def _overlaid(layers: Sequence[Node]) -> Node:
    whole = layers[-1]
    for layer in reversed(layers[:-1]):
        whole = overlay(whole, layer)
    return whole
