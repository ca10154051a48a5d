"""Say what is to be printed again: which pages of which documents, and the packets they are in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formgen.compare.kits import KitDiff, compare_kits
from formgen.compose.packet_sheets import Inside, Sheets
from formgen.compose.pages import Composed, Composer, make_composer
from formgen.findings import InputError
from formgen.kit import Kit
from formgen.model.packets import CHAPTER_MARK, KitPacket


@dataclass(frozen=True)
class Reprint:
    """A document that changes, and which of its pages."""

    document: str
    title: str
    pages: str


@dataclass(frozen=True)
class PacketReprint:
    """A packet that holds changed documents, and whether its cover changes."""

    packet: str
    title: str
    cover: bool
    inside: tuple[str, ...]


@dataclass(frozen=True)
class Reprints:
    """All that has to be printed again."""

    documents: tuple[Reprint, ...]
    packets: tuple[PacketReprint, ...]
    # How many documents of the kit stay as they are.
    same: int


def reprints(before: Kit, now: Kit) -> Reprints:
    """Compare a kit as it was with what it will be, page by page.

    The edition in the footers does not count, since it stands on every page.
    """
    return reprints_of(compare_kits(before, now, typeset=True))


def reprints_of(both: KitDiff) -> Reprints:
    """Return what is to be printed again of two kits that were compared, page by page."""
    before, now = both.before, both.now.with_editions_of(both.before)
    pages = both.pages
    composer = make_composer(now)
    found: dict[str, Reprint] = {}
    for document in now.documents:
        name = document.id
        said = pages[name].said if name in pages else ""
        if name not in both.old:
            said = "it is new"
        if said:
            found[name] = Reprint(name, _titled(composer, name), said)
    longer = {name for name, each in pages.items() if each.before != each.now}
    packets = tuple(_packets(make_composer(before), composer, found, longer))
    return Reprints(tuple(found.values()), packets, len(both.new) - len(found))


def _titled(composer: Composer, name: str) -> str:
    facts = composer.documents[name]
    return f"{facts['title']} ({facts['code']})"


def _packets(
    before: Composer, now: Composer, changed: dict[str, Reprint], longer: set[str]
) -> Iterator[PacketReprint]:
    old, new = Sheets(before), Sheets(now)
    packets = {packet.id: packet for packet in before.kit.packets}
    for packet in now.kit.packets:
        was = packets.get(packet.id)
        cover = was is None or bool(longer & {*packet.documents})
        cover = cover or (was is not None and _cover(old, was) != _cover(new, packet))
        inside = [item for item in packet.items if _differs(item, old, new, changed)]
        if cover or inside:
            codes = tuple(_code(now, item) for item in inside)
            title = f"{new.titles[packet.id]} ({packet.entry.code})"
            yield PacketReprint(packet.id, title, cover, codes)


def _differs(item: str, old: Sheets, new: Sheets, changed: dict[str, Reprint]) -> bool:
    if CHAPTER_MARK not in item:
        return item in changed
    return _chapter(old, item) != _chapter(new, item)


def _code(composer: Composer, item: str) -> str:
    name, _, chapter = item.partition(CHAPTER_MARK)
    code: str = composer.documents[name]["code"]
    return f"{code} {chapter}".rstrip()


def _chapter(sheets: Sheets, item: str) -> str:
    return _html(sheets.chapter(item)) if item in sheets.chapters else ""


def _cover(sheets: Sheets, packet: KitPacket) -> str:
    inside = [Inside(name, 1, "", "", 1) for name in packet.documents]
    try:
        return _html(sheets.cover(packet, inside, 1))
    except InputError as problem:  # the build tells of it
        return str(problem)


def _html(sheet: Composed) -> str:
    return str(sheet.html)
