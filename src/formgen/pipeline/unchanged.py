"""Leave alone what would come out as it is: a kit whose inputs and files are the same as before.

Reading and composing a local takes a tenth of typesetting it. Of a local that nobody touched
since, the files alone are read, both those it is made from and those that were made.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from formgen.findings import Finding, Place, errors
from formgen.model.printing import FINISHES
from formgen.pipeline.cache import Cache
from formgen.pipeline.jobs import BOUND, Choice
from formgen.pipeline.publish import (
    MANIFEST,
    NEXT,
    Entry,
    entries_of,
    entry_of,
    facts_of,
    is_there,
    sha256_of,
)
from formgen.pipeline.report import KitReport
from formgen.press.versions import source_hash
from formgen.sources.layers import Layer, Stack
from formgen.sources.tree import Node

_LOCK = "formgen.lock"
# What a layer holds besides the files beside its settings.
_FOLDERS = ("assets", "content", "templates")
# Below the base pack's content, but not of it.
_OTHERS = ("content/locals", "content/packs")
_BY_PATH = {*BOUND, *FINISHES}


@dataclass(frozen=True)
class Inputs:
    """All that a kit is made from: its files by layer and path, and the rest in one hash."""

    rest: str
    files: Mapping[tuple[int, str], str]

    @property
    def key(self) -> str:
        """Return the fingerprint of the whole kit."""
        return _digest([self.rest, sorted(self.files.items())])

    def keys_of(self, contents: Mapping[str, str]) -> dict[str, str]:
        """Return a fingerprint for each document: of all but the others' words.

        ``contents`` are the paths of the documents' own words below a language's folder.
        """
        # Words that two documents share belong to none.
        times = Counter(contents.values())
        owner = {path: document for document, path in contents.items() if times[path] == 1}
        shared: list[tuple[tuple[int, str], str]] = []
        words: dict[str, list[tuple[tuple[int, str], str]]] = {each: [] for each in contents}
        for item in sorted(self.files.items()):
            path = "/".join(item[0][1].split("/")[2:])
            # The words of a manual are a folder.
            document = owner.get(path) or owner.get(path.rpartition("/")[0])
            if document:
                words[document].append(item)
            # What it says is checked whenever a local is read.
            elif item[0][1] != _LOCK:
                shared.append(item)
        common = _digest([self.rest, shared])
        return {each: _digest([common, each, found]) for each, found in words.items()}


class Unchanged:
    """Tells what does not have to be built at all; one serves for one build."""

    def __init__(self, cache: Cache, versions: dict[str, str]) -> None:
        """Look kits up in a cache; other versions make other kits."""
        self._cache = cache
        self.versions = versions
        # Layers that many locals share are read once.
        self._known: dict[Path, dict[str, str]] = {}

    def inputs(self, stack: Stack, own: Node, choice: Choice, out: Path) -> Inputs | None:
        """Return all that a kit is made from, or None if that is not known."""
        try:
            layers = [self._local_files(stack.local, own)]
            layers += [self._layer_files(layer) for layer in stack.layers[1:]]
        except OSError:
            return None
        names = [layer.name for layer in stack.layers]
        rest = [self.versions, source_hash(), names, repr(choice), str(out.resolve())]
        files = {
            (number, path): digest
            for number, layer in enumerate(layers)
            for path, digest in layer.items()
        }
        return Inputs(_digest(rest), files)

    def documents_found(self, keys: Mapping[str, str], folder: Path) -> dict[str, list[Entry]]:
        """Return the documents whose files are there as they would be made, with their entries."""
        found = {}
        for document, key in keys.items():
            record = self._cache.get(key)
            entries = [entry_of(facts) for facts in json.loads(record)] if record else []
            if entries and all(is_there(folder, entry) for entry in entries):
                found[document] = entries
        return found

    def remember_packets(self, keys: Mapping[str, str], entries: Iterable[Entry]) -> None:
        """Note what each packet's documents were made from, so that its cover is not asked for."""
        bound = [entry for entry in entries if entry.variant in BOUND]
        for packet, key in keys.items():
            facts = [facts_of(entry) for entry in bound if entry.document == packet]
            if facts:
                self._cache.put(key, json.dumps(facts).encode())

    def remember_documents(self, keys: Mapping[str, str], entries: Iterable[Entry]) -> None:
        """Note what each document of a kit without findings was made from."""
        made: dict[str, list[dict[str, Any]]] = {}
        for entry in entries:
            # A packet can have the name of a document; what is no document goes by its path.
            name = entry.path if entry.variant in _BY_PATH else entry.document
            made.setdefault(name, []).append(facts_of(entry))
        for document, facts in made.items():
            if document in keys:
                self._cache.put(keys[document], json.dumps(facts).encode())

    def found(
        self, key: str, report: KitReport, stack: Stack, out: Path, seen: dict[str, Path]
    ) -> bool:
        """Tell whether the kit is there, whole and as it would be built; fill in its report."""
        record = self._cache.get(key) if key else None
        if record is None:
            return False
        head, _, manifest = record.partition(b"\n")
        facts = json.loads(head)
        folder = out / facts["id"]
        if facts["id"] in seen or not _has(folder, manifest):
            return False
        entries = entries_of(manifest)
        if not all(is_there(folder, entry) for entry in entries):
            return False
        seen[facts["id"]] = report.local
        report.id, report.name, report.edition = facts["id"], facts["name"], facts["edition"]
        report.documents, report.overlays = facts["documents"], facts["overlays"]
        report.folder, report.unchanged = folder, True
        report.findings += [_told(finding, stack) for finding in facts["warnings"]]
        made = {entry.path: replace(entry, sources=()) for entry in entries}
        report.built = [made[path] for path in facts["built"] if path in made]
        return True

    def remember(self, key: str, report: KitReport, stack: Stack, manifest: bytes) -> None:
        """Note what a kit was made from, and what it was warned of; not one with errors."""
        warnings = [_noted(finding, stack) for finding in report.findings]
        if not key or report.folder is None or errors(report.findings) or None in warnings:
            return
        facts = {
            "id": report.id,
            "name": report.name,
            "edition": report.edition,
            "documents": report.documents,
            "overlays": report.overlays,
            "built": [entry.path for entry in report.built],
            "warnings": warnings,
        }
        self._cache.put(key, json.dumps(facts).encode() + b"\n" + manifest)

    def _local_files(self, layer: Layer, own: Node) -> dict[str, str]:
        files = [Path(entry.path) for entry in os.scandir(layer.folder) if entry.is_file()]
        logo = own.get("brand", "logo")
        if logo and isinstance(logo.value, str) and (layer.folder / logo.value).is_file():
            files.append(layer.folder / logo.value)
        return _hashes(layer.folder, [*files, *_files_of(layer.folder)])

    def _layer_files(self, layer: Layer) -> dict[str, str]:
        if layer.folder not in self._known:
            self._known[layer.folder] = _hashes(layer.folder, _files_of(layer.folder))
        return self._known[layer.folder]


def _files_of(root: Path) -> Iterator[Path]:
    """Yield the files of a layer. Raises OSError where a link hides what is behind it."""
    others = {root / other for other in _OTHERS}
    for name in _FOLDERS:
        for here, folders, files in os.walk(root / name):
            folder = Path(here)
            folders[:] = [each for each in folders if folder / each not in others]
            if any((folder / each).is_symlink() for each in folders):
                message = f"{folder} holds a link to a folder"
                raise OSError(message)
            yield from (folder / each for each in files)


def _hashes(root: Path, files: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): sha256_of(path) for path in files}


def _digest(facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _noted(finding: Finding, stack: Stack) -> dict[str, Any] | None:
    """Return a finding to be told again, its file as seen from its layer; None if it has none."""
    place = finding.place
    for number, layer in enumerate(stack.layers):
        if place.file.is_relative_to(layer.folder):
            file = place.file.relative_to(layer.folder).as_posix()
            return {**asdict(finding), "place": [number, file, place.line, place.column]}
    return None


def _told(facts: Mapping[str, Any], stack: Stack) -> Finding:
    number, file, line, column = facts["place"]
    place = Place(stack.layers[number].folder / file, line, column)
    return Finding(**{**facts, "place": place, "details": tuple(facts["details"])})


def _has(folder: Path, manifest: bytes) -> bool:
    """Tell whether a kit has this manifest, and no other on its way."""
    try:
        return not (folder / NEXT).exists() and (folder / MANIFEST).read_bytes() == manifest
    except OSError:
        return False
