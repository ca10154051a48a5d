"""Layers and the stack: where files and settings are looked for, nearest first."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from importlib.resources import files
from pathlib import Path, PurePosixPath

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief, did_you_mean
from formgen.sources.files import File
from formgen.sources.pack_files.lock_file import (
    KEYS_SETTING,
    LOCK_FILE,
    Lock,
    check_keys,
    pack_folder,
)
from formgen.sources.pack_files.requirement import asked_for
from formgen.sources.pack_files.rules import is_litter
from formgen.sources.pack_files.unfinished import sound_lock
from formgen.sources.paths import CONTENT, FOLDERS, LOCALS, PACK_FILE, PACKS
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node, overlay

# Below the base pack's content, but not of it.
_OTHERS = (f"{CONTENT}/{LOCALS}", f"{CONTENT}/{PACKS}")
BASE = "base"
# A pack can extend a pack; more levels than this are a circle.
MAX_LAYERS = 8


@dataclass(frozen=True)
class Layer:
    """One pack, or the local: a folder with `content/`, `templates/` and `assets/`.

    With ``files``, their bytes by path, nothing is read from the disk any more.
    """

    name: str
    folder: Path
    files: Mapping[str, bytes] | None = field(default=None, compare=False, repr=False)
    # The paths that it has; of what else lies in its folder, nothing is read.
    only: frozenset[str] | None = None
    # The hash of ``files``, which tells layers apart that were read at different times.
    digest: str = ""

    @cached_property
    def _whole_folder(self) -> Path:
        return self.folder.resolve()

    @cached_property
    def _seen(self) -> dict[Path, bool]:
        """Of folders that were looked at, whether they lie in this one."""
        return {}

    def file(self, path: str) -> File | None:
        """Return a file of this layer, or None; symbolic links out of it are refused."""
        parts = PurePosixPath(path).parts
        if not parts or ".." in parts or parts[0] in {"/", "\\"}:
            return None
        if is_litter(path) or (self.only is not None and path not in self.only):
            return None
        found = self.folder.joinpath(*parts)
        if self.files is not None:
            data = self.files.get("/".join(parts))
            return None if data is None else File(found, data)
        try:
            if not found.is_file():
                return None
            place = found.resolve().parent if found.is_symlink() else found.parent
            if place not in self._seen:
                self._seen[place] = place.resolve().is_relative_to(self._whole_folder)
        except OSError:  # a name that no disk can hold, or a folder that may not be read
            return None
        return File(found) if self._seen[place] else None

    def paths(self, folder: str) -> list[str]:
        """Return the paths of all files below a folder of this layer, in order."""
        if self.files is not None:
            return sorted(path for path in self.files if path.startswith(f"{folder}/"))
        return sorted(_paths_below(self, folder))

    def names_in(self, folder: str, suffix: str) -> list[str]:
        """Return the names of the files in a folder of this layer that end so, in no order."""
        if self.files is not None:
            start = len(folder) + 1
            names = (path[start:] for path in self.files if path.startswith(f"{folder}/"))
            return [name for name in names if "/" not in name and name.endswith(suffix)]
        place = self.folder.joinpath(*PurePosixPath(folder).parts)
        return [
            file.name for file in place.glob(f"*{suffix}") if self.file(f"{folder}/{file.name}")
        ]

    def has(self, folder: str) -> bool:
        """Tell whether this layer has a folder."""
        if self.files is not None:
            return any(path.startswith(f"{folder}/") for path in self.files)
        return self.folder.joinpath(*PurePosixPath(folder).parts).is_dir()


def _paths_below(layer: Layer, folder: str) -> Iterator[str]:
    """Yield the paths of a layer's files below a folder; links are followed while they stay in."""
    whole = layer.folder.resolve()
    if not _is_inside(layer.folder / folder, whole):
        return
    for here, folders, names in os.walk(layer.folder / folder, followlinks=True):
        place = Path(here)
        folders[:] = [each for each in folders if _is_inside(place / each, whole)]
        for name in names:
            path = (place / name).relative_to(layer.folder).as_posix()
            if layer.file(path):
                yield path


def _is_inside(folder: Path, whole: Path) -> bool:
    """Tell whether a folder belongs to a layer, and does not lead back to one above it."""
    if folder.is_symlink():
        target = folder.resolve()
        return target.is_relative_to(whole) and not folder.parent.resolve().is_relative_to(target)
    return not folder.as_posix().endswith(_OTHERS) or folder.resolve() not in {
        whole / other for other in _OTHERS
    }


@dataclass(frozen=True)
class Stack:
    """The layers of one local, nearest first; the last is the base pack."""

    layers: tuple[Layer, ...]

    @property
    def local(self) -> Layer:
        """Return the local's own layer."""
        return self.layers[0]

    def find(self, path: str) -> tuple[Layer, File] | None:
        """Return the nearest file of this path with its layer, or None."""
        for layer in self.layers:
            found = layer.file(path)
            if found:
                return layer, found
        return None

    def find_all(self, path: str) -> list[tuple[Layer, File]]:
        """Return all files of this path with their layers, nearest first."""
        found = ((layer, layer.file(path)) for layer in self.layers)
        return [(layer, file) for layer, file in found if file]

    def names_in(self, folder: str, suffix: str) -> list[str]:
        """Return the names of all files in a folder, over all layers, in order."""
        return sorted({name for layer in self.layers for name in layer.names_in(folder, suffix)})

    def merged(self, *paths: str) -> Node:
        """Read files of all layers and lay them over each other, nearest on top.

        Within a layer, a later path lies on an earlier one. Raises InputError.
        """
        trees: list[Node] = []
        findings: list[Finding] = []
        for layer in reversed(self.layers):
            for path in paths:
                file = layer.file(path)
                if file is None:
                    continue
                try:
                    trees.append(read_yaml(file, layer.name))
                except InputError as problem:
                    findings += problem.findings
        if findings:
            raise InputError(findings)
        if not trees:
            place = Place(self.layers[-1].folder / paths[0])
            message = f"no layer has {paths[0]}."
            raise InputError(
                [Finding(place, Code.BROKEN_INSTALLATION, message, "install formgen again.")]
            )
        return reduce(overlay, trees)


def read_whole(layer: Layer) -> Layer:
    """Return a layer with the bytes of all its files. Raises OSError."""
    files: dict[str, bytes] = {}
    digest = hashlib.sha256()
    for path in (path for folder in FOLDERS for path in layer.paths(folder)):
        found = layer.file(path)
        if found:
            files[path] = found.read_bytes()
            digest.update(f"{path}\0{len(files[path])}\0".encode())
            digest.update(files[path])
    return replace(layer, files=files, digest=digest.hexdigest())


def base_layer() -> Layer:
    """Return the base pack: inside the installed package, or the repository's folders."""
    packaged = Path(str(files("formgen"))) / "_pack"
    repository = Path(__file__).resolve().parents[3]
    return Layer(BASE, packaged if packaged.is_dir() else repository)


def read_stack(local_yaml: Path) -> tuple[Stack, Node]:
    """Read `local.yaml` and find the layers below it. Raises InputError."""
    tree = read_yaml(local_yaml, "local")
    if not isinstance(tree.value, dict):
        message = f"{local_yaml.name} holds no settings."
        fix = "start from `formgen new`."
        raise InputError([Finding(Place(local_yaml, 1, 1), Code.BAD_TYPE, message, fix)])
    local = Layer("local", local_yaml.parent)
    home, lock = sound_lock(local.folder)
    packs = tuple(packs_below(tree, local, home, lock))
    asked = tree.get(KEYS_SETTING)
    # Only the local's own settings count.
    keys = asked.value if asked and isinstance(asked.value, list) else []
    texts = [key.value for key in keys if isinstance(key.value, str)]
    if asked and texts:
        unsigned = check_keys(asked.place, texts, (each.name for each in packs), lock or Lock())
        if unsigned:
            raise InputError(unsigned)
    return Stack((local, *packs, base_layer())), tree


def packs_below(tree: Node, local: Layer, home: Path, lock: Lock | None) -> Iterator[Layer]:
    """Yield the packs that a local builds on, nearest first; those of a lock, if there is one."""
    asked = first = asked_for(tree)
    for _ in range(MAX_LAYERS):
        if asked is None or asked[0].pack in {"", BASE}:
            return
        name, asking = asked[0].pack, asked[1]
        folder = (
            _locked_folder(name, asking, home, lock) if lock else _pack_folder(name, asking, local)
        )
        only = frozenset(lock.packs[name].files) if lock else None
        yield Layer(name, folder, only=only)
        asked = asked_for(read_yaml(folder / PACK_FILE, name))
    if first and asked and asked[0].pack:
        message = f'the packs from "{first[0].pack}" on extend each other in a circle.'
        fix = "remove `extends` from one of them."
        raise InputError([Finding(asked[1].place, Code.PACK_CIRCLE, message, fix)])


def _locked_folder(name: str, asking: Node, home: Path, lock: Lock) -> Path:
    """Return the folder of a pack that the lock names; no other is used beside a lock."""
    if name not in lock.packs:
        message = f'pack "{brief(name)}" is not in {LOCK_FILE}.'
        fix = did_you_mean(name, lock.packs, "install it with `formgen pack add`.")
        raise InputError([Finding(asking.place, Code.NOT_LOCKED, message, fix)])
    return pack_folder(home, name)


def _pack_folder(name: str, asking: Node, local: Layer) -> Path:
    """Find a pack's folder: in the local's `packs/`, or in the `packs/` beside the locals.

    A pack's own sample local lies in the pack: `<pack>/locals/<sample>`.
    """
    here = local.folder.absolute()  # "." has no parent
    above = here.parent.parent
    places: tuple[Path, ...] = (here / PACKS, here.parent / PACKS, above / PACKS)
    if here.parent.name == LOCALS and (above / PACK_FILE).is_file():
        if read_yaml(above / PACK_FILE).text("id") == name:
            return above
        places = (*places, above.parent)
    known: list[str] = []
    for place in places:
        if place.is_dir():
            known += [entry.name for entry in place.iterdir() if entry.is_dir()]
            if name in known:
                return place / name
    fix = did_you_mean(name, known, f"copy the pack's folder to {places[0]}, or remove this line.")
    finding = Finding(asking.place, Code.NO_PACK, f'there is no pack "{brief(name)}".', fix)
    raise InputError([finding])


def with_layer_names(stack: Stack, name: str) -> Stack:
    """Return the stack with the local's layer called by the local's id."""
    return Stack((replace(stack.local, name=name), *stack.layers[1:]))
