"""Read a picture: checked, decoded in full, and stripped of what it says beside the image."""

from __future__ import annotations

import io
import math
import re
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief
from formgen.sources.files import File

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 5_000_000
MAX_PIXELS = 25_000_000
# Enough for 40 mm at 600 dots an inch; larger pictures only make files heavy.
MAX_SIDE = 1000
_SVG = "{http://www.w3.org/2000/svg}"
_MAX_SVG_ELEMENTS = 2000
# Elements that can run, load or multiply; a logo needs none of them.
_REFUSED_SVG = {"script", "foreignObject", "use", "image", "animate", "set", "a", "iframe"}
# Styles that load something. An escape could spell the same in another way.
_LOADS = re.compile(r"@import|\\|url\(\s*(?![\s\"'#])|url\(\s*[\"'](?!#)", re.IGNORECASE)
# What Pillow raises for a damaged file, beside OSError.
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, struct.error)


@dataclass(frozen=True)
class Picture:
    """A picture ready for a page: its bytes, media type, and width divided by height."""

    data: bytes
    media_type: str
    ratio: float


def read_picture(file: Path | File, place: Place) -> Picture:
    """Read a PNG, JPEG or SVG file; raise InputError, naming the setting's place."""
    file = file if isinstance(file, File) else File(file)
    path = file.path
    if file.data is None and not _is_file(path):
        message = f"{brief(path.name)} is not in {path.parent}."
        raise _refuse(place, Code.NO_FILE, message, "copy it there.")
    if file.size > MAX_BYTES:
        raise _refuse(
            place, Code.IMAGE_TOO_BIG, f"{path.name} is larger than 5 MB.", "export it smaller."
        )
    try:
        data = file.read_bytes()
    except OSError as problem:
        message = f"{path.name} cannot be read: {problem.strerror}."
        raise _refuse(place, Code.UNREADABLE, message, "check its permissions.") from None
    if path.suffix.lower() == ".svg":
        return _svg(path, data, place)
    return _bitmap(path, data, place)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no disk can hold
        return False


def _refuse(place: Place, code: Code, message: str, fix: str) -> InputError:
    return InputError([Finding(place, code, message, fix)])


def _bitmap(path: Path, data: bytes, place: Place) -> Picture:
    from PIL import ImageFile, ImageOps

    # Other libraries switch this on for the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        # What Pillow warns of is either refused below, or lies outside of the image itself.
        warnings.simplefilter("ignore")
        image = _open_bitmap(path, data, place)
        width, height = image.size
        if width * height > MAX_PIXELS:
            message = f"{path.name} is {width}×{height}; limit 25 megapixels."
            raise _refuse(place, Code.IMAGE_TOO_BIG, message, "resize to 2000 px.")
        try:
            image.load()
        except _DAMAGED:
            message = f"{path.name} ends early or is damaged."
            raise _refuse(place, Code.IMAGE_TRUNCATED, message, "export it again.") from None
        try:
            upright = ImageOps.exif_transpose(image)
        except _DAMAGED:
            upright = image
    clean = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    clean.thumbnail((MAX_SIDE, MAX_SIDE))
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), "image/png", clean.width / clean.height)


def _open_bitmap(path: Path, data: bytes, place: Place) -> Image.Image:
    from PIL import Image

    try:
        return Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
    except Image.DecompressionBombError as problem:
        pixels = re.search(r"\d+", str(problem))
        size = f"{int(pixels[0]) // 1_000_000} megapixels large" if pixels else "far too large"
        message = f"{path.name} is {size}; limit 25 megapixels."
        raise _refuse(place, Code.IMAGE_TOO_BIG, message, "resize to 2000 px.") from None
    except _DAMAGED:
        message = f"{path.name} is not a PNG, JPEG or SVG picture."
        raise _refuse(place, Code.IMAGE_UNREADABLE, message, "export it again as PNG.") from None


def _svg(path: Path, data: bytes, place: Place) -> Picture:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    fix = "export it again as plain SVG, or as PNG."
    not_utf8 = f"{path.name} is not saved as UTF-8."
    if b"\0" in data:
        raise _refuse(place, Code.IMAGE_UNREADABLE, not_utf8, fix)
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise _refuse(place, Code.IMAGE_UNSAFE, f"{path.name} declares entities.", fix) from None
    except ET.ParseError as problem:
        row, column = problem.position
        message = f"{path.name} is not readable as SVG (line {row}, column {column + 1})."
        raise _refuse(place, Code.IMAGE_UNREADABLE, message, fix) from None
    except (LookupError, ValueError):
        raise _refuse(place, Code.IMAGE_UNREADABLE, not_utf8, fix) from None
    if root.tag != f"{_SVG}svg":
        raise _refuse(place, Code.IMAGE_UNREADABLE, f"{path.name} is not an SVG picture.", fix)
    unsafe = _unsafe_part(root)
    if b"<?xml-stylesheet" in data:
        unsafe = "a style sheet that loads files"
    if unsafe:
        raise _refuse(place, Code.IMAGE_UNSAFE, f"{path.name} holds {unsafe}.", fix)
    return Picture(data, "image/svg+xml", _svg_ratio(root))


def _unsafe_part(root: ET.Element) -> str:
    """Name what in an SVG could run code or fetch something, or return nothing."""
    for count, element in enumerate(root.iter(), 1):
        tag = str(element.tag).rpartition("}")[2]
        if count > _MAX_SVG_ELEMENTS:
            return f"more than {_MAX_SVG_ELEMENTS} elements"
        if tag in _REFUSED_SVG:
            return f"a <{tag}> element"
        for name, value in element.attrib.items():
            bare = name.rpartition("}")[2]
            if bare.lower().startswith("on") or bare.lower() == "href":
                return f"the attribute {bare}"
            if name == bare and _LOADS.search(value):
                return "a reference to another file"
        if tag == "style" and _LOADS.search("".join(element.itertext())):
            return "a style sheet that loads files"
    return ""


def _svg_ratio(root: ET.Element) -> float:
    numbers = root.get("viewBox", "").replace(",", " ").split()
    try:
        width, height = (float(number) for number in numbers[2:4])
    except ValueError:
        return 1.0
    ratio = width / height if width > 0 and height > 0 else 1.0
    return ratio if math.isfinite(ratio) else 1.0
