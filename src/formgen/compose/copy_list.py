"""Compose the sheet that lists what is to be printed: how many, on which paper, held together how.

Numbers are counted or left to be written in: who will apply, nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from formgen.compose.packet_sheets import Sheets
from formgen.compose.pages import Composed
from formgen.findings import Place
from formgen.kit import Kit, KitDocument
from formgen.model.catalog import Basis
from formgen.model.packets import KitPacket
from formgen.model.printing import BOOKLETS, MOST_FOLDED

# A package of paper.
_REAM = 500


@dataclass(frozen=True)
class ToPrint:
    """A packet that was bound: its file, its pages, and the places of its certificates."""

    packet: KitPacket
    path: str
    pages: int
    # First and last page, counted from one, with the blank back.
    cards: tuple[tuple[int, int], ...] = ()
    # The booklets that were made of it.
    booklets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """A certificate, and its file."""

    document: KitDocument
    path: str
    pages: int


def copies_sheet(
    sheets: Sheets, pairs: int, packets: Sequence[ToPrint], cards: Sequence[Card]
) -> Composed:
    """Return the sheet that lists what to print. Raises InputError."""
    composer = sheets.composer
    words = sheets.words["copies"]
    rows = [_packet_row(sheets, pairs, each, cards) for each in packets]
    card_rows = [_card_row(sheets, pairs, each) for each in cards]
    paper = composer.kit.settings.paper
    known = [row["in_all"] for row in rows if row["in_all"] is not None]
    facts = {
        "id": "copies",
        "code": words["code"],
        "title": words["title"],
        "kind": "packet",
        "handling": words["handling"],
        "privacy": "program",
    }
    context = {
        "words": words,
        "pairs": pairs,
        "paper_name": words["papers"][paper],
        "rows": rows,
        "cards": card_rows,
        "sheets": sum(known),
        "reams": -(-sum(known) // _REAM),
        "all_known": len(known) == len(rows),
        "card_sheets": sum(row["in_all"] or 0 for row in card_rows),
        "booklets": _booklets(words, paper, packets),
    }
    place = Place(composer.kit.stack.local.folder)
    return sheets.sheet("copies", "copies", facts, place, context)


def _packet_row(sheets: Sheets, pairs: int, each: ToPrint, cards: Sequence[Card]) -> dict[str, Any]:
    words = sheets.words["copies"]
    entry = each.packet.entry
    # Blank forms are copied as a whole; what people get has its certificates on card.
    left_out = each.cards if cards and not entry.is_blank else ()
    pages = each.pages - sum(last - first + 1 for first, last in left_out)
    papers = -(-pages // 2)
    number = copies_of(sheets.composer.kit, entry.copies, pairs)
    notes = []
    if left_out:
        notes.append(words["without"].replace("{pages}", _ranges(left_out)))
    if "manual" in {
        _document(sheets.composer.kit, name).entry.kind for name in each.packet.documents
    }:
        notes.append(words["color_cover"])
    return {
        "code": entry.code,
        "title": sheets.titles[each.packet.id],
        "path": each.path,
        "basis": words["basis"][entry.copies],
        "number": number,
        "papers": papers,
        "in_all": None if number is None else number * papers,
        "hold": words["hold"][hold_of(sheets.composer.kit, each.packet, papers)],
        "notes": notes,
    }


def _card_row(sheets: Sheets, pairs: int, card: Card) -> dict[str, Any]:
    facts = sheets.composer.documents[card.document.id]
    basis: Basis = card.document.entry.person or "once"
    number = copies_of(sheets.composer.kit, basis, pairs)
    return {
        "code": facts["code"],
        "title": facts["title"],
        "path": card.path,
        "basis": sheets.words["copies"]["basis"][basis],
        "number": number,
        "papers": card.pages,
        "in_all": None if number is None else number * card.pages,
        "notes": [],
    }


def copies_of(kit: Kit, basis: Basis, pairs: int) -> int | None:
    """Return how many copies are needed, or None if only the reader can know."""
    if basis in {"pair", "mentor", "mentee"}:
        return pairs
    if basis == "member":
        return len(kit.settings.committee.seats) or None
    return 1 if basis == "once" else None


def hold_of(kit: Kit, packet: KitPacket, papers: int) -> str:
    """Return how the sheets of a packet are held together, as the words name it."""
    if papers > MOST_FOLDED:
        return "binder"
    fates = {_document(kit, item.partition("/")[0]).handling for item in packet.items}
    # What goes different ways is taken apart.
    return "clip" if len(fates) > 1 else "staple"


def _booklets(
    words: Mapping[str, Any], paper: str, packets: Sequence[ToPrint]
) -> list[dict[str, Any]]:
    """Return what is said of booklets: their sheets of paper, and how many each takes."""
    listed = []
    for kind in BOOKLETS:
        made = [each for each in packets if kind in each.booklets]
        if made:
            size = words["papers"][paper if kind == "small-booklet" else f"double-{paper}"]
            listed.append(
                {
                    "text": words["booklets"][kind].replace("{paper}", size),
                    "each": [(each.packet.entry.code, -(-each.pages // 4)) for each in made],
                }
            )
    return listed


def _ranges(spans: Sequence[tuple[int, int]]) -> str:
    """Write pages as people do; spans that follow each other are one."""
    whole: list[tuple[int, int]] = []
    for first, last in spans:
        if whole and whole[-1][1] + 1 == first:
            first = whole.pop()[0]  # noqa: PLW2901
        whole.append((first, last))
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in whole)


def _document(kit: Kit, name: str) -> KitDocument:
    return next(each for each in kit.documents if each.id == name)
