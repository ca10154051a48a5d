"""Read a picture: checked, decoded in full, and stripped of what it says beside the image."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from formgen.findings import Finding, InputError, Place

MAX_BYTES = 5_000_000
MAX_PIXELS = 25_000_000
# Enough for 40 mm at 600 dots an inch; larger pictures only make files heavy.
MAX_SIDE = 1000
_SVG = "{http://www.w3.org/2000/svg}"
_MAX_SVG_ELEMENTS = 2000
# Elements that can run, load or multiply; a logo needs none of them.
_REFUSED_SVG = {"script", "foreignObject", "use", "image", "animate", "set", "a", "iframe"}


@dataclass(frozen=True)
class Picture:
    """A picture ready for a page: its bytes, media type, and width divided by height."""

    data: bytes
    media_type: str
    ratio: float


def read_picture(path: Path, place: Place) -> Picture:
    """Read a PNG, JPEG or SVG file; raise InputError, naming the setting's place."""
    if not path.is_file():
        raise _refuse(place, "no-file", f"{path.name} is not in {path.parent}.", "copy it there.")
    if path.stat().st_size > MAX_BYTES:
        raise _refuse(
            place, "image-too-big", f"{path.name} is larger than 5 MB.", "export it smaller."
        )
    data = path.read_bytes()
    if path.suffix.lower() == ".svg":
        return _svg(path, data, place)
    return _bitmap(path, data, place)


def _refuse(place: Place, code: str, message: str, fix: str) -> InputError:
    return InputError([Finding(place, code, message, fix)])


def _bitmap(path: Path, data: bytes, place: Place) -> Picture:
    from PIL import Image, ImageFile, ImageOps

    # Other libraries switch this on for the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
    except Image.DecompressionBombError:
        raise _refuse(
            place, "image-too-big", f"{path.name} is far too large.", "resize to 2000 px."
        ) from None
    except (OSError, ValueError, SyntaxError):
        message = f"{path.name} is not a PNG, JPEG or SVG picture."
        raise _refuse(place, "image-unreadable", message, "export it again as PNG.") from None
    width, height = image.size
    if width * height > MAX_PIXELS:
        message = f"{path.name} is {width}×{height}; limit 25 megapixels."
        raise _refuse(place, "image-too-big", message, "resize to 2000 px.")
    try:
        image.load()
        upright = ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, EOFError):
        message = f"{path.name} ends early."
        raise _refuse(place, "image-truncated", message, "export it again.") from None
    clean = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    clean.thumbnail((MAX_SIDE, MAX_SIDE))
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), "image/png", clean.width / clean.height)


def _svg(path: Path, data: bytes, place: Place) -> Picture:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    fix = "export it again as plain SVG, or as PNG."
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise _refuse(place, "image-unsafe", f"{path.name} declares entities.", fix) from None
    except ET.ParseError as problem:
        row, column = problem.position
        message = f"{path.name} is not readable as SVG (line {row}, column {column})."
        raise _refuse(place, "image-unreadable", message, fix) from None
    if root.tag != f"{_SVG}svg":
        raise _refuse(place, "image-unreadable", f"{path.name} is not an SVG picture.", fix)
    unsafe = _unsafe_part(root)
    if unsafe:
        raise _refuse(place, "image-unsafe", f"{path.name} holds {unsafe}.", fix)
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
            bare = name.rpartition("}")[2].lower()
            if bare.startswith("on") or bare == "href":
                return f"the attribute {bare}"
            if "url(" in value.replace(" ", "") and "url(#" not in value.replace(" ", ""):
                return "a reference to another file"
        if tag == "style" and ("@import" in (element.text or "") or "url(" in (element.text or "")):
            return "a style sheet that loads files"
    return ""


def _svg_ratio(root: ET.Element) -> float:
    numbers = root.get("viewBox", "").replace(",", " ").split()
    try:
        width, height = (float(number) for number in numbers[2:4])
    except ValueError:
        return 1.0
    return width / height if width > 0 and height > 0 else 1.0
