"""Read a picture that a setting names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError
from formgen.sources.pictures.picture import LOGO_SIDE, Picture
from formgen.sources.pictures.read import read_picture
from formgen.sources.tree import Node


def read_named(
    name: str, node: Node | None, most_side: int = LOGO_SIDE
) -> tuple[Picture | None, list[Finding]]:
    """Return the picture that a setting names, if it names one, and what is to be said of it.

    Its path is relative to the file that names it.
    """
    if not name or node is None:
        return None, []
    folder = node.place.file.parent
    path = folder / name
    if leads_out(path, folder):
        message = f"{name} lies outside the folder of {node.place.file.name}."
        return None, [Finding(node.place, Code.BAD_PATH, message, "copy the file there.")]
    try:
        picture = read_picture(path, node.place, most_side)
    except InputError as problem:
        return None, list(problem.findings)
    return replace(picture, notes=()), list(picture.notes)


def leads_out(path: Path, folder: Path) -> bool:
    """Tell whether a path leads out of a folder, or is a link."""
    try:
        return path.is_symlink() or not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # no file: a name too long, or links in a circle
        return False
