"""Pictures of a Word file, each with the words that stand for it."""

from __future__ import annotations

import base64
import binascii
import io
import re
from typing import Any
from urllib.parse import unquote_to_bytes

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Emu

from formgen.word.ooxml import Element, R, parse, safe, w

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_USE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_CENTIMETRE = 360_000
_LARGEST_RATIO = 20.0
_OPENING = re.compile(r"<svg\b[^>]*>")
_NUMBER = r"(\d+(?:\.\d+)?)"
_VIEW_BOX = re.compile(rf"""viewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+{_NUMBER}[\s,]+{_NUMBER}""")


def picture(part: Any, source: str, alternative: str, height: float = 1.8) -> Element | None:
    """Return the picture of a data: address as a drawing, or None if Word cannot show it."""
    data = _data_of(source)
    return drawing(part, data, alternative, height) if data else None


def _data_of(source: str) -> bytes | None:
    head, comma, body = source.partition(",")
    if not comma or not head.startswith("data:"):
        return None
    if not head.endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error:
        return None


def drawing(
    part: Any, data: bytes, alternative: str, height: float, widest: float = 5.0
) -> Element | None:
    """Return a picture as a drawing, so many centimetres high, or None if it cannot be read."""
    vector = b"<svg" in data[:2000]
    shown = _stand_in(data) if vector else _as_shown(data)
    if shown is None:
        return None
    raster, ratio = shown
    high = min(height, widest / ratio)
    inline = part.new_pic_inline(
        io.BytesIO(raster), Emu(round(high * ratio * _CENTIMETRE)), Emu(round(high * _CENTIMETRE))
    )
    # Without these, LibreOffice keeps other things at a distance.
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    for named in inline.iter("{*}docPr", "{*}cNvPr"):
        named.set("descr", safe(alternative))
        # A file's name would say nothing, and readers read it out.
        named.set("name", f"Picture {named.get('id')}")
    if vector:
        _add_vector(part, inline, data)
    return w("drawing", inline)


def _as_shown(data: bytes) -> tuple[bytes, float] | None:
    """Return a picture in a format that every Word knows, and its width by its height."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            ratio = image.width / image.height
            if image.format in {"PNG", "JPEG"}:
                return data, ratio
            made = io.BytesIO()
            image.convert("RGBA").save(made, "PNG")
            return made.getvalue(), ratio
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def _stand_in(data: bytes) -> tuple[bytes, float] | None:
    """Return a transparent picture of a vector picture's shape, for programs without SVG."""
    from PIL import Image

    opening = _OPENING.search(data.decode("utf-8", "replace"))
    if opening is None:
        return None
    box = _VIEW_BOX.search(opening[0])
    sides = [
        re.search(rf"""\s{side}=["'](\d+(?:\.\d+)?)""", opening[0]) for side in ("width", "height")
    ]
    wide, high = (
        (float(box[1]), float(box[2]))
        if box
        else (float(side[1]) if side else 1.0 for side in sides)
    )
    ratio = min(max(wide / high, 1 / _LARGEST_RATIO), _LARGEST_RATIO) if wide and high else 1.0
    made = io.BytesIO()
    shape = (round(8 * max(ratio, 1)), round(8 / min(ratio, 1)))
    Image.new("RGBA", shape, (0, 0, 0, 0)).save(made, "PNG")
    return made.getvalue(), ratio


def _add_vector(part: Any, inline: Element, data: bytes) -> None:
    """Lay the vector picture over its stand-in, as Word does since 2016."""
    package = part.package
    known = {str(each.partname): each for each in package.iter_parts()}
    vectors = [each for name, each in known.items() if "/vector" in name]
    same = next((each for each in vectors if each.blob == data), None)
    if same is None:
        name = PackURI(f"/word/media/vector{len(vectors) + 1}.svg")
        same = Part(name, "image/svg+xml", data, package)
    use = parse(
        f'<a:ext xmlns:a="{_A}" uri="{_SVG_USE}"><asvg:svgBlip xmlns:asvg="{_SVG}" '
        f'xmlns:r="{R}" r:embed="{part.relate_to(same, _IMAGE)}"/></a:ext>'
    )
    blip = next(inline.iter(f"{{{_A}}}blip"))
    extensions = parse(f'<a:extLst xmlns:a="{_A}"/>')
    extensions.append(use)
    blip.append(extensions)
