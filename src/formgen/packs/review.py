"""Review: take a local's or a pack's own files for up to date with what they replace."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from formgen.build.publish import write_file
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, did_you_mean
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.sources.layers import Layer, Stack, base_layer, read_stack
from formgen.sources.pack_files.rules import MANIFEST
from formgen.sources.pack_files.unfinished import finish
from formgen.sources.paths import LOCAL_FILE, LOCALS, OWN_FILES, PACK_FILE, PACKS
from formgen.sources.replaced.basis import (
    Basis,
    Review,
    bases_text,
    basis_of,
    basis_of_value,
    is_of,
    read_bases,
    replaced_at,
    replaced_by,
)
from formgen.sources.replaced.hidden import hidden_values, merged_files
from formgen.sources.replaced.stale import bases_before, missed
from formgen.sources.settings import language_of
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node


@dataclass(frozen=True)
class Unreviewed:
    """A file of a layer's own that somebody has to look through."""

    file: Path
    # What it misses; nothing, if nobody wrote down what it was made from.
    findings: tuple[Finding, ...]


def unreviewed(folder: Path) -> list[Unreviewed]:
    """Return the files of a local or a pack that wait for a review. Raises InputError."""
    home = _home(folder)
    stack, own = _layers_of(home)
    bases = read_bases(stack.local)
    found: dict[str, list[Finding]] = {path: [] for path in replaced_by(stack) if path not in bases}
    for finding in missed(stack, own, bases).values():
        found.setdefault(_below(home, finding.place.file), []).append(finding)
    return [Unreviewed(home / path, tuple(each)) for path, each in sorted(found.items())]


def review(file: Path, signed: Review, waiting: Waiting = wait_silently) -> list[str]:
    """Take a file of a local or a pack as it is for up to date; return what in it was not.

    That is its path, or the keys of the values in it that hide others. ``signed`` says who did
    so, and is kept with it. Raises InputError.
    """
    folder = _home(file)
    path = _below(folder, file)
    with locked(folder / PACKS, waiting):
        finish(folder)
        stack, own = _layers_of(folder)
        # What is known of a file that is gone goes with it.
        known = {
            key: each for key, each in read_bases(stack.local).items() if is_of(stack.local, key)
        }
        old = {key: each for key, each in known.items() if key.partition("#")[0] == path}
        now = {**_files_now(stack, path), **_values_now(stack, own, old)}
        if not now and not old and not _is_merged(stack, own, path):
            message = f"{file.name} replaces no file of formgen's or of a pack's."
            fix = did_you_mean(path, replaced_by(stack), "name one that does.")
            raise InputError([Finding(Place(file), Code.NO_FILE, message, fix)])
        now = {key: _reviewed(known.get(key), each, signed) for key, each in now.items()}
        rest = {key: each for key, each in known.items() if key not in old}
        write_bases(folder, {**rest, **now})
    return sorted(key for key in {*old, *now} if old.get(key) != now.get(key))


def _files_now(stack: Stack, path: str) -> dict[str, Basis]:
    """Return what a file of a layer's own replaces now."""
    below = replaced_at(stack, path) if stack.local.file(path) else None
    return {path: basis_of(path, below.data)} if below else {}


def _values_now(stack: Stack, own: Node, known: Mapping[str, Basis]) -> dict[str, Basis]:
    """Return what values hide now of which something is known."""
    hidden = hidden_values(stack, own) if known else {}
    return {key: basis_of_value(hidden[key].below) for key in known if key in hidden}


def _is_merged(stack: Stack, own: Node, path: str) -> bool:
    return path in merged_files(language_of(stack, own))


def _reviewed(known: Basis | None, now: Basis, signed: Review) -> Basis:
    """Return what a file is made from now; one that nothing has changed for keeps its review."""
    if known and known.sha256 == now.sha256:
        return replace(now, review=known.review)
    return replace(now, review=signed)


def _below(folder: Path, place: Path) -> str:
    # Links are not followed: the name in the folder is what counts.
    return Path(os.path.relpath(place, folder)).as_posix()


def _home(place: Path) -> Path:
    """Return the folder of the local or pack that a file belongs to, or that is named itself."""
    if not place.exists():
        message = f"{place.name} does not exist."
        raise InputError([Finding(Place(place), Code.NO_FILE, message, "check the name.")])
    whole = Path(os.path.abspath(place))  # noqa: PTH100  (".." has to go, and links have to stay)
    for folder in (place,) if place.is_dir() else whole.parents:
        if (folder / LOCAL_FILE).is_file() or (folder / PACK_FILE).is_file():
            return folder
    message = f"{place} is neither a local nor a pack, nor a file of one."
    fix = f"name a folder that holds {LOCAL_FILE} or {PACK_FILE}, or a file below it."
    raise InputError([Finding(Place(place), Code.NO_FILE, message, fix)])


def stack_of(folder: Path) -> Stack:
    """Return the layers of a local, or of a pack and what it builds on. Raises InputError."""
    return _layers_of(folder)[0]


def _layers_of(folder: Path) -> tuple[Stack, Node]:
    """Return the layers of a local, or of a pack and what it builds on, and its first file."""
    if (folder / LOCAL_FILE).is_file():
        return read_stack(folder / LOCAL_FILE)
    tree = read_yaml(folder / PACK_FILE)
    if (folder / MANIFEST).exists():
        message = "this pack was installed from an archive, so nothing in it is to be changed."
        fix = "ask its publisher for an edition that was reviewed."
        raise InputError([Finding(Place(folder), Code.PACK_INSTALLED, message, fix)])
    return _stack_of_pack(folder, tree), tree


def samples(pack: Path) -> list[Path]:
    """Return the `local.yaml` of each sample local in a pack's folder, in order."""
    return sorted((pack / LOCALS).glob(f"*/{LOCAL_FILE}"))


def _stack_of_pack(folder: Path, tree: Node) -> Stack:
    if not tree.text("extends"):
        return Stack((Layer(tree.text("id"), folder), base_layer()))
    # Where the packs below it lie, its sample local knows.
    for sample in samples(folder):
        layers = read_stack(sample)[0].layers
        for depth, layer in enumerate(layers):
            if layer.folder.resolve() == folder.resolve():
                return Stack(layers[depth:])
    message = "no sample local builds on this pack, so nobody can tell what it builds on."
    fix = f"add locals/<name>/{LOCAL_FILE} with `extends: {tree.text('id')}`."
    raise InputError([Finding(Place(folder / LOCALS), Code.NO_SAMPLE, message, fix)])


def write_bases(folder: Path, bases: Mapping[str, Basis]) -> None:
    """Write what a layer's own files were made from; without any, there is no such file."""
    path = folder / OWN_FILES
    if bases:
        write_file(path, bases_text(bases).encode())
    else:
        path.unlink(missing_ok=True)


def record_bases(stack: Stack, now: Stack, own: Node) -> None:
    """Write down what is below a local's own files and values, before other packs come ``now``.

    Of what something is known of, that stays.
    """
    bases = bases_before(stack, now, own)
    if bases != read_bases(stack.local):
        write_bases(stack.local.folder, bases)
