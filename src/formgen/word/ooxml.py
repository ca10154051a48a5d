"""Pieces of WordprocessingML, which python-docx has no words for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
NAMESPACES = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:r="{R}"'
# lxml has no types.
Element = Any

# What XML 1.0 has no place for: a file with one of these does not open.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The schema fixes the order of a paragraph's properties.
_PARAGRAPH_ORDER = (
    *("keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs"),
    *("bidi", "spacing", "ind", "jc"),
)


def safe(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _UNFIT.sub("", text)


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Return an element of WordprocessingML; its attributes are of the same namespace."""
    made = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W})
    for name, value in attributes.items():
        made.set(f"{{{W}}}{name}", safe(str(value)))
    made.extend(child for child in children if child is not None)
    return made


def w14(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Return an element of Word 2010's additions."""
    made = etree.Element(f"{{{W14}}}{tag}", nsmap={"w14": W14})
    for name, value in attributes.items():
        made.set(f"{{{W14}}}{name}", safe(str(value)))
    made.extend(children)
    return made


def is_w(element: Element, tag: str) -> bool:
    """Tell whether an element is this one of WordprocessingML."""
    return bool(element.tag == f"{{{W}}}{tag}")


def find_w(element: Element, tag: str) -> list[Element]:
    """Return an element's descendants of one kind, itself included."""
    return list(element.iter(f"{{{W}}}{tag}"))


def words(text: str) -> Element:
    """Return a text inside of a run, its spaces kept."""
    made = w("t")
    made.text = safe(text)
    made.set(f"{{{XML}}}space", "preserve")
    return made


def run(text: str, *properties: Element) -> Element:
    """Return a run of words; its properties come in the order of the schema."""
    return w("r", w("rPr", *properties) if properties else None, words(text))


def paragraph(style: str, content: Iterable[Element], **properties: Element) -> Element:
    """Return a paragraph in a style; properties are elements by their names."""
    named = w("pStyle", val=style) if style else None
    set_here = (properties[name] for name in _PARAGRAPH_ORDER if properties.get(name) is not None)
    return w("p", w("pPr", named, *set_here), *content)


def style_of(block: Element) -> str:
    """Return the style of a paragraph; other blocks have none."""
    named = block.find(f"{{{W}}}pPr/{{{W}}}pStyle")
    return "" if named is None else str(named.get(f"{{{W}}}val"))


def keep_with_next(block: Element) -> None:
    """Keep every paragraph of a block on the page of what follows."""
    for each in find_w(block, "p"):
        before = each[0][:1]
        if not each[0].findall(f"{{{W}}}keepNext"):
            at = 1 if before and is_w(before[0], "pStyle") else 0
            each[0].insert(at, w("keepNext"))


def rule(side: str, colour: str, size: int = 4, space: int = 0) -> Element:
    """Return one side of a border; the size counts in eighths of a point."""
    return w(side, val="single", sz=size, space=space, color=colour)


def parse(text: str) -> Element:
    """Return XML that stands in this package's code as an element."""
    return etree.fromstring(text)


def dirty_field(instruction: str, shown: str) -> list[Element]:
    """Return the runs of a field, which Word works out anew when the file is opened."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(f"{{{XML}}}space", "preserve")
    return [
        w("r", w("fldChar", fldCharType="begin", dirty="true")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
        run(shown),
        w("r", w("fldChar", fldCharType="end")),
    ]
