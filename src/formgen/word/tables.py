"""Tables: those with something to read, and the grids that places to fill in stand on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from formgen.word.boxes import BOXES, box_control
from formgen.word.controls import SHORT_BLANK
from formgen.word.draft import Draft, Room
from formgen.word.facts import WordFacts
from formgen.word.inline import Look, is_skipped, line, pieces, plain
from formgen.word.look import accent_of, bar_of, tint_of
from formgen.word.marks import (
    asked_contents,
    head_contents,
    is_asked,
    lines_asked,
    mark_contents,
    marks_of,
)
from formgen.word.ooxml import Element, find_w, is_w, keep_with_next, paragraph, rule, w

_SHARE = re.compile(r"(?:^|\s)share-(\d+)(?:\s|$)")
RULE = "A6A6A6"
# How high a row is that one writes in by hand, in twentieths of a point.
WRITING = 440
_SIDE = 80
# Shorter tables are not parted by a page's end.
_SHORT = 7
_NARROWEST = 400


def gap(size: int = 80) -> Element:
    """Return the little space below a table, without which Word makes two tables one."""
    exact = w("spacing", before=0, after=0, line=size, lineRule="exact")
    return paragraph("Gap", [], spacing=exact)


def cell(width: int, blocks: Sequence[Element], *properties: Element) -> Element:
    """Return a cell; the last thing in it must be a paragraph."""
    closed = [*blocks] if blocks and is_w(blocks[-1], "p") else [*blocks, gap(20)]
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *properties), *closed)


def grid(widths: Sequence[int], rows: Sequence[Element], look: Element, side: int) -> Element:
    """Return a table of fixed widths, so many twentieths of a point between rule and words."""
    margins = w("tblCellMar", w("left", w=side, type="dxa"), w("right", w=side, type="dxa"))
    properties = w(
        "tblPr",
        w("tblW", w=sum(widths), type="dxa"),
        look,
        w("tblLayout", type="fixed"),
        margins,
        w(
            "tblLook",
            val="0620" if side else "0600",
            firstRow=1 if side else 0,
            noHBand=1,
            noVBand=1,
        ),
    )
    columns = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    return w("tbl", properties, columns, *rows)


def table(node: Element, draft: Draft, room: Room) -> list[Element]:
    """Return a table of the page: its caption, its rows, and a control where a box is."""
    made: list[Element] = []
    caption = node.find("caption")
    if caption is not None:
        made.append(paragraph("FieldLabel", line(pieces(caption, draft), draft)))
    rows = [row for row in node.iter("tr") if not is_skipped(row)]
    columns = max((sum(_span(each) for each in _cells(row)) for row in rows), default=0)
    if not columns:
        return made
    # The marks of a cell share its width.
    parts = _parts(rows, columns)
    widths = [
        width // count
        for width, count in zip(_widths(node, columns, room.width), parts, strict=True)
        for _ in range(count)
    ]
    titles = [plain(each) for each in _cells(rows[0])]
    written = [_row(row, titles, widths, parts, draft) for row in rows]
    rules = w(
        "tblBorders",
        *(rule(side, RULE) for side in ("top", "bottom", "insideH")),
    )
    if next(node.iter(*BOXES), None) is not None:
        rules.append(rule("insideV", "D9D9D9"))
    result = grid(widths, written, rules, _SIDE)
    for each in written if len(written) <= _SHORT else written[:2]:
        if each is not written[-1]:
            keep_with_next(each)
    return [*made, result, gap(160)]


def _cells(row: Element) -> list[Element]:
    return [each for each in row if each.tag in {"td", "th"}]


def _span(node: Element) -> int:
    text = node.get("colspan") or "1"
    return int(text) if text.isdecimal() and int(text) else 1


def _widths(node: Element, columns: int, width: int) -> list[int]:
    """Share out the width as the page does, or by how much there is to read in each column."""
    said = [_SHARE.search(each.get("class") or "") for each in node.iter("col")]
    shares = [float(each[1]) for each in said if each]
    if len(shares) != columns:
        longest = [1.0] * columns
        for row in node.iter("tr"):
            for number, each in enumerate(_cells(row)[:columns]):
                longest[number] = max(longest[number], min(len(plain(each)), 60.0))
        shares = [each**0.6 for each in longest]
    return [max(_NARROWEST, round(width * share / sum(shares))) for share in shares]


def _parts(rows: Sequence[Element], columns: int) -> list[int]:
    """Return how many columns each column of the page becomes."""
    parts = [1] * columns
    for row in rows:
        at = 0
        for each in _cells(row):
            if _span(each) == 1:
                parts[at] = max(parts[at], len(marks_of(each)))
            at += _span(each)
    return parts


def _row(
    row: Element,
    titles: Sequence[str],
    widths: Sequence[int],
    parts: Sequence[int],
    draft: Draft,
) -> Element:
    cells = _cells(row)
    is_head = row.getparent().tag == "thead" or all(each.tag == "th" for each in cells)
    made = []
    at = start = 0
    for each in cells:
        span = sum(parts[at : at + _span(each)])
        title = titles[at] if at < len(titles) else ""
        own = widths[start : start + span]
        asked = head_contents(each, sum(own), draft)
        if asked:
            made.append(cell(sum(own), asked, w("gridSpan", val=span)))
        elif marks_of(each):
            marks = mark_contents(each, draft)
            middle = "bottom" if is_head else "center"
            made += [
                cell(width, [mark], w("vAlign", val=middle))
                for width, mark in zip(own, marks, strict=True)
            ]
        else:
            made.append(_cell(each, title, sum(own), span, draft))
        at += _span(each)
        start += span
    boxes = next(row.iter(*BOXES), None) is not None
    high = WRITING * lines_asked(cells) + (_SIDE * 4 if any(map(is_asked, cells)) else 0)
    height = w("trHeight", val=high, hRule="atLeast") if boxes else None
    head = w("tblHeader") if is_head else None
    return w("tr", w("trPr", w("cantSplit"), height, head), *made)


def _cell(node: Element, title: str, width: int, span: int, draft: Draft) -> Element:
    merged = w("gridSpan", val=span) if span > 1 else None
    middle = w("vAlign", val="center" if list(node.iter(*BOXES)) else "top")
    is_head = node.tag == "th" and node.get("scope") != "row"
    style = "TableHead" if is_head else "TableText"
    boxes = list(node.iter(*BOXES))
    if is_asked(node):
        return cell(width, [*asked_contents(node, draft)], merged)
    if boxes:
        content = [_control(node, box, title, draft) for box in boxes]
    else:
        content = line(pieces(node, draft, Look(bold=is_head)), draft)
    return cell(width, [paragraph(style, content)], merged, middle)


def _control(node: Element, box: Element, title: str, draft: Draft) -> Element:
    """Return the control of a cell; on paper, the column's title says what its label does."""
    labels = [each for each in node.iter("label") if each.get("for") == box.get("id")]
    label = "".join(labels[0].itertext()) if labels else title
    return box_control(box, label, draft, SHORT_BLANK)


def boxed(blocks: Sequence[Element], width: int, facts: WordFacts) -> list[Element]:
    """Return blocks on the ground of a box with a bar at their side."""
    look = w("tblBorders", rule("left", accent_of(facts), bar_of(facts)))
    shaded = w("shd", val="clear", color="auto", fill=tint_of(facts))
    inside = cell(width, [gap(100), *blocks, gap(20)], shaded)
    row = w("tr", w("trPr", w("cantSplit")) if len(find_w(inside, "p")) <= 12 else None, inside)  # noqa: PLR2004
    return [grid([width], [row], look, 180), gap(160)]
