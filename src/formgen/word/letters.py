"""Whom a letter is for, in Word: the date on the right, the address where an envelope shows it."""

from __future__ import annotations

from formgen.word.boxes import BOXES, box_control
from formgen.word.draft import Draft, Room
from formgen.word.inline import plain
from formgen.word.ooxml import Element, paragraph, w
from formgen.word.tables import cell, gap, grid

# In twentieths of a point: from the letterhead to the address, what the address has, how wide.
_ABOVE = 760
_HEIGHT = 2040
_ADDRESS = 5200
_FIELDS = ["letter-date", "letter-name", "letter-address"]


def is_recipient(node: Element) -> bool:
    """Tell whether an element holds the three places of whom a letter is for."""
    return [box.get("name") for box in node.iter(*BOXES)] == _FIELDS


def recipient_blocks(node: Element, draft: Draft, room: Room) -> list[Element]:
    """Return the places for the date, the name and the address of a letter."""
    labels = {each.get("for"): plain(each) for each in node.iter("label")}
    said = [(box, labels.get(box.get("id"), "")) for box in node.iter(*BOXES)]
    # What goes there stands in the place itself until something is typed.
    date, *address = [box_control(box, label, draft, label) for box, label in said]
    widths = [_ADDRESS, room.width - _ADDRESS]
    cells = [
        cell(widths[0], [paragraph("Addressee", [each]) for each in address]),
        cell(widths[1], [paragraph("Addressee", [date], jc=w("jc", val="right"))]),
    ]
    height = w("trHeight", val=_HEIGHT, hRule="atLeast")
    row = w("tr", w("trPr", w("cantSplit"), height), *cells)
    return [gap(_ABOVE), grid(widths, [row], w("tblBorders"), 0), gap(20)]
