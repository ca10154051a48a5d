"""Take out of an SVG whatever is not on the list of what it may hold."""

from __future__ import annotations

import base64
import binascii
import math
import re
from pathlib import Path
from xml.etree import ElementTree as ET

from formgen.findings import InputError, Place, brief
from formgen.sources.pictures.bitmap import read_bitmap
from formgen.sources.pictures.svg_allowed import (
    ATTRIBUTES,
    ELEMENTS,
    NOT_DRAWN,
    PROPERTIES,
    TEXT,
    UNSEEN,
    is_allowed_value,
)
from formgen.sources.pictures.svg_styles import OUR_SANS, Styles

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_HREF = f"{{{_XLINK}}}href"
# How attributes of other namespaces are written out.
_QUALIFIED = {_HREF: "xlink:href", f"{{{_XML}}}space": "xml:space", f"{{{_XML}}}lang": "xml:lang"}
_EMBEDDED = re.compile(r"data:image/[\w.+-]+(?:;[\w=.-]+)*;base64,(.*)", re.IGNORECASE | re.DOTALL)
_MOST_EMBEDDED = 50
_VIEW_BOX = 4


class Cleaner:
    """Cleans one SVG in its place, and notes what was left out that could have shown."""

    def __init__(self, place: Place, most_side: int) -> None:
        """Make pictures inside no larger than so many pixels; ``place`` names the SVG."""
        self.place, self.most_side = place, most_side
        self.styles = Styles()
        self.is_changed = False
        self.embedded = 0
        # What is kept and is not drawn as it is meant.
        self.not_drawn: list[str] = []

    @property
    def left_out(self) -> list[str]:
        """Return what was left out and could have shown."""
        return self.styles.left_out

    @property
    def families(self) -> list[str]:
        """Return the fonts that text asks for and that are not there."""
        return self.styles.families

    def clean(self, root: ET.Element) -> bool:
        """Clean an SVG; tell whether anything of it was changed."""
        for element in root.iter():
            self.styles.note_variables(element.get("style", ""))
            if element.tag == f"{{{SVG}}}style":
                self.styles.note_variables(element.text or "")
        has_text = any(
            element.tag == f"{{{SVG}}}text" and "".join(element.itertext()).strip()
            for element in root.iter()
        )
        self._attributes(root)
        self._children(root)
        if not has_text:
            self.styles.families.clear()
        elif "font-family" not in root.attrib:
            # Which of our fonts stands for none is not the same on every machine.
            root.set("font-family", f"sans-serif,{OUR_SANS}")
            self.is_changed = True
        return self.is_changed

    def written(self, root: ET.Element) -> bytes:
        """Return a cleaned SVG as a file."""
        for element in root.iter():
            element.tag = str(element.tag).rpartition("}")[2]
            for name in [each for each in element.attrib if each in _QUALIFIED]:
                element.set(_QUALIFIED[name], element.attrib.pop(name))
        outer = {"xmlns": SVG}
        if any("xlink:href" in element.attrib for element in root.iter()):
            outer["xmlns:xlink"] = _XLINK
        root.attrib = {**outer, **root.attrib}
        return ET.tostring(root, encoding="unicode").encode()

    # --- Elements

    def _children(self, element: ET.Element) -> None:
        before: ET.Element | None = None
        for child in list(element):
            self._unwrap(child, element)
            if self._is_kept(child):
                self._children(child)
                before = child
                continue
            # What follows the child is not of it.
            tail = child.tail or ""
            if before is None:
                element.text = (element.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
            element.remove(child)
            self.is_changed = True

    def _unwrap(self, element: ET.Element, parent: ET.Element) -> None:
        """Make plain groups of what only leads somewhere, or lets a program choose."""
        name = self._name(element)
        if name == "a":
            inside_text = self._name(parent) in TEXT
            element.tag = f"{{{SVG}}}{'tspan' if inside_text else 'g'}"
            for address in ("href", _HREF):
                element.attrib.pop(address, None)
        elif name == "switch":
            chosen = next((each for each in element if _is_chosen(each)), None)
            for other in [each for each in element if each is not chosen]:
                element.remove(other)
            element.tag = f"{{{SVG}}}g"
        else:
            return
        self.is_changed = True

    def _name(self, element: ET.Element) -> str:
        """Return the name of an element of SVG; others have none."""
        namespace, _, name = str(element.tag).rpartition("}")
        return name if namespace == f"{{{SVG}" else ""

    def _is_kept(self, element: ET.Element) -> bool:
        """Tell whether an element stays; then, clean what is its own."""
        name = self._name(element)
        if name not in ELEMENTS:
            # Notes of a drawing program stand in namespaces of its own.
            if name and name not in UNSEEN:
                self.left_out.append(f"a <{brief(name, 30)}> element")
            return False
        if name in NOT_DRAWN:
            self.not_drawn.append(NOT_DRAWN[name])
        if name == "style":
            self._sheet(element)
        if name == "image" and not self._embed(element):
            return False
        self._attributes(element)
        return True

    def _sheet(self, element: ET.Element) -> None:
        if len(element):
            self.left_out.append("a style sheet in pieces")
            del element[:]
            self.is_changed = True
        text = element.text or ""
        element.text = self.styles.sheet(text)
        self.is_changed = self.is_changed or element.text != text

    # --- Attributes

    def _attributes(self, element: ET.Element) -> None:
        kept: dict[str, str] = {}
        for name, value in element.attrib.items():
            kept |= self._attribute(self._name(element), name, value)
        if kept != element.attrib:
            element.attrib.clear()
            element.attrib.update(kept)
            self.is_changed = True

    def _attribute(self, element: str, name: str, value: str) -> dict[str, str]:
        """Return an attribute as those that stand for it: none, if it is not allowed."""
        if name in {"href", _HREF}:
            if value.strip().startswith("#") or element == "image":
                return {name: value.strip()}
            self.left_out.append("a reference to another file")
            return {}
        if name in _QUALIFIED:
            return {name: value}
        if name not in ATTRIBUTES:
            return {}
        if name == "style":
            styles = self.styles.declarations(value)
            return {name: styles} if styles else {}
        if name == "viewBox":
            return {name: value} if _is_view_box(value) else {}
        if name in PROPERTIES:
            return dict(self.styles.property(name, value))
        if is_allowed_value(value) or name in {"id", "class"}:
            return {name: value}
        self.left_out.append("a reference to another file")
        return {}

    def _embed(self, element: ET.Element) -> bool:
        """Let a picture in an SVG hold its own dots; tell whether it does."""
        address = element.get("href") or element.get(_HREF) or ""
        found = _EMBEDDED.fullmatch(address.strip())
        self.embedded += 1
        if not found or self.embedded > _MOST_EMBEDDED:
            self.left_out.append("a picture that is not embedded" if not found else "many pictures")
            return False
        try:
            data = base64.b64decode(found[1])
            inside = read_bitmap(Path("the picture inside"), data, self.place, self.most_side)
        except (binascii.Error, InputError):
            self.left_out.append("a picture that cannot be read")
            return False
        dots = base64.b64encode(inside.data).decode("ascii")
        for name in ("href", _HREF):
            element.attrib.pop(name, None)
        element.set(_HREF, f"data:{inside.media_type};base64,{dots}")
        self.is_changed = True
        return True


def _is_chosen(element: ET.Element) -> bool:
    """Tell whether a choice in an SVG is for everybody, or for who reads English."""
    language = element.get("systemLanguage", "en").lower()
    return "requiredExtensions" not in element.attrib and language.startswith("en")


def _is_view_box(value: str) -> bool:
    try:
        numbers = [float(each) for each in value.replace(",", " ").split()]
    except ValueError:
        return False
    return len(numbers) == _VIEW_BOX and all(map(math.isfinite, numbers))
