"""Review: take a local's or a pack's own files for up to date with what they replace."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
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
    known_bases,
    read_bases,
    replaced_by,
)
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node


def review(
    place: Path, waiting: Waiting = wait_silently, *, signed: Review | None = None
) -> list[str]:
    """Take a file as it is for up to date, or all of a local or pack; return which were not.

    ``signed`` says who did so, and is kept with each of them. Raises InputError.
    """
    folder = _home(place)
    path = _below(folder, place)
    with locked(folder / PACKS, waiting):
        finish(folder)
        stack = stack_of(folder)
        known = read_bases(stack.local)
        below = {name: basis_of(name, each.data) for name, each in replaced_by(stack).items()}
        now = {name: _reviewed(known.get(name), each, signed) for name, each in below.items()}
        if path not in {".", LOCAL_FILE}:
            now = {**known, path: now[path]} if path in now else _without(path, known, now, place)
        write_bases(folder, now)
    return sorted(name for name in {*known, *now} if known.get(name) != now.get(name))


def _reviewed(known: Basis | None, now: Basis, signed: Review | None) -> Basis:
    """Return what a file is made from now; one that nothing has changed for keeps its review."""
    if known and known.sha256 == now.sha256:
        return replace(now, review=known.review)
    return replace(now, review=signed)


def _below(folder: Path, place: Path) -> str:
    # Links are not followed: the name in the folder is what counts.
    return Path(os.path.relpath(place, folder)).as_posix()


def _without(
    path: str, known: Mapping[str, Basis], now: Mapping[str, Basis], place: Path
) -> dict[str, Basis]:
    """Return what is known of all files but one, which replaces nothing any more."""
    if path not in known:
        message = f"{place.name} replaces no file of formgen's or of a pack's."
        otherwise = "name one that does." if now else "there is nothing to review."
        fix = did_you_mean(path, now, otherwise)
        raise InputError([Finding(Place(place), Code.NO_FILE, message, fix)])
    return {name: each for name, each in known.items() if name != path}


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
    if (folder / LOCAL_FILE).is_file():
        return read_stack(folder / LOCAL_FILE)[0]
    tree = read_yaml(folder / PACK_FILE)
    if (folder / MANIFEST).exists():
        message = "this pack was installed from an archive, so nothing in it is to be changed."
        fix = "ask its publisher for an edition that was reviewed."
        raise InputError([Finding(Place(folder), Code.PACK_INSTALLED, message, fix)])
    return _stack_of_pack(folder, tree)


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


def record_bases(stack: Stack) -> None:
    """Write down what is below a local's own files now, of those of which nothing is known."""
    bases = known_bases(stack)
    if bases != read_bases(stack.local):
        write_bases(stack.local.folder, bases)
