"""What in a layer is no file that can be read: named, and never opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.plain_files import is_utf8, shown
from formgen.sources.layers import Layer, Stack, read_stack
from formgen.sources.paths import FOLDERS
from formgen.sources.tree import Node

_RENAME = "rename it, in plain letters."


def read_sound_stack(local_yaml: Path) -> tuple[Stack, Node]:
    """Read `local.yaml` and find the layers below it, all files of which can be read.

    Raises InputError.
    """
    odd = list(check_name(local_yaml))
    if odd:
        raise InputError(odd)
    stack, own = read_stack(local_yaml)
    # The base pack was installed as it is.
    odd = [finding for layer in stack.layers[:-1] for finding in check_files(layer)]
    odd += _check_rosters(local_yaml.parent)
    if odd:
        raise InputError(odd)
    return stack, own


def check_name(path: Path) -> Iterator[Finding]:
    """Yield a finding if a path has a name that is not readable text, or leads nobody in."""
    odd = next((each for each in (path, *path.parents) if not is_utf8(each.name)), None)
    if odd:
        message = f"the name {shown(odd.name)} is not UTF-8, so the folder is not opened."
        yield Finding(Place(odd), Code.BAD_PATH, message, _RENAME)
    elif path.parent.is_dir() and not os.access(path.parent, os.X_OK):
        yield _unreadable(path.parent, "Permission denied")


def _check_rosters(folder: Path) -> Iterator[Finding]:
    """Yield a finding for each roster that is no file; what it is called is what matters here."""
    for path in sorted(folder.glob("roster.*")):
        if not path.is_file():
            yield _not_plain(path)


def _not_plain(path: Path) -> Finding:
    message = f"{path.name} is no plain file, so it is not opened."
    return Finding(Place(path), Code.UNREADABLE, message, "delete it, or copy the file there.")


def _unreadable(path: Path, said: str | None) -> Finding:
    message = f"{path.name} cannot be read: {said}."
    return Finding(Place(path), Code.UNREADABLE, message, "check its permissions.")


def check_files(layer: Layer) -> Iterator[Finding]:
    """Yield a finding for each thing in the folders of a layer that cannot be read as a file."""
    for name in FOLDERS:
        folder = layer.folder / name
        if folder.is_symlink():
            yield from _check_link(folder, layer.folder)
        elif os.path.lexists(folder):
            yield from _check_folder(folder, layer.folder)


def _check_folder(folder: Path, whole: Path) -> Iterator[Finding]:
    """Look into a folder; what a link leads to is looked at where it lies."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as problem:
        yield _unreadable(folder, problem.strerror)
        return
    for entry in entries:
        path = Path(entry.path)
        if not is_utf8(entry.name):
            message = f"the name {shown(entry.name)} is not UTF-8, so it is not opened."
            yield Finding(Place(path), Code.BAD_PATH, message, _RENAME)
        elif entry.is_symlink():
            yield from _check_link(path, whole)
        elif entry.is_dir():
            yield from _check_folder(path, whole)
        elif not entry.is_file():
            yield _not_plain(path)
        elif not os.access(path, os.R_OK):
            yield _unreadable(path, "Permission denied")


def _check_link(path: Path, whole: Path) -> Iterator[Finding]:
    wrong = _wrong_link(path, whole.resolve())
    if wrong:
        yield wrong


def _wrong_link(path: Path, whole: Path) -> Finding | None:
    if not (path.is_file() or path.is_dir()):
        return _not_plain(path)
    if path.resolve().is_relative_to(whole):
        return None
    message = f"{path.name} is a link that leads out of {whole.name}."
    return Finding(Place(path), Code.BAD_PATH, message, "copy the file there instead.")
