"""The settings of a draft as fields: what each is, its value and its origin, what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

import formgen
from formgen.codes import Code
from formgen.drafts.draft import Draft
from formgen.drafts.known import Known, Option, known_of
from formgen.findings import Finding, Place
from formgen.model.groups.typefaces import Voice
from formgen.model.pack_locks import Locked, read_packs
from formgen.reference.settings import Reference, Setting, read_reference
from formgen.reference.shape import ANY
from formgen.sources.edit.drafts import values_of
from formgen.sources.layers import BASE
from formgen.sources.settings import language_of
from formgen.sources.tree import Node, Path_, leaves

# Such as coordinator.name, or events.0.date.
_IS_PATH = re.compile(r"[a-z_]+(\.[a-z0-9_-]+)+")
# A typeface of one's own, by the names of its parts: whose place others take, and its files.
_VOICE, *_FACES = ("voice", "file", "bold", "italic")
Origin = Literal["own", "pack", "default", "none"]


@dataclass(frozen=True)
class Field:
    """A setting to be filled in: its meaning, its value as texts, and what is wrong with it."""

    path: str
    setting: Setting
    # A text, or the texts of a list; of a list of groups and of names, see `items`.
    value: str | list[str]
    origin: Origin
    # The pack that gives the value.
    pack: str = ""
    # What counts without the local's own value.
    below: str | list[str] = ""
    # The pack that locks it, with its edition.
    locked: str = ""
    findings: tuple[Finding, ...] = ()
    # The settings of a group; the groups of a list, each with its fields.
    inside: tuple[Field, ...] = ()
    items: tuple[tuple[Field, ...], ...] = ()
    # What is in an item of a list of groups, by its keys; the first is what it goes by.
    keys: tuple[str, ...] = ()
    # What can be chosen, where that is known.
    known: tuple[Option, ...] = ()
    # What it is called, where it is one of several that have names.
    label: str = ""
    # The plain values of a list whose items are texts or groups.
    plain: Any = ""

    @property
    def is_own(self) -> bool:
        """Tell whether the local gives it a value."""
        return self.origin == "own"

    def walk(self) -> Iterator[Field]:
        """Yield the field and all in it."""
        yield self
        for child in (*self.inside, *(each for item in self.items for each in item)):
            yield from child.walk()


@dataclass(frozen=True)
class Form:
    """All settings of a draft as fields, and the findings that are of none of them."""

    fields: tuple[Field, ...]
    others: tuple[Finding, ...] = ()

    def find(self, path: str) -> Field | None:
        """Return the field of a path."""
        return next((each for top in self.fields for each in top.walk() if each.path == path), None)


@dataclass(frozen=True)
class _Source:
    """What fields are made from."""

    draft: Draft
    reference: Reference
    locks: Sequence[Locked]
    below: Node | None
    known: Known
    found: dict[str, list[Finding]] = field(default_factory=dict)


def form_of(draft: Draft, findings: Sequence[Finding] = ()) -> Form:
    """Return the settings of a draft as fields; ``findings`` are more than it has itself."""
    if draft.stack is None or draft.own is None or draft.whole is None:
        return Form((), (*draft.findings, *findings))
    reference = read_reference(draft.stack, language_of(draft.stack, draft.own))
    locks, _ = read_packs(draft.stack, formgen.__version__)
    by_path, others = findings_by_path(draft, (*draft.findings, *findings))
    source = _Source(draft, reference, locks, draft.below(), known_of(draft), by_path)
    tops = [each for each in reference.settings if "." not in each.path]
    fields = tuple(_field(source, setting, (setting.path,)) for setting in tops)
    shown = {each.path for top in fields for each in top.walk()}
    stray = {path: found for path, found in by_path.items() if found and path not in shown}
    fields = tuple(_with_strays(each, stray) for each in fields)
    names = {each.path for each in fields}
    rest = [each for path, found in stray.items() if _top(path) not in names for each in found]
    return Form(fields, (*others, *rest))


def _top(path: str) -> str:
    return path.partition(".")[0]


def _with_strays(made: Field, stray: Mapping[str, Sequence[Finding]]) -> Field:
    """Return a field with what is wrong with parts of it that are no fields."""
    mine = {path: found for path, found in stray.items() if f"{path}.".startswith(f"{made.path}.")}
    if not mine:
        return made
    inside = tuple(_with_strays(each, mine) for each in made.inside)
    items = tuple(tuple(_with_strays(each, mine) for each in item) for item in made.items)
    children = [each.path for each in (*inside, *(each for item in items for each in item))]
    rest = [
        each
        for path, found in mine.items()
        if not any(f"{path}.".startswith(f"{child}.") for child in children)
        for each in found
    ]
    return replace(made, inside=inside, items=items, findings=(*made.findings, *rest))


def places_of(draft: Draft) -> dict[Place, str]:
    """Return the setting at each place of the files of a draft's settings."""
    found: dict[Place, str] = {}

    def note(node: Node, path: Path_) -> None:
        name = ".".join(map(str, path))
        if path:
            for place in (node.place, node.key_place):
                if place is not None:
                    found.setdefault(place, name)
        children = node.value.items() if isinstance(node.value, dict) else ()
        for key, child in children:
            note(child, (*path, key))
        for number, child in enumerate(node.value if isinstance(node.value, list) else ()):
            note(child, (*path, number))

    for layer in draft.layers:
        note(layer, ())
    return found


def findings_by_path(
    draft: Draft, findings: Sequence[Finding]
) -> tuple[dict[str, list[Finding]], list[Finding]]:
    """Return the findings of each setting, and those that are of none."""
    paths = places_of(draft)
    by_path: dict[str, list[Finding]] = {}
    others = []
    for finding in dict.fromkeys(findings):
        path = paths.get(finding.place, "")
        if finding.code == Code.MISSING and finding.place.file == draft.file:
            # What is not there has no place of its own; the message names it.
            named = (part.strip('".,:') for part in finding.message.split())
            path = next((word for word in named if _IS_PATH.fullmatch(word)), path)
        if path:
            by_path.setdefault(path, []).append(finding)
        else:
            others.append(finding)
    return by_path, others


def _field(source: _Source, setting: Setting, path: Path_) -> Field:
    draft = source.draft
    name = ".".join(map(str, path))
    whole = draft.whole.get(*path) if draft.whole else None
    own = draft.own.get(*path) if draft.own else None
    below = source.below.get(*path) if source.below else None
    made = Field(
        path=name,
        setting=setting,
        value=_value(whole, setting),
        origin=_origin(own, whole),
        pack=whole.layer if whole and whole.layer not in {"local", BASE} else "",
        below=_value(below, setting),
        locked=_locked(source, name),
        findings=tuple(source.found.get(name, ())),
        known=source.known.get(name) or source.known.get(setting.path, ()),
        plain=values_of(whole) if whole and setting.kind == "list" else "",
    )
    if setting.kind == "typeface":
        return replace(made, inside=tuple(_faces(source, setting, path, whole)))
    if setting.is_group:
        parts = source.reference.below(setting.path)
        inner = tuple(_field(source, each, (*path, each.name)) for each in parts)
        return replace(made, inside=inner)
    of_items = [each for each in source.reference.below(setting.path) if ANY in each.path]
    if setting.kind == "names" and made.known:
        groups = tuple(_named(source, setting, path, each, of_items) for each in made.known)
        return replace(made, inside=groups)
    made = replace(made, keys=tuple(each.name for each in of_items))
    if of_items and whole and isinstance(whole.value, list | dict):
        keys = [*whole.value] if isinstance(whole.value, dict) else range(len(whole.value))
        items = tuple(
            tuple(_field(source, each, (*path, key, each.name)) for each in of_items)
            for key in keys
        )
        return replace(made, items=items)
    return made


def _named(
    source: _Source, setting: Setting, path: Path_, option: Option, parts: Sequence[Setting]
) -> Field:
    """Return the field of one of the names that a setting may hold."""
    name = ".".join(map(str, (*path, option.value)))
    if not parts:
        usual = "true" if option.is_usual else "false"
        one = replace(setting, path=name, kind="switch", description="", more="", default=usual)
        made = _field(source, one, (*path, option.value))
        value = made.value or usual
        return replace(made, value=value, below=made.below or usual, label=option.label)
    group = replace(setting, path=name, kind="group", description="", more="")
    inner = tuple(_field(source, each, (*path, option.value, each.name)) for each in parts)
    found = tuple(source.found.get(name, ()))
    return Field(name, group, "", "default", inside=inner, findings=found, label=option.label)


def _faces(source: _Source, setting: Setting, path: Path_, whole: Node | None) -> Iterator[Field]:
    """Yield what a typeface is made of, though the setting may be the word for one of ours."""
    is_word = whole is None or not isinstance(whole.value, dict)
    choices = tuple((each, "") for each in get_args(Voice))
    voice = replace(setting, kind="choice", choices=choices, description="", more="")
    yield _field(source, voice, path if is_word else (*path, _VOICE))
    for name in _FACES:
        part = replace(setting, path=f"{setting.path}.{name}", kind="face", description="", more="")
        yield _field(source, part, (*path, name))


def _value(node: Node | None, setting: Setting) -> str | list[str]:
    """Return a value as a text, or the texts of a list; of what holds groups, nothing."""
    many = setting.kind in {"list", "choices"}
    if node is None or node.value is None:
        # What is in an item has its default with its type.
        known = ANY in setting.path and setting.default not in {None, "{}"}
        found = json.loads(setting.default or '""') if known else [] if many else ""
        return found if isinstance(found, list) else str(found)
    if isinstance(node.value, list):
        return [str(each.value or "") for each in node.value if not isinstance(each.value, dict)]
    if isinstance(node.value, dict):
        return ""
    return [node.value] if many else node.value


def _origin(own: Node | None, whole: Node | None) -> Origin:
    is_given = own is not None and (own.value == [] or any(True for _ in leaves(own)))
    if is_given:
        return "own"
    if whole is None or whole.value is None:
        return "none"
    return "default" if whole.layer == BASE else "pack"


def _locked(source: _Source, name: str) -> str:
    by = [lock.by for lock in source.locks if f"{name}.".startswith(f"{lock.thing}.")]
    return by[0] if by else ""
