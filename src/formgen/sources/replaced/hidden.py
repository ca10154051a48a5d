"""Values of a local that hide those below: settings, small words, the catalog, fields of forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from formgen.findings import Place
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import (
    CATALOG_FILE,
    LOCAL_FILE,
    language_path,
    settings_paths,
    words_paths,
)
from formgen.sources.replaced.overrides import IDENTITY, values_below, values_of
from formgen.sources.replaced.text_diff import flat_nodes
from formgen.sources.settings import language_of
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node, shown

# What is said below, by name, and the layer that says it.
_Below = Mapping[str, tuple[str, Layer]]


@dataclass(frozen=True)
class HiddenValue:
    """A value below a local that one of the local's own hides, as it is now."""

    name: str
    # Where the local's own stands, and what it says.
    place: Place
    value: str
    # Nothing, if no layer below says anything.
    below: str
    layer: Layer


def merged_files(language: str) -> tuple[str, ...]:
    """Return the files of a local that lie on those below value by value."""
    return (LOCAL_FILE, settings_paths(language)[1], *words_paths(language), CATALOG_FILE)


def hidden_values(stack: Stack, own: Node) -> dict[str, HiddenValue]:
    """Return what each value of a local hides, by its file and name: `local.yaml#archive.years`.

    ``own`` is the local's `local.yaml`. Raises InputError.
    """
    language, base = language_of(stack, own), stack.layers[-1]
    found: dict[str, HiddenValue] = {}
    for file in merged_files(language):
        tree = own if file == LOCAL_FILE else _read(stack.local, file)
        below = _below(stack, file, tree, language) if tree else {}
        for name, node in _named(tree):
            if name not in IDENTITY:
                said, layer = below.get(name, ("", base))
                place = node.key_place or node.place
                hidden = HiddenValue(name, place, _line(shown(node)), _line(said), layer)
                found[f"{file}#{name}"] = hidden
    return found


def _read(layer: Layer, path: str) -> Node | None:
    file = layer.file(path)
    return read_yaml(file, layer.name) if file else None


def _line(text: str) -> str:
    return " ".join(text.split())


def _below(stack: Stack, file: str, tree: Node, language: str) -> _Below:
    if file in {LOCAL_FILE, settings_paths(language)[1]}:
        parts = {**dict(_fields(stack, tree, language)), **dict(_promises(stack, tree, language))}
        return {**parts, **values_below(stack, language)}
    return values_of(stack.layers[1:], file)


def _named(tree: Node | None) -> Iterator[tuple[str, Node]]:
    """Yield each value of a tree with its dotted name, and what it takes away one by one."""
    yield from flat_nodes(tree)
    for change in ("forms", "pledges"):
        for whose, each in _entries(tree, change):
            for name, node in _removed(each):
                yield f"{change}.{whose}.remove.{name}", node


def _entries(node: Node | None, *path: str) -> list[tuple[str, Node]]:
    found = node.get(*path) if node else None
    return list(found.value.items()) if found and isinstance(found.value, dict) else []


def _items(node: Node | None) -> list[Node]:
    return node.value if node and isinstance(node.value, list) else []


def _removed(change: Node) -> Iterator[tuple[str, Node]]:
    for each in _items(change.get("remove")):
        if isinstance(each.value, str):
            yield each.value, each


def _fields(stack: Stack, tree: Node, language: str) -> Iterator[tuple[str, tuple[str, Layer]]]:
    """Yield what a form below says where settings call a field otherwise, or take it away."""
    below = Stack(stack.layers[1:])
    for document, change in _entries(tree, "forms"):
        path = _content(below, document, language)
        found = below.find(path) if path.endswith(".yaml") else None
        # An own file hides the whole form, and is told as such.
        if found is None or stack.local.file(path):
            continue
        layer, file = found
        sections = _items(read_yaml(file, layer.name).get("sections"))
        fields = {
            field.text("name"): field for each in sections for field in _items(each.get("fields"))
        }
        for name, _ in _entries(change, "relabel"):
            if name in fields:
                yield f"forms.{document}.relabel.{name}", (fields[name].text("label"), layer)
        for name, _ in _removed(change):
            if name in fields:
                yield f"forms.{document}.remove.{name}", (shown(fields[name]), layer)


def _content(below: Stack, document: str, language: str) -> str:
    """Return the path of the words of a document, which settings name by its id or its code."""
    for name, entry in _entries(below.merged(CATALOG_FILE), "documents"):
        if document == name or document.casefold() == entry.text("code").casefold():
            return language_path(language, entry.text("content"))
    return ""


def _promises(stack: Stack, tree: Node, language: str) -> Iterator[tuple[str, tuple[str, Layer]]]:
    """Yield what a pledge below says where settings take a promise away."""
    removed = {
        (whose, name) for whose, each in _entries(tree, "pledges") for name, _ in _removed(each)
    }
    below, folder = Stack(stack.layers[1:]), language_path(language, "pledges")
    for file_name in below.names_in(folder, ".yaml") if removed else ():
        path = f"{folder}/{file_name}"
        found = below.find(path)
        if found is None or stack.local.file(path):
            continue
        layer, file = found
        for section in _items(read_yaml(file, layer.name).get("sections")):
            for promise in _items(section.get("promises")):
                whose, name = section.text("promises_of"), promise.text("name")
                if (whose, name) in removed:
                    yield f"pledges.{whose}.remove.{name}", (shown(promise), layer)
