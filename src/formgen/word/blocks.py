"""What a page consists of, one below the other: headings, paragraphs, lists, boxes, sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from formgen.word.boxes import BOXES
from formgen.word.controls import unalterable
from formgen.word.draft import Draft, Room, bookmarked, list_number
from formgen.word.fields import row_blocks, stray_field
from formgen.word.inline import INLINE, Look, Piece, is_skipped, line, piece, pieces, plain
from formgen.word.letters import is_recipient, recipient_blocks
from formgen.word.ooxml import (
    Element,
    dirty_field,
    is_w,
    keep_with_next,
    paragraph,
    rule,
    run,
    style_of,
    w,
)
from formgen.word.tables import boxed, cell, gap, grid, table

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Elements that are nothing but what is in them.
_OPEN = frozenset(
    {"div", "form", "main", "article", "header", "footer", "figure", "fieldset", "details", "body"}
)
# The paragraphs that a page has names for.
_STYLES = {
    "lead": "Lead",
    "chapter-number": "ChapterNumber",
    "sender": "Sender",
    "organization": "Organization",
    "presented": "Presented",
    "seal": "Seal",
    "box-title": "BoxTitle",
    "closing": "Closing",
    "signer": "Signer",
    "greeting": "Greeting",
}
_WORDS = {"figcaption": "Hint", "summary": "FieldLabel", "legend": "FieldLabel", "caption": "Hint"}
_DEEPEST = 8


def page_blocks(node: Element, draft: Draft, room: Room) -> list[Element]:
    """Return all that an element of the page holds, in its order."""
    made: list[Element] = []
    loose: list[Piece] = [(node.text or "", Look())]
    for child in node:
        if is_skipped(child):
            pass
        elif child.tag in INLINE:
            loose += piece(child, draft, Look())
        else:
            made += _loose(loose, draft, room)
            loose = []
            made += _block(child, draft, room)
        loose.append((child.tail or "", Look()))
    return [*made, *_loose(loose, draft, room)]


def _loose(found: Sequence[Piece], draft: Draft, room: Room) -> list[Element]:
    """Return words that stand in no element of their own as a paragraph, if there are any."""
    content = line(list(found), draft)
    return [paragraph(room.style, content)] if content else []


def _block(node: Element, draft: Draft, room: Room) -> list[Element]:
    """Return what one element of the page is."""
    tag = node.tag
    makers = _makers()
    classes = (node.get("class") or "").split()
    if tag in _HEADINGS:
        return _heading(node, draft)
    if "row" in classes:
        return row_blocks(node, draft, room, page_blocks)
    if "recipient" in classes and is_recipient(node):
        return recipient_blocks(node, draft, room)
    if tag in makers:
        return makers[tag](node, draft, room)
    if tag in _WORDS:
        return [paragraph(_WORDS[tag], line(pieces(node, draft), draft))]
    if tag not in _OPEN:
        # Nothing is lost in silence: its words stay, and the caller is told.
        draft.unknown.add(tag)
    return page_blocks(node, draft, room)


def _makers() -> Mapping[str, Callable[[Element, Draft, Room], list[Element]]]:
    return {
        "p": _paragraph,
        "ul": _list,
        "ol": _list,
        "dl": _definitions,
        "table": table,
        "section": _section,
        "aside": _aside,
        "blockquote": _quote,
        "nav": _contents,
        "pre": _preformatted,
        "hr": _line_across,
    }


def _heading(node: Element, draft: Draft) -> list[Element]:
    level = int(node.tag[1])
    content = bookmarked(draft, node.get("id") or "", line(pieces(node, draft), draft))
    return [paragraph(f"Heading{level}", content)]


def _paragraph(node: Element, draft: Draft, room: Room) -> list[Element]:
    if next(node.iter(*BOXES), None) is not None:
        return stray_field(node, draft)
    classes = (node.get("class") or "").split()
    style = next((_STYLES[each] for each in classes if each in _STYLES), room.style)
    content = line(pieces(node, draft), draft)
    return [paragraph(style, content)] if content else []


def _list(node: Element, draft: Draft, room: Room) -> list[Element]:
    if "signers" in (node.get("class") or "").split():
        return _signers(node, draft, room)
    ordered = node.tag == "ol"
    start = node.get("start") or "1"
    number = list_number(draft, ordered=ordered, start=int(start) if start.isdecimal() else 1)
    style = "ListNumber" if ordered else "ListBullet"
    level = min(room.level, _DEEPEST)
    made: list[Element] = []
    for item in node:
        if is_skipped(item):
            continue
        inside = replace(room, level=level + 1, style="ListContinue")
        content, below = _item(item, draft, inside)
        counted = w("numPr", w("ilvl", val=level), w("numId", val=number))
        made += [paragraph(style, content, numPr=counted), *below]
    if made and not room.level and is_w(made[-1], "p"):
        _end_list(made[-1])
        # No item is left alone on the next page.
        for each in made[-2:-1]:
            keep_with_next(each)
    return made


def _end_list(last: Element) -> None:
    """Part a list from what follows as paragraphs are parted."""
    properties = last[0]
    at = next((each for each in properties if is_w(each, "numPr")), properties[0])
    at.addnext(w("spacing", before=0, after=140))


def _item(item: Element, draft: Draft, room: Room) -> tuple[list[Element], list[Element]]:
    """Return the words of an item, and the blocks below them."""
    if item.tag != "li":
        draft.unknown.add(item.tag)
    blocks = page_blocks(item, draft, room)
    if blocks and is_w(blocks[0], "p") and not blocks[0].findall(f".//{w('numPr').tag}"):
        first = [each for each in blocks[0] if not is_w(each, "pPr")]
        return first, blocks[1:]
    return [], blocks


def _definitions(node: Element, draft: Draft, room: Room) -> list[Element]:
    made: list[Element] = []
    for child in node:
        if is_skipped(child):
            continue
        if child.tag == "dt":
            term = line(pieces(child, draft, Look(bold=True)), draft)
            made.append(paragraph(room.style, term, keepNext=w("keepNext")))
        elif child.tag == "dd":
            made += page_blocks(child, draft, replace(room, style="ListContinue"))
        else:
            made += _block(child, draft, room)
    return made


def _section(node: Element, draft: Draft, room: Room) -> list[Element]:
    classes = (node.get("class") or "").split()
    made = page_blocks(node, draft, room)
    anchor = node.get("id") or ""
    if made and anchor in draft.bookmarks and is_w(made[0], "p"):
        first = [each for each in made[0] if not is_w(each, "pPr")]
        for each in first:
            made[0].remove(each)
        made[0].extend(bookmarked(draft, anchor, first))
    if "chapter" in classes and len(made) > 1 and style_of(made[-1]) == "Gap":
        # The next chapter starts a page; a space before it could fill one of its own.
        made.pop()
    if "office" in classes and made and is_w(made[0], "p"):
        made = [paragraph("OfficeRule", []), *made]
        keep_with_next(made[0])
    return unalterable(made, draft.numbers) if _is_locked(node, draft) else made


def _is_locked(node: Element, draft: Draft) -> bool:
    anchors = [node.get("id"), node.get("aria-labelledby")]
    anchors += [each.get("id") for each in node if each.tag in _HEADINGS]
    names = {
        name for anchor in anchors if anchor for name in (anchor, anchor.removeprefix("section-"))
    }
    return bool(names & set(draft.facts.locked))


def _aside(node: Element, draft: Draft, room: Room) -> list[Element]:
    inside = page_blocks(node, draft, replace(room, width=room.width - 400))
    return boxed(inside, room.width, draft.facts)


def _quote(node: Element, draft: Draft, room: Room) -> list[Element]:
    return page_blocks(node, draft, replace(room, style="Quote"))


def _contents(node: Element, draft: Draft, room: Room) -> list[Element]:
    """Return a table of contents: links with the numbers of pages, which Word works out."""
    if "contents" not in (node.get("class") or "").split():
        return []
    made: list[Element] = []
    for heading in node.iter(*_HEADINGS):
        made += [paragraph("ContentsTitle", line(pieces(heading, draft), draft))]
    for link in node.iter("a"):
        name = draft.bookmarks.get((link.get("href") or "").removeprefix("#"))
        content = [run(plain(link))]
        if name:
            content += [w("r", w("tab")), *dirty_field(f"PAGEREF {name} \\h", " ")]
            content = [w("hyperlink", *content, anchor=name, history=1)]
        end = w("tabs", w("tab", val="right", leader="dot", pos=room.width))
        made.append(paragraph("Contents", content, tabs=end))
    return made


def _preformatted(node: Element, draft: Draft, room: Room) -> list[Element]:
    del draft, room
    lines = "".join(node.itertext()).rstrip("\n").split("\n")
    return [paragraph("Code", [run(each)]) for each in lines]


def _line_across(node: Element, draft: Draft, room: Room) -> list[Element]:
    del node, draft, room
    return [paragraph("Gap", [], pBdr=w("pBdr", rule("bottom", "A6A6A6")))]


def _signers(node: Element, draft: Draft, room: Room) -> list[Element]:
    """Return who signs a certificate, each below a line."""
    people = [each for each in node if not is_skipped(each)]
    if not people:
        return []
    between = 500
    width = (room.width - between * (len(people) - 1)) // len(people)
    widths: list[int] = []
    cells: list[Element] = []
    for number, person in enumerate(people):
        if number:
            widths.append(between)
            cells.append(cell(between, []))
        widths.append(width)
        lined = w("tcBorders", rule("top", "595959", 6))
        cells.append(cell(width, [*_said_by(person, draft)], lined))
    row = w("tr", w("trPr", w("cantSplit")), *cells)
    return [gap(900), grid(widths, [row], w("tblBorders"), 0), gap(20)]


def _said_by(person: Element, draft: Draft) -> Iterator[Element]:
    for part in person:
        content = line(pieces(part, draft, Look(bold=part.tag == "b")), draft)
        if content:
            yield paragraph("Signatory", content)
