"""Read a picture, whatever kind of file it is."""

from __future__ import annotations

import difflib
import re
import unicodedata
from pathlib import Path

from formgen.codes import Code
from formgen.findings import InputError, Place, brief
from formgen.sources.files import File
from formgen.sources.pictures.bitmap import read_bitmap
from formgen.sources.pictures.kinds import ENDINGS, is_vector
from formgen.sources.pictures.picture import LOGO_SIDE, Picture, refuse
from formgen.sources.pictures.svg import read_svg

# No camera and no drawing program makes a larger file; a film is larger.
MAX_BYTES = 200_000_000
_COPY = re.compile(r"[\s_-]*\(\d+\)$|[\s_-]+(?:copy|kopie|copia)$")


def read_picture(
    file: Path | File, place: Place, most_side: int = LOGO_SIDE, *, as_it_is: bool = False
) -> Picture:
    """Read a picture; raise InputError, naming the setting's place.

    It is made smaller until no side has more pixels than ``most_side``. With ``as_it_is``, a file
    that pages can show stays the same byte for byte.
    """
    file = file if isinstance(file, File) else File(file)
    path = file.path
    if file.data is None and not _is_file(path):
        raise _missing(path, place)
    try:
        if file.size > MAX_BYTES:
            message = f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB."
            raise refuse(place, Code.IMAGE_TOO_BIG, message, "export it smaller.")
        data = file.read_bytes()
    except OSError as problem:
        message = f"{path.name} cannot be read: {problem.strerror}."
        raise refuse(place, Code.UNREADABLE, message, "check its permissions.") from None
    if is_vector(path.name, data):
        return read_svg(path, data, place, most_side)
    return read_bitmap(path, data, place, most_side, as_it_is=as_it_is)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no disk can hold
        return False


def _missing(path: Path, place: Place) -> InputError:
    """Say that a picture is not there, and what lies there instead."""
    name = brief(path.name)
    try:
        if path.exists():
            message = f"{name} is a folder or a device, and no picture."
            return refuse(place, Code.NO_FILE, message, "name the picture itself.")
        beside = [each.name for each in path.parent.iterdir() if each.is_file()]
    except OSError:
        beside = []
    message = f"{name} is not in {path.parent}"
    near = _nearest(path.name, beside)
    if not near:
        return refuse(place, Code.NO_FILE, f"{message}.", "copy it there.")
    return refuse(
        place,
        Code.NO_FILE,
        f"{message}, but {brief(near)} is.",
        f'write "{brief(near)}" here, or give the file the name {name}.',
    )


def _nearest(name: str, beside: list[str]) -> str:
    """Return the file that was most likely meant, or nothing."""
    pictures = sorted(each for each in beside if each.lower().endswith(ENDINGS))
    alike = [each for each in sorted(beside) if _folded(each) == _folded(name)]
    same = [each for each in pictures if _stem(each) == _stem(name)]
    near = difflib.get_close_matches(_stem(name), map(_stem, pictures), n=1, cutoff=0.6)
    close = [each for each in pictures if near and _stem(each) == near[0]]
    found = alike or same or close or (pictures if len(pictures) == 1 else [])
    return found[0] if found else ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _stem(name: str) -> str:
    """Return a name without its endings, and without what programs add to that of a copy."""
    stem = _folded(name)
    while stem.endswith(ENDINGS):
        stem = stem.rpartition(".")[0]
    return _COPY.sub("", stem).strip(" _-.")
