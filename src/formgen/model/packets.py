"""Packets: which documents of a local are bound together, and for whom.

A page that belongs to the pair alone goes to nobody else: what is private in the base pack
stays out of the packets of other readers, whichever layer asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from formgen.codes import Code
from formgen.findings import Finding, Place, brief, did_you_mean
from formgen.model.catalog import PRIVATE_READERS, Catalog, Packet
from formgen.model.groups.changes import PacketChange
from formgen.model.settings import Settings
from formgen.model.wording.titles import Naming
from formgen.sources.tree import Node, Path_

# A chapter of the manual stands in a packet as the manual's id, this, and its file's name.
CHAPTER_MARK = "/"
_LISTED = "`formgen list` names them all."
_NO_CHANGE = PacketChange()


@dataclass(frozen=True)
class KitPacket:
    """A packet that this local builds: its documents, in their order."""

    id: str
    entry: Packet
    naming: Naming
    items: tuple[str, ...]
    # When in the year it is handed out.
    step: str = ""
    # The edition on its cover: the newest within.
    edition: str = ""

    @property
    def all_documents(self) -> tuple[str, ...]:
        """Return the ids of the documents in it, whole or by a chapter."""
        return tuple(item.partition(CHAPTER_MARK)[0] for item in self.items)

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the ids of the whole documents in it."""
        return tuple(item for item in self.items if CHAPTER_MARK not in item)


def packets_of(
    settings: Settings,
    catalog: Catalog,
    named: Mapping[str, Naming],
    built: Collection[str],
    chapters: Collection[str],
) -> Iterator[KitPacket]:
    """Yield the packets of a local; what it does not build drops out of them."""
    for name, packet in catalog.packets.items():
        if name in settings.packets.omit:
            continue
        wanted = _items(packet, settings.packets.change.get(name, _NO_CHANGE))
        items = tuple(
            item
            for item in dict.fromkeys(wanted)
            if item.partition(CHAPTER_MARK)[0] in built
            and (CHAPTER_MARK not in item or item in chapters)
        )
        if items:
            documents = (item.partition(CHAPTER_MARK)[0] for item in items)
            steps = (catalog.step_of(catalog.documents[each]) for each in documents)
            step = packet.step or ("" if packet.is_blank else next(steps))
            yield KitPacket(name, packet, named[name], items, step)


def _items(packet: Packet, change: PacketChange) -> list[str]:
    kept = [item for item in packet.documents if item not in change.remove]
    return [*kept, *(item for item in change.add if item not in kept)]


def check_packets(
    settings: Settings, tree: Node, catalog: Catalog, catalog_tree: Node, chapters: Collection[str]
) -> Iterator[Finding]:
    """Yield what is wrong with the packets of the catalog and a local's changes to them."""
    known = (*catalog.documents, *chapters)
    private = {name for name, entry in catalog.documents.items() if entry.privacy == "private"}
    for name, packet in catalog.packets.items():
        listed = _Listed(packet.documents, catalog_tree, ("packets", name, "documents"))
        yield from listed.unknown(known)
        yield from listed.repeated()
        if packet.readers not in PRIVATE_READERS:
            yield from listed.refused(private, name)
    packets = settings.packets
    names: list[tuple[Path_, str]] = [
        *((("packets", "omit", index), name) for index, name in enumerate(packets.omit)),
        *((("packets", "change", name), name) for name in packets.change),
    ]
    for where, name in names:
        if name not in catalog.packets:
            place = _place(tree, where)
            message = f'there is no packet "{brief(name)}".'
            fix = did_you_mean(name, catalog.packets, _LISTED)
            yield Finding(place, Code.UNKNOWN_PACKET, message, fix)
    for name, change in packets.change.items():
        if name not in catalog.packets:
            continue
        packet = catalog.packets[name]
        path: Path_ = ("packets", "change", name)
        added = _Listed(change.add, tree, (*path, "add"))
        yield from added.unknown(known)
        yield from added.repeated(packet.documents)
        if packet.readers not in PRIVATE_READERS:
            yield from added.refused(private, name)
        for index, item in enumerate(change.remove):
            if item not in packet.documents:
                place = _place(tree, (*path, "remove", index))
                message = f'"{brief(item)}" is not in the packet {name}.'
                fix = did_you_mean(item, packet.documents, "delete it here.")
                yield Finding(place, Code.NOT_IN_PACKET, message, fix)


def check_readers(catalog: Catalog, tree: Node, base: Catalog) -> Iterator[Finding]:
    """Yield each packet of the base pack that a layer hands to readers who may see more."""
    for name, packet in catalog.packets.items():
        original = base.packets.get(name)
        if (
            original
            and packet.readers in PRIVATE_READERS
            and original.readers not in PRIVATE_READERS
        ):
            message = f"the packet {name} is not for the pair, and no pack makes it so."
            fix = f"write `readers: {original.readers}`, or make a packet of another name."
            place = tree.nearest(("packets", name, "readers")).place
            yield Finding(place, Code.PRIVATE, message, fix)


@dataclass(frozen=True)
class _Listed:
    """What stands in a list of documents, and where."""

    items: tuple[str, ...]
    tree: Node
    path: Path_

    def at(self, index: int) -> Place:
        return _place(self.tree, (*self.path, index))

    def unknown(self, known: Collection[str]) -> Iterator[Finding]:
        for index, item in enumerate(self.items):
            if item not in known:
                message = f'there is no document "{brief(item)}".'
                fix = did_you_mean(item, known, _LISTED)
                yield Finding(self.at(index), Code.UNKNOWN_DOCUMENT, message, fix)

    def repeated(self, before: Iterable[str] = ()) -> Iterator[Finding]:
        seen = set(before)
        for index, item in enumerate(self.items):
            if item in seen:
                message = f"{brief(item)} is in this packet already."
                yield Finding(self.at(index), Code.REPEATED, message, "delete it here.")
            seen.add(item)

    def refused(self, private: Collection[str], packet: str) -> Iterator[Finding]:
        for index, item in enumerate(self.items):
            if item in private:
                message = f"{item} belongs to the pair alone, and {packet} is for others."
                fix = "take it out; no setting changes this."
                yield Finding(self.at(index), Code.PRIVATE, message, fix)


def _place(tree: Node, path: Path_) -> Place:
    node = tree.nearest(path)
    # A mapping is named by its key, a text by itself.
    return (node.key_place if isinstance(node.value, dict) else None) or node.place


def chapters_of(documents: Mapping[str, Iterable[str]]) -> list[str]:
    """Return how packets name the chapters of manuals, given their names by document."""
    return [
        f"{document}{CHAPTER_MARK}{name}" for document, names in documents.items() for name in names
    ]
