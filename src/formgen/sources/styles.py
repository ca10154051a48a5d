"""Style sheets through the layers: the nearest one, and what nearer layers add to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from formgen.codes import Code
from formgen.findings import Finding, Place, brief, did_you_mean
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import style_path, template_path
from formgen.sources.text_files import read_text

_FOLDER = template_path("styles")
_SHEET = ".css"
# `print.more.css` is what a layer adds to `print.css`.
_MORE = ".more.css"


def read_style(stack: Stack, name: str) -> str:
    """Return a style sheet with what layers add to it, the nearest last; nothing if it is nowhere.

    What lies below the layer that has the sheet itself is replaced together with it.
    Raises InputError.
    """
    parts: list[str] = []
    for layer in stack.layers:
        more = layer.file(style_path(addition_to(name)))
        sheet = layer.file(style_path(name))
        parts += [read_text(file) for file in (more, sheet) if file]
        if sheet:
            return "\n".join(reversed(parts))
    return ""


def added_to(path: str) -> str:
    """Return the path of the sheet that a file adds to, or nothing if it is no addition."""
    inside = str(PurePosixPath(path).parent) == _FOLDER
    return path.removesuffix(_MORE) + _SHEET if inside and path.endswith(_MORE) else ""


def original_of(below: Stack, path: str) -> tuple[Layer, bytes] | None:
    """Return what a nearer layer's file of this path replaces, with the layer that has it.

    Of a style sheet, what lower layers add to it is replaced as well.
    """
    found = below.find(path)
    if found is None:
        return None
    data = found[1].read_bytes()
    if str(PurePosixPath(path).parent) != _FOLDER:
        return found[0], data
    name = addition_to(path)
    above = below.layers[: below.layers.index(found[0]) + 1]
    more = [(layer, file) for layer in reversed(above) if (file := layer.file(name))]
    whose = more[-1][0] if more else found[0]
    return whose, b"".join([data, *(file.read_bytes() for _, file in more)])


def addition_to(path: str) -> str:
    """Return the path of the file that adds to a style sheet."""
    return path.removesuffix(_SHEET) + _MORE


def check_additions(stack: Stack) -> Iterator[Finding]:
    """Yield a finding for each addition to a style sheet that no layer has."""
    names = stack.names_in(_FOLDER, _SHEET)
    sheets = [name for name in names if not name.endswith(_MORE)]
    for layer in stack.layers:
        for more in Stack((layer,)).names_in(_FOLDER, _MORE):
            name = more.removesuffix(_MORE) + _SHEET
            if name in sheets:
                continue
            message = f"there is no style sheet {brief(name)} that this could add to."
            fix = did_you_mean(name, sheets, f"the sheets are: {', '.join(sheets)}.")
            yield Finding(Place(layer.folder / _FOLDER / more), Code.UNKNOWN_STYLE, message, fix)
