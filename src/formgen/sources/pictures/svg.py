"""Read an SVG: only what is allowed is kept, and told of if what is left out could have shown."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from formgen.codes import Code
from formgen.findings import Finding, Place, brief
from formgen.sources.pictures.kinds import is_zipped, other_kind
from formgen.sources.pictures.picture import LOGO_SIDE, Picture, refuse
from formgen.sources.pictures.svg_cleaner import SVG, Cleaner
from formgen.sources.pictures.svg_references import unsafe_reference

if TYPE_CHECKING:
    from defusedxml.ElementTree import DefusedXMLParser

MAX_BYTES = 20_000_000
_MAX_ELEMENTS = 20_000
_MAX_DEPTH = 150
# Illustrator gives short names to the addresses of its namespaces, and nothing else is needed.
_LONGEST_ENTITY = 200
_FIX = "export it again as plain SVG, or as PNG."
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]*\?>")
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in|pc)?\s*")
_SHOWN = 3


def read_svg(path: Path, data: bytes, place: Place, most_side: int = LOGO_SIDE) -> Picture:
    """Return an SVG that loads and runs nothing. Raises InputError.

    Pictures in it are made smaller until no side has more pixels than ``most_side``.
    """
    plain = _unzipped(path, data, place)
    root = _parsed(path, plain, place)
    if root.tag != f"{{{SVG}}}svg":
        what = other_kind(plain)[0] if _is_page(root) else "is not an SVG picture"
        raise refuse(place, Code.IMAGE_UNREADABLE, f"{path.name} {what}.", _FIX)
    unsafe = _unsafe_size(root)
    if unsafe:
        raise refuse(place, Code.IMAGE_UNSAFE, f"{path.name} {unsafe}.", _FIX)
    cleaner = Cleaner(place, most_side)
    ratio = _ratio(root)
    is_changed = cleaner.clean(root)
    unsafe = unsafe_reference(root)
    if unsafe:
        raise refuse(place, Code.IMAGE_UNSAFE, f"{path.name} {unsafe}.", _FIX)
    kept = plain
    if is_changed or plain is not data or _has_more(data):
        kept = cleaner.written(root)
    return Picture(kept, "image/svg+xml", ratio, tuple(_notes(path, cleaner, place)))


def _unzipped(path: Path, data: bytes, place: Place) -> bytes:
    """Return an SVG that may be compressed as a whole. Raises InputError."""
    if is_zipped(data):
        reader = zlib.decompressobj(wbits=31)
        try:
            data = reader.decompress(data, MAX_BYTES + 1)
        except zlib.error:
            message = f"{path.name} ends early or is damaged."
            raise refuse(place, Code.IMAGE_TRUNCATED, message, "export it again.") from None
    if len(data) > MAX_BYTES:
        message = f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB."
        raise refuse(place, Code.IMAGE_TOO_BIG, message, "export it as PNG.")
    return data


def _parsed(path: Path, data: bytes, place: Place) -> ET.Element:
    from defusedxml import DefusedXmlException

    try:
        parser = _parser()
        parser.feed(data)
        root: ET.Element = parser.close()
    except DefusedXmlException:
        message = f"{path.name} declares entities."
        raise refuse(place, Code.IMAGE_UNSAFE, message, _FIX) from None
    except ET.ParseError as problem:
        row, column = problem.position
        message = f"{path.name} is not readable as SVG (line {row}, column {column + 1})."
        raise refuse(place, Code.IMAGE_UNREADABLE, message, _FIX) from None
    except (LookupError, ValueError):
        message = f"{path.name} is not saved as UTF-8."
        raise refuse(place, Code.IMAGE_UNREADABLE, message, _FIX) from None
    return root


def _parser() -> DefusedXMLParser:
    """Return a parser that takes a document type, and short names for plain texts in it."""
    from defusedxml import EntitiesForbidden
    from defusedxml.ElementTree import DefusedXMLParser

    class Parser(DefusedXMLParser):  # type: ignore[misc]
        def defused_entity_decl(  # noqa: PLR0913, PLR0917  (as expat calls it)
            self,
            name: str,
            is_parameter_entity: bool,  # noqa: FBT001
            value: str | None,
            base: str | None,
            sysid: str | None,
            pubid: str | None,
            notation_name: str | None,
        ) -> None:
            plain = value is not None and len(value) <= _LONGEST_ENTITY
            if is_parameter_entity or not plain or "&" in (value or "") or "<" in (value or ""):
                raise EntitiesForbidden(name, value, base, sysid, pubid, notation_name)

    return Parser(target=ET.TreeBuilder())


def _is_page(root: ET.Element) -> bool:
    return str(root.tag).rpartition("}")[2].lower() == "html"


def _unsafe_size(root: ET.Element) -> str:
    """Say what of an SVG is more than a picture needs, or nothing."""
    count = 0
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        count += 1
        if count > _MAX_ELEMENTS:
            return f"holds more than {_MAX_ELEMENTS} elements"
        if depth > _MAX_DEPTH:
            return f"is nested more than {_MAX_DEPTH} levels deep"
        waiting += [(child, depth + 1) for child in element]
    return ""


def _has_more(data: bytes) -> bool:
    """Tell whether a file holds more than elements: a document type, the name of a style sheet."""
    declaration = _DECLARATION.match(data)
    rest = data[declaration.end() :] if declaration else data
    return b"<?" in rest or b"<!DOCTYPE" in rest or b"\0" in data


def _ratio(root: ET.Element) -> float:
    """Return the width of an SVG divided by its height."""
    numbers = root.get("viewBox", "").replace(",", " ").split()[2:4]
    if not numbers:
        sides = [_NUMBER.fullmatch(root.get(side, "")) for side in ("width", "height")]
        numbers = [side[1] for side in sides if side]
    try:
        width, height = (float(number) for number in numbers)
    except ValueError:
        return 1.0
    ratio = width / height if width > 0 and height > 0 else 1.0
    return ratio if math.isfinite(ratio) else 1.0


def _notes(path: Path, cleaner: Cleaner, place: Place) -> Iterator[Finding]:
    left_out = list(dict.fromkeys(cleaner.left_out))
    if left_out:
        listed = ", ".join(map(brief, left_out[:_SHOWN]))
        more = ", and more" if len(left_out) > _SHOWN else ""
        message = f"{path.name} holds {listed}{more}; that is left out."
        fix = "compare the printed picture, or export it again as plain SVG, with all embedded."
        yield Finding(place, Code.IMAGE_CHANGED, message, fix)
    for what in dict.fromkeys(cleaner.not_drawn):
        message = f"{path.name} has {what}, which is not printed as it was drawn."
        fix = "turn it into paths or dots where you drew it, or export it as PNG."
        yield Finding(place, Code.IMAGE_CHANGED, message, fix)
    families = list(dict.fromkeys(cleaner.families))
    if families:
        listed = ", ".join(f'"{brief(name)}"' for name in families[:_SHOWN])
        message = f"{path.name} has text in the font {listed}, which formgen does not have."
        fix = "turn the text into paths where you drew it, or export it as PNG."
        yield Finding(place, Code.IMAGE_CHANGED, message, fix)
