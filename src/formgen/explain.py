"""Say what a setting is and where it comes from: its value, and every layer that gives it one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import formgen
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief, did_you_mean, one_of
from formgen.model.catalog import ids_by_code, read_catalog
from formgen.model.groups.documents import with_own_documents
from formgen.model.pack_locks import Locked, read_packs
from formgen.model.phrases.check import phrases_put_right, with_articles
from formgen.model.wording.titles import ABOUT_FILE
from formgen.model.wording.words import read_words
from formgen.reference.comments import about, about_parts
from formgen.reference.settings import Reference, read_reference
from formgen.sources.layers import Stack, read_stack
from formgen.sources.paths import PACK_FILE, language_path, settings_paths
from formgen.sources.settings import language_of
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.styles import added_to, addition_to
from formgen.sources.tree import Node, leaves, overlay, shown

# More settings than this are no answer to a word.
_FEW = 4
_ITEM = re.compile("[1-9][0-9]{0,8}")


@dataclass(frozen=True)
class Origin:
    """A value of a setting, and where it was written; ``hidden`` are those below it."""

    key: str
    value: str
    place: Place
    layer: str
    hidden: tuple[Origin, ...] = ()
    # Of a style sheet: what layers add to it.
    added: tuple[Origin, ...] = ()
    # Lines that say what the setting is; of a list, with its first item.
    about: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Explained:
    """What a key means: lines that say what a group of settings is, and origins of values."""

    about: tuple[str, ...]
    origins: tuple[Origin, ...]


def explain(local_yaml: Path, key: str) -> Explained:
    """Return what a setting is, and where it, each of a group, or a file of a local comes from.

    Raises InputError.
    """
    stack, own = read_stack(local_yaml)
    language = language_of(stack, own)
    layers = [own, *_lower(stack, language)]
    whole = layers[-1]
    for layer in reversed(layers[:-1]):
        whole = overlay(whole, layer)
    listed = with_own_documents(read_catalog(stack), whole.get("documents", "add")).catalog
    path_of_words = key if "/" in key else _words_of(listed, key, language)
    if path_of_words:
        return Explained((), (_file_origin(stack, path_of_words),))
    path = [_step(step) for step in key.split(".") if step]
    reference = read_reference(stack, language)
    paths = [path] if whole.get(*path) else _by_everyday_name(key, reference)
    nodes = [(each, node) for each in paths if (node := whole.get(*each))]
    if not nodes:
        raise InputError([_unknown(whole, path, key, local_yaml)])
    locks, _ = read_packs(stack, formgen.__version__)
    found = (origin for each, node in nodes for origin in _origins(node, tuple(each), layers))
    origins = [_labelled(origin, stack, locks) for origin in found]
    group = reference.find(key.strip("."))
    heading = tuple(about(group, reference)) if group and group.is_group else ()
    said = _as_said(whole, stack, language)
    return Explained(heading, tuple(_with_meanings(origins, reference, said)))


def _as_said(whole: Node, stack: Stack, language: str) -> Node:
    """Return the settings as sentences say them."""
    words, _ = read_words(stack, language, whole.place)
    if words is None:
        return whole
    right, _ = phrases_put_right(whole, words, stack, language)
    return with_articles(right, words)


def _words_of(catalog: Node, name: str, language: str) -> str:
    """Return the file that holds the words of a document, named by its id or code, or nothing."""
    id_ = ids_by_code(catalog).get(name.casefold(), name)
    content = catalog.text("documents", id_, "content")
    path = language_path(language, content) if content else ""
    return f"{path}/{ABOUT_FILE}" if content and not PurePosixPath(content).suffix else path


def _by_everyday_name(word: str, reference: Reference) -> list[list[str | int]]:
    """Return the settings that a word probably means: by their names, then by what is said."""
    plain = word.strip(".").casefold().replace("-", "_").replace(" ", "_")
    single = [each for each in reference.settings if not each.is_group and "*" not in each.path]
    named = [each.path for each in single if each.name == plain]
    wanted = re.compile(rf"\b{re.escape(word.strip().casefold())}s?\b")
    said = [each.path for each in single if wanted.search(each.description.casefold())]
    paths = named or (said if len(said) <= _FEW else [])
    return [list(path.split(".")) for path in paths]


def _with_meanings(origins: Sequence[Origin], reference: Reference, said: Node) -> Iterator[Origin]:
    """Yield the origins, the first of each setting with what it is.

    ``said`` has the values as sentences say them.
    """
    last = None
    words = reference.said.words
    for origin in origins:
        setting = reference.of_key(origin.key)
        if setting is None or setting == last or setting.is_group:
            yield origin
            continue
        last = setting
        default = words.no_default if setting.default is None else setting.default
        value = said.text(*(_step(step) for step in origin.key.split(".")))
        shown_in = reference.in_sentence(setting, value) if value else setting
        lines = [*about(shown_in, reference), *about_parts(setting, reference)]
        yield replace(origin, about=(*lines, f"{words.default}: {default}"))


def _file_origin(stack: Stack, path: str) -> Origin:
    found = _files(stack, path)
    if not found:
        known = stack.names_in(path.rpartition("/")[0], "")
        fix = did_you_mean(path.rpartition("/")[2], known, "name a file as below content/.")
        message = f"no layer has {brief(path)}."
        raise InputError([Finding(Place(stack.local.folder), Code.NO_FILE, message, fix)])
    if added_to(path):
        return _labelled(replace(found[0], added=tuple(found[1:])), stack, ())
    depth = next(n for n, layer in enumerate(stack.layers) if layer.name == found[0].layer)
    added = _files(Stack(stack.layers[: depth + 1]), addition_to(path))
    return _labelled(replace(found[0], hidden=tuple(found[1:]), added=tuple(added)), stack, ())


def _files(stack: Stack, path: str) -> list[Origin]:
    return [
        Origin(path, f"{file.size:,} bytes", Place(file.path), layer.name)
        for layer, file in stack.find_all(path)
    ]


def _labelled(origin: Origin, stack: Stack, locks: Sequence[Locked]) -> Origin:
    """Return the origin with the editions of packs, and the lock on it if there is one."""
    by = [lock.by for lock in locks if f"{origin.key}.".startswith(f"{lock.thing}.")]
    layer = _edition(stack, origin.layer) + "".join(f", locked by {pack}" for pack in by[:1])
    hidden = tuple(replace(each, layer=_edition(stack, each.layer)) for each in origin.hidden)
    added = tuple(replace(each, layer=_edition(stack, each.layer)) for each in origin.added)
    return replace(origin, layer=layer, hidden=hidden, added=added)


def _edition(stack: Stack, name: str) -> str:
    """Return a layer's name, that of a pack with its edition."""
    folder = next((layer for layer in stack.layers[1:-1] if layer.name == name), None)
    file = folder.file(PACK_FILE) if folder else None
    return f"{name} {read_yaml(file).text('edition')}".rstrip() if file else name


def _step(word: str) -> str | int:
    """Return a step of a key: a name, or the index of an item; people count from 1."""
    return int(word) - 1 if _ITEM.fullmatch(word) else word


def _lower(stack: Stack, language: str) -> Iterator[Node]:
    """Yield the settings below `local.yaml`, nearest first."""
    for layer in stack.layers:
        # A local's own settings are those of local.yaml, and its language's.
        paths = settings_paths(language)[layer == stack.local :]
        files = (layer.file(path) for path in reversed(paths))
        yield from (read_yaml(file, layer.name) for file in files if file)


def _origins(node: Node, path: tuple[str | int, ...], layers: list[Node]) -> Iterator[Origin]:
    found = [*leaves(node, path)]
    if not found:
        yield _origin(path, node, layers)
    for leaf_path, leaf in found:
        yield _origin(leaf_path, leaf, layers)


def _origin(path: tuple[str | int, ...], node: Node, layers: list[Node]) -> Origin:
    key = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    hidden = []
    for layer in layers:
        below = layer.get(*path)
        if below is not None and below.value is not None and below.place != node.place:
            hidden.append(Origin(key, shown(below), below.place, below.layer))
    return Origin(key, shown(node), node.place, node.layer, tuple(hidden))


def _unknown(whole: Node, path: list[str | int], key: str, local_yaml: Path) -> Finding:
    known = next(end for end in range(len(path), -1, -1) if whole.get(*path[:end]))
    above = whole.nearest(tuple(path))
    siblings = list(above.value) if isinstance(above.value, dict) else []
    otherwise = one_of(siblings) if siblings else "ask for the setting above it."
    if not known:
        otherwise = "name a setting of docs/settings.md, a document, or a word such as color."
    fix = did_you_mean(str(path[known]), siblings, otherwise)
    message = f'there is no setting "{brief(key)}".'
    return Finding(Place(local_yaml), Code.UNKNOWN_KEY, message, fix)
