"""Leave alone what would come out as it is: a kit whose inputs and files are the same as before.

Reading and composing a local takes a tenth of typesetting it. Of a local that nobody touched
since, the files alone are read, both those it is made from and those that were made.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from formgen.pipeline.cache import Cache
from formgen.pipeline.jobs import Choice
from formgen.pipeline.publish import MANIFEST, NEXT, read_manifest, sha256_of
from formgen.pipeline.report import KitReport
from formgen.press.versions import source_hash
from formgen.sources.layers import Layer, Stack
from formgen.sources.tree import Node

# What a layer holds besides the files beside its settings.
_FOLDERS = ("assets", "content", "templates")
# Below the base pack's content, but not of it.
_OTHERS = ("content/locals", "content/packs")


class Unchanged:
    """Tells whether a local has to be built at all; one serves for one build."""

    def __init__(self, cache: Cache, versions: dict[str, str]) -> None:
        """Look kits up in a cache; other versions make other kits."""
        self._cache = cache
        self._versions = versions
        # Layers that many locals share are read once.
        self._known: dict[Path, str] = {}

    def key(self, stack: Stack, own: Node, choice: Choice, out: Path) -> str:
        """Return the fingerprint of all that a kit is made from; none if that is not known."""
        try:
            layers = [self._local_hash(stack.local, own)]
            layers += [self._layer_hash(layer) for layer in stack.layers[1:]]
        except OSError:
            return ""
        names = [layer.name for layer in stack.layers]
        parts = [self._versions, source_hash(), names, layers, repr(choice), str(out.resolve())]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def found(self, key: str, report: KitReport, out: Path, seen: dict[str, Path]) -> bool:
        """Tell whether the kit is there, whole and as it would be built; fill in its report."""
        record = self._cache.get(key) if key else None
        if record is None:
            return False
        head, _, manifest = record.partition(b"\n")
        facts = json.loads(head)
        folder = out / facts["id"]
        if facts["id"] in seen or not _is_whole(folder, manifest):
            return False
        seen[facts["id"]] = report.local
        report.id, report.name, report.edition = facts["id"], facts["name"], facts["edition"]
        report.documents, report.overlays = facts["documents"], facts["overlays"]
        report.folder, report.unchanged = folder, True
        made = {entry.path: replace(entry, sources=()) for entry in read_manifest(folder)}
        report.built = [made[path] for path in facts["built"] if path in made]
        return True

    def remember(self, key: str, report: KitReport, manifest: bytes) -> None:
        """Note what a kit without findings was made from."""
        if not key or report.folder is None:
            return
        facts = {
            "id": report.id,
            "name": report.name,
            "edition": report.edition,
            "documents": report.documents,
            "overlays": report.overlays,
            "built": [entry.path for entry in report.built],
        }
        self._cache.put(key, json.dumps(facts).encode() + b"\n" + manifest)

    def _local_hash(self, layer: Layer, own: Node) -> str:
        files = [Path(entry.path) for entry in os.scandir(layer.folder) if entry.is_file()]
        logo = own.get("brand", "logo")
        if logo and isinstance(logo.value, str) and (layer.folder / logo.value).is_file():
            files.append(layer.folder / logo.value)
        return _hash_of(layer.folder, [*files, *_files_of(layer.folder)])

    def _layer_hash(self, layer: Layer) -> str:
        if layer.folder not in self._known:
            self._known[layer.folder] = _hash_of(layer.folder, _files_of(layer.folder))
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


def _hash_of(root: Path, files: list[Path] | Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        name = os.fsencode(path.relative_to(root))
        digest.update(len(name).to_bytes(8, "big") + name)
        digest.update(bytes.fromhex(sha256_of(path)))
    return digest.hexdigest()


def _is_whole(folder: Path, manifest: bytes) -> bool:
    """Tell whether every file of a kit is there, byte for byte."""
    try:
        if (folder / NEXT).exists() or (folder / MANIFEST).read_bytes() != manifest:
            return False
        entries = read_manifest(folder)
        return all(sha256_of(folder / entry.path) == entry.sha256 for entry in entries)
    except OSError:
        return False
