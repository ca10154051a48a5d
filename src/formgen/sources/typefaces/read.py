"""Read the typeface that a setting names, with what is to be said of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, Place, brief
from formgen.plain_files import read_plain
from formgen.sources.pictures.named import leads_out
from formgen.sources.tree import Node
from formgen.sources.typefaces.font_file import (
    BOLD,
    REGULAR,
    BrokenFontError,
    FontFile,
    cut_for_screens,
    cuts_of,
    read_font,
)
from formgen.sources.typefaces.typeface import Face, OwnTypeface, Slant

# The largest typefaces, of many scripts, have less.
MAX_BYTES = 30_000_000
_ENDINGS = (".ttf", ".otf", ".woff2", ".woff")
_LICENSES = ("license", "licence", "ofl", "copying", "eula")
# By the name of its setting: weight and slant of a file.
_PLACES: Mapping[str, tuple[int, Slant]] = {
    "file": (REGULAR, "normal"),
    "bold": (BOLD, "normal"),
    "italic": (REGULAR, "italic"),
}


def read_typeface(
    names: Mapping[str, str], voice: str, node: Node | None
) -> tuple[OwnTypeface | None, list[Finding]]:
    """Return the typeface of these files by `file`, `bold` and `italic`, and what is wrong.

    Paths are relative to the file that names them. What the typeface lacks is set in ``voice``, or
    in one that is like it.
    """
    if not names or node is None:
        return None, []
    findings: list[Finding] = []
    faces: list[Face] = []
    fonts: list[FontFile] = []
    for key, (weight, slant) in _PLACES.items():
        if not names.get(key):
            continue
        place = (node.get(key) or node).place
        font, problem = _read(names[key], place)
        if font is None:
            findings += problem
            continue
        fonts.append(font)
        cuts = cuts_of(font, weight, has_bold=slant == "italic" or bool(names.get("bold")))
        faces += (Face(each, slant, data) for each, data in cuts)
    if findings:
        return None, findings
    on_screen = cut_for_screens(faces[0].data) if fonts[0].for_screens else b""
    likely = "serif" if fonts[0].has_serifs else "sans"
    typeface = OwnTypeface(tuple(faces), voice or likely, on_screen)
    return typeface, list(_license(names["file"], fonts[0].name, (node.get("file") or node).place))


def _read(name: str, place: Place) -> tuple[FontFile | None, list[Finding]]:
    folder = place.file.parent
    path = folder / name
    if leads_out(path, folder):
        message = f"{brief(name)} lies outside the folder of {place.file.name}."
        return None, [Finding(place, Code.BAD_PATH, message, "copy the file there.")]
    try:
        if not path.is_file():
            message = f"{brief(name)} is not in {folder}."
            return None, [Finding(place, Code.NO_FILE, message, "copy it there.")]
        if path.stat().st_size > MAX_BYTES:
            message = f"{brief(name)} is larger than {MAX_BYTES // 1_000_000} MB."
            return None, [Finding(place, Code.TOO_BIG, message, "use a font of fewer scripts.")]
        font = read_font(read_plain(path))
    except OSError as problem:
        message = f"{brief(name)} cannot be read: {problem.strerror}."
        return None, [Finding(place, Code.UNREADABLE, message, "check its permissions.")]
    except BrokenFontError as problem:
        message = f"{brief(name)} is no font that pages can be set in: {problem}."
        fix = f"use a whole file that ends in {', '.join(_ENDINGS)}, or download it again."
        return None, [Finding(place, Code.BAD_TYPEFACE, message, fix)]
    if font.refusal:
        message = (
            f"the maker of {brief(font.name)} does not allow it {font.refusal}, which PDFs do."
        )
        fix = "ask for a license and a file that allow it, or choose another typeface."
        return None, [Finding(place, Code.TYPEFACE_LOCKED, message, fix)]
    return font, []


def _license(name: str, family: str, place: Place) -> Iterator[Finding]:
    """Yield a warning if nothing beside a font says by what right it is used."""
    folder = (place.file.parent / name).parent
    beside = [entry.name.lower() for entry in os.scandir(folder)]
    if any(each.startswith(_LICENSES) for each in beside):
        return
    message = f"nothing says that you may print and hand on {brief(family)}."
    fix = f"put its license beside {brief(Path(name).name)}, as LICENSE.txt or OFL.txt."
    yield Finding(place, Code.TYPEFACE_LICENSE, message, fix)
