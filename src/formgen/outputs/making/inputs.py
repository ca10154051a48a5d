"""All that a kit is made from: the files of its layers, read once, and their hashes."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.graph.task import Digest, digest_of
from formgen.kit import Kit
from formgen.model.editions.printed import says_edition
from formgen.model.editions.reaching import (
    listed_in,
    owner_of,
    owners_of,
    pack_facts,
    said_of,
)
from formgen.plain_files import is_utf8, read_plain
from formgen.sources.layers import Layer, Stack, read_whole
from formgen.sources.odd_files import read_sound_stack
from formgen.sources.pack_files.lock_file import LOCK_FILE
from formgen.sources.paths import (
    CONTENT,
    LOCAL_FILE,
    OWN_FILES,
    PACK_FILE,
    PACK_RECORDS,
)
from formgen.sources.pictures.read import MAX_BYTES
from formgen.sources.tree import Node
from formgen.sources.unread_files import files_named

# What it says is checked whenever a local is read, or told of each document by itself.
_NO_WORDS = PACK_RECORDS | {LOCK_FILE, OWN_FILES, PACK_FILE}
_NOTHING: Mapping[str, object] = MappingProxyType({})
# What is known of people stays out of everything that is kept.
_PERSONAL = "roster."
# How often a local is read that is changed meanwhile.
_TRIALS = 5


@dataclass(frozen=True)
class Inputs:
    """The hashes of the files that a kit is made from, by the number of their layer and path."""

    names: tuple[str, ...]
    files: Mapping[tuple[int, str], Digest]

    @property
    def whole(self) -> Digest:
        """Return the hash of all of them."""
        return _digest(self.names, sorted(self.files.items()))

    def short(self) -> dict[str, str]:
        """Return the hashes by layer and path, as far as it takes to tell them apart.

        Hundreds of locals have the same packs, and keep these texts once.
        """
        return {
            sys.intern(f"{self.names[n]}:{path}"): sys.intern(digest[-16:])
            for (n, path), digest in self.files.items()
        }

    def of_documents(
        self,
        contents: Mapping[str, str],
        named: object = (),
        alone: Mapping[str, object] = _NOTHING,
    ) -> dict[str, Digest]:
        """Return a hash for each document: of all files but the others' words; "" is for none.

        ``contents`` are the paths of the documents' own words below a language's folder; ``named``
        is what any document may say of all of them, ``alone`` what each has besides.
        """
        owners = owners_of(contents)
        shared: list[tuple[tuple[int, str], Digest]] = []
        words: dict[str, list[tuple[tuple[int, str], Digest]]] = {each: [] for each in contents}
        for item in sorted(self.files.items()):
            document = owner_of(item[0][1], owners)
            if document:
                words[document].append(item)
            elif item[0][1] not in _NO_WORDS:
                shared.append(item)
        common = _digest(self.names, shared, named)
        own = {each: _digest(common, found, alone.get(each)) for each, found in words.items()}
        return {"": common} | own


@dataclass
class LayerReader:
    """Reads layers whole, each once in a run: hundreds of locals share most of them."""

    known: dict[tuple[str, Path], tuple[Layer, Mapping[str, Digest]]] = field(default_factory=dict)

    def read(self, stack: Stack, own: Node) -> tuple[Stack, Inputs]:
        """Return the stack with the files of its layers, and all hashes. Raises OSError."""
        local = _with_settings(read_whole(stack.local))
        packs = [self._read(layer) for layer in stack.layers[1:]]
        hashes = [
            _hashes(local) | _beside_settings(local.folder, own),
            *(each for _, each in packs),
        ]
        files = {
            (n, path): digest for n, layer in enumerate(hashes) for path, digest in layer.items()
        }
        whole = Stack((local, *(layer for layer, _ in packs)))
        return whole, Inputs(tuple(layer.name for layer in stack.layers), files)

    def _read(self, layer: Layer) -> tuple[Layer, Mapping[str, Digest]]:
        key = (layer.name, layer.folder)
        if key not in self.known:
            whole = read_whole(layer)
            self.known[key] = whole, _hashes(whole)
        return self.known[key]


def read_layers(reader: LayerReader, stack: Stack, own: Node) -> tuple[Stack, Inputs]:
    """Return a stack with the files of its layers, and all hashes. Raises InputError."""
    try:
        return reader.read(stack, own)
    except OSError as problem:
        place = Place(Path(problem.filename or stack.local.folder))
        message = f"{place.file.name} cannot be read: {problem.strerror}."
        raise InputError(
            [Finding(place, Code.UNREADABLE, message, "check its permissions.")]
        ) from None


def read_local(reader: LayerReader, local_yaml: Path) -> tuple[Stack, Node, Inputs]:
    """Return the stack of a local with the files of its layers, its settings, and all hashes.

    What somebody writes meanwhile is read again: else pages of the settings before would be kept
    as those of the settings now. Raises InputError.
    """
    for _ in range(_TRIALS):
        before = _hash_beside(local_yaml)
        stack, own = read_sound_stack(local_yaml)
        stack, inputs = read_layers(reader, stack, own)
        if inputs.files.get((0, local_yaml.name)) == before:
            return stack, own, inputs
    message = "it was changed again and again while it was read."
    raise InputError([Finding(Place(local_yaml), Code.CHANGED, message, "build it again.")])


def _hashes(layer: Layer) -> dict[str, Digest]:
    return {path: digest_of(data) for path, data in (layer.files or {}).items()}


def _with_settings(local: Layer) -> Layer:
    """Return a local's layer with its settings among its files."""
    file = local.folder / LOCAL_FILE
    own = {LOCAL_FILE: file.read_bytes()} if file.is_file() else {}
    return replace(local, files={**(local.files or {}), **own})


def _beside_settings(folder: Path, own: Node) -> dict[str, Digest]:
    """Return the hashes of the files beside a local's settings; nobody's roster is among them."""
    files = {Path(entry.path) for entry in os.scandir(folder) if entry.is_file()}
    files |= {folder / name for name in files_named(own) if (folder / name).is_file()}
    return {
        file.relative_to(folder).as_posix(): _hash_beside(file)
        for file in files
        if is_utf8(file.name) and not file.name.startswith(_PERSONAL)
    }


def _hash_beside(file: Path) -> Digest:
    """Return the hash of a file, or of nothing: most of them are no concern of the kit."""
    try:
        return digest_of(read_plain(file) if file.stat().st_size <= MAX_BYTES else b"")
    except OSError:
        return digest_of(b"")


def document_keys(kit: Kit, inputs: Inputs) -> dict[str, Digest]:
    """Return the hash of all that each document of a kit may read; "" is for what is none.

    Of editions, a document's key holds its own alone, and what is none has none in it.
    """
    contents = contents_of(kit)
    named = [
        (document.id, node.value, node.place.line, node.place.column)
        for document in kit.documents
        for node in (document.naming.title, document.naming.purpose)
    ]
    packs = [pack_facts(file) for _, file in kit.stack.find_all(PACK_FILE)]
    alone = {
        document.id: (document.edition, [lock.by for lock in kit.locks if lock.name == document.id])
        for document in kit.documents
    }
    namings = [*(each.naming for each in kit.documents), *(each.naming for each in kit.packets)]
    newest = kit.edition if says_edition(kit.words, namings) else ""
    said = (named, packs, _said(kit, owners_of(contents)), newest)
    return inputs.of_documents(contents, said, alone)


def _said(kit: Kit, owners: Mapping[str, str]) -> list[object]:
    """Return what the words of documents say that others may: their headings."""
    return [
        (number, path, said)
        for number, layer in enumerate(kit.stack.layers)
        for path in layer.paths(CONTENT)
        if path.endswith(".md") and owner_of(path, owners) and (file := layer.file(path))
        if (said := said_of(path, file))
    ]


def contents_of(kit: Kit) -> dict[str, str]:
    """Return where the words of each document of the catalog lie, by document."""
    return {name: each.content for name, each in listed_in(kit.catalog).items()}


def pack_kit(kit: Kit) -> bytes:
    """Return a kit as bytes for workers, with the files of its layers but not the base pack's.

    Every worker has that one on its disk.
    """
    *layers, base = kit.stack.layers
    stack = Stack((*layers, Layer(base.name, base.folder)))
    return pickle.dumps(replace(kit, stack=stack, warnings=()))


def _digest(*facts: object) -> Digest:
    return digest_of(repr(facts).encode("utf-8", "surrogatepass"))
