"""What documents and packets are called, and what they are for, in the language of their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.model.catalog import Catalog, Document
from formgen.model.groups.documents import OwnDocuments
from formgen.sources.files import File
from formgen.sources.front_matter import split_front_matter
from formgen.sources.layers import Stack
from formgen.sources.paths import language_path
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.text_files import read_text
from formgen.sources.tree import Node

# What says the title of a manual, beside its chapters.
ABOUT_FILE = "about.yaml"
_KEYS = ("title", "purpose")


@dataclass(frozen=True)
class Naming:
    """A title and a purpose, with their places: templates, but for those that a setting says."""

    title: Node
    purpose: Node
    # Which of them are settings, and printed as typed.
    typed: frozenset[str] = frozenset()


def naming_file(document: Document, language: str) -> str:
    """Return the path of the words that say what a document is called."""
    path = language_path(language, document.content)
    return f"{path}/{ABOUT_FILE}" if document.kind == "manual" else path


def name_documents(
    stack: Stack, catalog: Catalog, own: OwnDocuments, language: str, purpose: Node | None
) -> tuple[dict[str, Naming], list[Finding]]:
    """Return the naming of each document by its id, and a finding for each that has none.

    The nearest layer that says a title, in its catalog or in the document's words, says it for all.
    ``purpose`` is what a document of a local's own is for, if nothing says it.
    """
    tree = own.catalog
    named: dict[str, Naming] = {}
    findings: list[Finding] = []
    for name, document in catalog.documents.items():
        path = naming_file(document, language)
        files = stack.find_all(path)
        heads = [_head(file, layer.name) for layer, file in files]
        listed = tree.get("documents", name)
        said = _named(stack, [each for each in (listed, *heads) if each])
        if None in heads:
            # Composing it tells what is wrong with the file.
            said = [node or Node(name, Place(files[0][1].path)) for node in said]
        typed = _typed(said, listed) if name in own.names else frozenset()
        if name in own.names and said[1] is None:
            said[1] = purpose
        for key, node in zip(_KEYS, said, strict=True):
            # That a form has no file is found where its fields are looked for.
            if node is None and (files or document.kind == "manual"):
                fix = f"write `{key}:` at the top of {path}."
                listed_at = tree.nearest(("documents", name, "content")).place
                place = Place(files[0][1].path, 1, 1) if files else listed_at
                findings.append(Finding(place, Code.MISSING, f"{name} has no {key}.", fix))
        named[name] = _naming(said, tree, typed)
    return named, findings


def _naming(said: Sequence[Node | None], tree: Node, typed: frozenset[str] = frozenset()) -> Naming:
    title, purpose = (node or Node("", tree.place) for node in said)
    return Naming(title, purpose, typed)


def _typed(said: Sequence[Node | None], listed: Node | None) -> frozenset[str]:
    pairs = zip(_KEYS, said, strict=True)
    return frozenset(key for key, node in pairs if node and listed and node is listed.get(key))


def name_packets(
    stack: Stack, catalog: Catalog, tree: Node, words: Node, path: str
) -> tuple[dict[str, Naming], list[Finding]]:
    """Return the naming of each packet by its id, and a finding for each that has none.

    ``path`` is that of the small words, whose group `packets` says it.
    """
    named: dict[str, Naming] = {}
    findings: list[Finding] = []
    for name in catalog.packets:
        sources = (tree.get("packets", name), words.get("packets", name))
        said = _named(stack, [each for each in sources if each])
        for key, node in zip(_KEYS, said, strict=True):
            if node is None:
                place = tree.nearest(("packets", name))
                fix = f"write `packets: {{{name}: {{{key}: ...}}}}` into {path}."
                message = f"the packet {name} has no {key}."
                findings.append(Finding(place.key_place or place.place, Code.MISSING, message, fix))
        named[name] = _naming(said, tree)
    return named, findings


def _named(stack: Stack, sources: Sequence[Node]) -> list[Node | None]:
    """Return the title and the purpose of the nearest layers that say them; the first wins."""
    depths = {layer.name: depth for depth, layer in enumerate(stack.layers)}
    said: list[Node | None] = []
    for key in _KEYS:
        found = [node for each in sources if (node := each.get(key)) and _is_text(node)]
        said.append(min(found, key=lambda node: depths[node.layer], default=None))
    return said


def _is_text(node: Node) -> bool:
    return isinstance(node.value, str) and bool(node.value)


def _head(file: File, layer: str) -> Node | None:
    """Return the settings at the top of a document's words, or None if they cannot be read."""
    try:
        if file.path.suffix == ".yaml":
            tree = read_yaml(file)
        else:
            tree = split_front_matter(read_text(file), file.path).settings
    except InputError:
        return None
    return replace(tree, value=dict(_with_layer(tree, layer)))


def _with_layer(tree: Node, layer: str) -> Iterator[tuple[str, Node]]:
    for key in _KEYS:
        node = tree.get(key)
        if node:
            yield key, replace(node, layer=layer)
