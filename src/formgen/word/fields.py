"""The fields of a form: their labels, hints and controls, side by side as on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace

from formgen.word.boxes import BOXES, box_control
from formgen.word.controls import CIRCLE, LONG_BLANK, check_control, choice_control, mark
from formgen.word.draft import Draft, Room
from formgen.word.inline import Look, is_skipped, line, piece, pieces, plain
from formgen.word.ooxml import Element, find_w, keep_with_next, paragraph, rule, run, w
from formgen.word.tables import RULE, WRITING, cell, gap, grid, table

# What makes blocks of any element, here of what is no field.
Blocks = Callable[[Element, Draft, Room], list[Element]]

_COLUMNS = 6
_WIDTH = re.compile(r"(?:^|\s)w([1-6])(?:\s|$)")
_ACROSS = re.compile(r"(?:^|\s)(?:across|of)-(\d+)(?:\s|$)")
_BETWEEN = 260
# Of a letter of the choices' size, on average, in twentieths of a point.
_LETTER = 105
_MOST_LINES = 14
# A row is on one page anyway; words in it that are kept with the next would draw that along.
_IN_CELLS = {"FieldLabel": "CellLabel", "Hint": "CellHint"}
# What is written beside a signature stands on its line.
_BESIDE_SIGNATURES = {"Entry": "Signing"}


def is_field(node: Element) -> bool:
    """Tell whether an element is one field of a form."""
    return isinstance(node.tag, str) and "field" in (node.get("class") or "").split()


def row_blocks(node: Element, draft: Draft, room: Room, blocks: Blocks) -> list[Element]:
    """Return one row of the page's grid."""
    fields = [each for each in node if is_field(each)]
    others = [each for each in node if not is_field(each) and not is_skipped(each)]
    if others or not fields or _is_wide(fields):
        return [
            made
            for each in node
            if not is_skipped(each)
            for made in (
                _open_field(each, draft, room, blocks)
                if is_field(each)
                else blocks(each, draft, room)
            )
        ]
    return _side_by_side(fields, draft, room, blocks)


def _is_wide(fields: Sequence[Element]) -> bool:
    """Tell whether a row is one field that needs no grid to stand in."""
    only = fields[0]
    return len(fields) == 1 and (
        _is_note(only)
        or _lone_box(only) is not None
        or next(only.iter("fieldset", "table"), None) is not None
    )


def _is_note(field: Element) -> bool:
    return next(field.iter(*BOXES), None) is None


def _open_field(field: Element, draft: Draft, room: Room, blocks: Blocks) -> list[Element]:
    """Return a field that takes the whole width."""
    found = field.find(".//table")
    if found is not None:
        return table(found, draft, room)
    if field.find("fieldset") is not None:
        return _choices(field, draft, room)
    box = _lone_box(field)
    if box is not None:
        return _agreed(field, box, draft)
    if _is_note(field):
        return blocks(field, draft, room)
    return _written(field, draft)


def _lone_box(field: Element) -> Element | None:
    """Return the box of a sentence to agree to, which is in no group."""
    if field.find(".//fieldset") is not None or field.find(".//table") is not None:
        return None
    return next((box for box in field.iter("input") if box.get("type") == "checkbox"), None)


def _agreed(field: Element, box: Element, draft: Draft) -> list[Element]:
    """Return a sentence to agree to, behind its box."""
    label = next(field.iter("label"), None)
    words = plain(label) if label is not None else ""
    name, value = box.get("name") or "", box.get("value") or ""
    control = check_control(next(draft.numbers), name, value, words)
    said = line(pieces(label, draft), draft) if label is not None else []
    hints = [each for each in field.iter("span") if each.get("class") == "hint"]
    made = [paragraph("Choices", [control, run("\u00a0"), *said])]
    return [
        *made,
        *(paragraph("Hint", line(pieces(each, draft), draft)) for each in hints),
        gap(80),
    ]


def _side_by_side(
    fields: Sequence[Element], draft: Draft, room: Room, blocks: Blocks
) -> list[Element]:
    lines = max(_lines_of(field) for field in fields)
    widths: list[int] = []
    cells: list[Element] = []
    signing = next((True for each in fields for _ in _signatures(each)), False)
    for number, field in enumerate(fields):
        if number:
            widths.append(_BETWEEN)
            cells.append(cell(_BETWEEN, []))
        units = _WIDTH.search(field.get("class") or "")
        whole = room.width * (int(units[1]) if units else _COLUMNS) // _COLUMNS
        width = whole - (_BETWEEN if number + 1 < len(fields) else 0)
        widths.append(width)
        content = _open_field(field, draft, replace(room, width=width), blocks)
        _restyle(content, _IN_CELLS | _BESIDE_SIGNATURES if signing else _IN_CELLS)
        ruled = (
            next(field.iter("input", "textarea"), None) is not None
            and field.find("fieldset") is None
        )
        borders = w("tcBorders", rule("bottom", RULE, 6)) if ruled else None
        upright = w("vAlign", val="bottom" if lines == 1 else "top")
        cells.append(cell(width, content, borders, upright))
    # A field of one line is as high as its words; more lines leave room to write by hand.
    height = w("trHeight", val=300 + WRITING * lines, hRule="atLeast") if lines > 1 else None
    row = w("tr", w("trPr", w("cantSplit"), height), *cells)
    return [grid(widths, [row], w("tblBorders"), 0), gap(100)]


def _signatures(field: Element) -> list[Element]:
    return [each for each in field.iter("input") if "signature" in (each.get("class") or "")]


def _restyle(blocks: Sequence[Element], styles: Mapping[str, str]) -> None:
    for named in (each for block in blocks for each in find_w(block, "pStyle")):
        for key, style in named.items():
            named.set(key, styles.get(style, style))


def _lines_of(field: Element) -> int:
    rows = [each.get("rows") or "1" for each in field.iter("textarea")]
    return min(max([int(text) for text in rows if text.isdecimal()], default=1), _MOST_LINES)


def _head(field: Element, draft: Draft, *after: Element) -> list[Element]:
    """Return the label and the hint of a field."""
    label = next(field.iter("legend", "label"), None)
    made = []
    if label is not None:
        made.append(paragraph("FieldLabel", [*line(pieces(label, draft), draft), *after]))
    hints = [each for each in field.iter("span") if each.get("class") == "hint"]
    return [
        *made,
        *(
            paragraph("Hint", line(pieces(hint, draft), draft))
            for hint in hints
            if hint.getparent() is not label
        ),
    ]


def _written(field: Element, draft: Draft) -> list[Element]:
    """Return a field to write in."""
    label = next(field.iter("legend", "label"), None)
    words = plain(label) if label is not None else ""
    made = _head(field, draft)
    for box in field.iter(*BOXES):
        signing = "signature" in (box.get("class") or "")
        made.append(paragraph("Signing" if signing else "Entry", [box_control(box, words, draft)]))
    return made


def _choices(field: Element, draft: Draft, room: Room) -> list[Element]:
    """Return a question with answers to choose from.

    One of several is chosen from a list on a screen, so the answers below it are there to be
    read, and to be marked by whoever has the paper. Of several, each has a box to tick.
    """
    legend = next(field.iter("legend"), None)
    label = plain(legend) if legend is not None else ""
    boxes = [box for box in field.iter("input") if box.get("type") in {"radio", "checkbox"}]
    labels = {each.get("for"): each for each in field.iter("label")}
    words = {box.get("id"): labels[box.get("id")] for box in boxes if box.get("id") in labels}
    one_of = [
        (box.get("value") or "", plain(words[box.get("id")]))
        for box in boxes
        if box.get("type") == "radio" and box.get("id") in words
    ]
    chosen: list[Element] = []
    if one_of:
        name = boxes[0].get("name") or ""
        prompt = draft.facts.prompts.choose
        control = choice_control(next(draft.numbers), name, label, one_of, prompt)
        chosen = [run("\u2003"), control]
    items = []
    for box in boxes:
        said = words.get(box.get("id"))
        content = line(pieces(said, draft), draft) if said is not None else []
        if box.get("type") == "radio":
            sign = mark(CIRCLE)
        else:
            title = f"{plain(said) if said is not None else ''} – {label}"
            value = box.get("value") or ""
            ticked = box.get("checked") is not None
            sign = check_control(
                next(draft.numbers), box.get("name") or "", value, title, checked=ticked
            )
        items.append(([sign, run("\u00a0"), *content], plain(said) if said is not None else ""))
    listed = next(
        (each for each in field.iter("div") if _ACROSS.search(each.get("class") or "")), None
    )
    across = _ACROSS.search(listed.get("class") or "") if listed is not None else None
    made = [
        *_head(field, draft, *chosen),
        *_listed(items, int(across[1]) if across else 1, room.width),
        *_other(field, boxes, labels, draft),
    ]
    for each in made[:-1]:
        keep_with_next(each)
    return [*made, gap(80)]


def _listed(items: Sequence[tuple[list[Element], str]], across: int, width: int) -> list[Element]:
    """Return answers in as many columns as have room for the longest."""
    longest = max((len(words) for _, words in items), default=0) * _LETTER + 500
    columns = max(1, min(across, width // longest))
    step = width // columns
    stops = w("tabs", *(w("tab", val="left", pos=step * each) for each in range(1, columns)))
    made = []
    for at in range(0, len(items), columns):
        content: list[Element] = []
        for number, (item, _) in enumerate(items[at : at + columns]):
            content += [w("r", w("tab"))] if number else []
            content += item
        made.append(paragraph("Choices", content, tabs=deepcopy(stops) if columns > 1 else None))
    return made


def _other(
    field: Element, boxes: Sequence[Element], labels: dict[str, Element], draft: Draft
) -> list[Element]:
    """Return the places for an answer in one's own words."""
    made = []
    for box in field.iter("input", "textarea"):
        if any(box is each for each in boxes):
            continue
        label = labels.get(box.get("id") or "")
        said = line(pieces(label, draft), draft) if label is not None else []
        title = plain(label) if label is not None else ""
        control = box_control(box, title, draft, LONG_BLANK)
        made.append(paragraph("OtherAnswer", [*said, run(" "), control]))
    return made


def stray_field(node: Element, draft: Draft) -> list[Element]:
    """Return a box that stands in a paragraph by itself: a line to write on, and what for."""
    labels = {each.get("for"): each for each in node.iter("label")}
    made: list[Element] = []
    for child in node:
        if is_skipped(child) or any(child is each for each in labels.values()):
            continue
        if child.tag not in BOXES:
            made.append(paragraph("NameBelow", line(piece(child, draft, Look()), draft)))
            continue
        label = labels.get(child.get("id"))
        said = plain(label) if label is not None else ""
        made.append(paragraph("SignedName", [box_control(child, said, draft, LONG_BLANK)]))
        if label is not None:
            made.append(paragraph("NameBelow", line(pieces(label, draft), draft)))
    return made
