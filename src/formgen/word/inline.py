"""Words within a paragraph: emphasis, links, line breaks, and places to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from docx.opc.constants import RELATIONSHIP_TYPE

from formgen.word.boxes import BOXES, box_control
from formgen.word.controls import LONG_BLANK
from formgen.word.draft import Draft
from formgen.word.ooxml import Element, R, run, safe, w
from formgen.word.pictures import picture

# Elements of a page that only a screen has a use for.
_UNPRINTED = frozenset({"script", "style", "button", "svg", "template", "noscript", "title"})
_OF_A_SCREEN = frozenset({"screen", "unseen", "skip", "tools", "bar", "picker"})
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
_PLAIN = frozenset(
    {"span", "small", "abbr", "time", "mark", "q", "u", "label", "bdi", "bdo", "wbr", "ins"}
)
_RAISED = {"sub": "subscript", "sup": "superscript"}
_CODE = frozenset({"code", "kbd", "samp"})
_STRUCK = frozenset({"s", "del"})
INLINE = _BOLD | _ITALIC | _PLAIN | _CODE | _STRUCK | BOXES | set(_RAISED) | {"a", "br", "img"}
_OUTWARD = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
CODE_FONT = "Consolas"


@dataclass(frozen=True)
class Look:
    """How words are set within their paragraph."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    struck: bool = False
    style: str = ""
    raised: str = ""
    link: str = ""


Piece: TypeAlias = "tuple[str | Element, Look]"


def is_skipped(node: Element) -> bool:
    """Tell whether an element is nothing that anyone reads on paper."""
    if not isinstance(node.tag, str):
        return True
    classes = set((node.get("class") or "").split())
    hidden = node.get("aria-hidden") == "true" or node.get("hidden") is not None
    return node.tag in _UNPRINTED or bool(classes & _OF_A_SCREEN) or hidden


def plain(node: Element) -> str:
    """Return the words of an element with single spaces, as far as they are read on paper."""
    return " ".join("".join(_texts(node)).split())


def _texts(node: Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag == "br":
            yield " "
        elif not is_skipped(child):
            yield from _texts(child)
        yield child.tail or ""


def pieces(node: Element, draft: Draft, look: Look = Look()) -> Iterator[Piece]:
    """Yield what an element holds: words, and elements that stand among them."""
    yield node.text or "", look
    for child in node:
        if not is_skipped(child):
            yield from piece(child, draft, look)
        yield child.tail or "", look


def piece(child: Element, draft: Draft, look: Look) -> Iterator[Piece]:
    """Yield what one element within a paragraph is."""
    tag = child.tag
    if tag == "br":
        yield w("r", w("br")), look
    elif tag == "img":
        yield from _picture(child, draft, look)
    elif tag in BOXES:
        label = child.get("aria-label") or child.get("name") or ""
        yield box_control(child, label, draft, LONG_BLANK), look
    else:
        if tag not in INLINE:
            draft.unknown.add(tag)
        yield from pieces(child, draft, _look_of(child, look))


def _picture(child: Element, draft: Draft, look: Look) -> Iterator[Piece]:
    alternative = child.get("alt") or ""
    made = picture(draft.document.part, child.get("src") or "", alternative)
    if made is None:
        yield alternative, look
    else:
        yield w("r", made), look


def _look_of(node: Element, look: Look) -> Look:
    tag = node.tag
    if tag == "a":
        return replace(look, link=node.get("href") or "")
    if tag == "span" and {"hint", "required"} & set((node.get("class") or "").split()):
        return replace(look, style="HintText", bold=False)
    return replace(
        look,
        bold=look.bold or tag in _BOLD,
        italic=look.italic or tag in _ITALIC,
        code=look.code or tag in _CODE,
        struck=look.struck or tag in _STRUCK,
        raised=_RAISED.get(tag, look.raised),
    )


def line(parts: Iterator[Piece] | list[Piece], draft: Draft) -> list[Element]:
    """Return the runs of a paragraph; white space is that of HTML: one space, none at the ends."""
    kept: list[tuple[str | Element, Look]] = []
    at_space = True
    for part, look in parts:
        if isinstance(part, str):
            text = _SPACES.sub(" ", safe(part))
            text = text.removeprefix(" ") if at_space else text
            if text:
                kept.append((text, look))
                at_space = text.endswith(" ")
        else:
            at_space = part.find(w("br").tag) is not None
            if at_space:
                _trim(kept)
            kept.append((part, look))
    _trim(kept)
    made: list[Element] = []
    for part, look in kept:
        element = run(part, *_properties(look, draft)) if isinstance(part, str) else part
        target = _target(look.link, draft)
        if target is None:
            made.append(element)
        elif made and dict(made[-1].attrib) == dict(target.attrib):
            made[-1].append(element)
        else:
            target.append(element)
            made.append(target)
    return made


def _trim(kept: list[tuple[str | Element, Look]]) -> None:
    if kept and isinstance(kept[-1][0], str):
        text, look = kept.pop()
        if text.rstrip(" "):
            kept.append((text.rstrip(" "), look))


def _properties(look: Look, draft: Draft) -> Iterator[Element]:
    """Yield the properties of a run, in the order of the schema."""
    leads = look.link and _target(look.link, draft) is not None
    style = "Hyperlink" if leads else look.style
    if style:
        yield w("rStyle", val=style)
    if look.code:
        yield w("rFonts", ascii=CODE_FONT, hAnsi=CODE_FONT, cs=CODE_FONT)
    if look.bold or look.style:
        # Two styles that are bold take turns in Word, so what is not bold says so itself.
        yield w("b") if look.bold else w("b", val=0)
    if look.italic:
        yield w("i")
    if look.struck:
        yield w("strike")
    if look.raised:
        yield w("vertAlign", val=look.raised)


def _target(link: str, draft: Draft) -> Element | None:
    """Return the hyperlink of an address; a place that is in no Word file has none."""
    if link.startswith("#") and link[1:] in draft.bookmarks:
        return w("hyperlink", anchor=draft.bookmarks[link[1:]], history=1)
    if not _OUTWARD.match(link):
        return None
    known = draft.document.part.relate_to(safe(link), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = w("hyperlink", history=1)
    made.set(f"{{{R}}}id", known)
    return made
