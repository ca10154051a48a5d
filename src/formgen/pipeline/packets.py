"""Bind a kit's packets from its PDFs, when those are made; nothing is typeset twice.

What a packet has besides, a cover sheet and chapters of the manual, is typeset as any page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import get_args

from formgen.compose.packets import Inside, Sheets
from formgen.compose.pages import Composed
from formgen.findings import Finding, InputError
from formgen.model.catalog import PrivacyClass, Variant
from formgen.model.packets import CHAPTER_MARK, KitPacket
from formgen.pipeline.jobs import BOUND, Bound, file_path, packet_path
from formgen.pipeline.kits import Errand, OpenKit, faultless
from formgen.pipeline.publish import Entry, describe
from formgen.pipeline.remembered import fingerprint
from formgen.pipeline.unchanged import Unchanged
from formgen.press.bind import Binding, BoundFacts, Part
from formgen.press.sides import lay_out
from formgen.press.typeset import Sheet, Typeset

# From what anyone may read to what only the pair may.
_CLASSES: tuple[PrivacyClass, ...] = get_args(PrivacyClass)


def steps_of(kit: OpenKit, unchanged: Unchanged | None) -> Iterator[Sequence[Errand]]:
    """Yield what is to be done for a kit's packets, step by step.

    The first step needs nothing. The second one needs the kit's documents, each other one the
    results of the one before.
    """
    packets = [each for each in kit.maker.kit.packets if kit.choice.wants_packet(each)]
    if unchanged:
        there = unchanged.documents_found(packet_inputs(kit), kit.folder)
        kit.reused = {**kit.reused, **{f"packet {id_}": found for id_, found in there.items()}}
        packets = [each for each in packets if each.id not in there]
    if not packets:
        return
    binder = _Binder(kit, Sheets(kit.maker), unchanged)
    yield binder.chapters_of(packets)
    yield list(binder.covers_of(packets))
    yield list(binder.bindings())


def packet_inputs(kit: OpenKit) -> dict[str, str]:
    """Return the fingerprints of what a kit's packets are made from, as far as they are known."""
    keys = {}
    for packet in kit.maker.kit.packets:
        names = dict.fromkeys(item.partition(CHAPTER_MARK)[0] for item in packet.items)
        if kit.choice.wants_packet(packet) and kit.document_keys:
            facts = [packet.id, packet.items, [kit.document_keys[name] for name in names]]
            keys[packet.id] = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    return keys


@dataclass(frozen=True)
class _Bound:
    """One file to bind: a packet in a variant, with all parts but its cover."""

    packet: KitPacket
    variant: Bound
    parts: tuple[Part, ...]
    inside: tuple[Inside, ...]
    privacy: PrivacyClass
    sources: tuple[str, ...]

    @property
    def path(self) -> str:
        return packet_path(self.packet.id, self.variant)


@dataclass
class _Binder:
    """What is known of a kit's packets while they are made."""

    kit: OpenKit
    sheets: Sheets
    unchanged: Unchanged | None
    # What was typeset: chapters by name, covers by their HTML.
    chapters: dict[str, Typeset] = field(default_factory=dict)
    covers: dict[str, Typeset] = field(default_factory=dict)
    composed: dict[tuple[str, tuple[Inside, ...]], Composed] = field(default_factory=dict)
    files: list[tuple[_Bound, Composed]] = field(default_factory=list)

    def chapters_of(self, packets: Sequence[KitPacket]) -> list[Errand]:
        """Return what typesets the chapters of the manual that stand in packets by themselves."""
        items = dict.fromkeys(i for each in packets for i in each.items if CHAPTER_MARK in i)
        errands = []
        for item in items:
            try:
                # An empty file drops its chapter.
                if item in self.sheets.chapters:
                    composed = self.sheets.chapter(item)
                    errands.append(self._typesetting(composed, item, self.chapters))
            except InputError as problem:
                self.kit.report.findings += problem.findings
        return errands

    def covers_of(self, packets: Sequence[KitPacket]) -> Iterator[Errand]:
        """Yield what typesets the covers of packets that are not there as they would be made."""
        asked = set()
        for packet in packets:
            for variant in BOUND:
                try:
                    found = self._bound(packet, variant)
                    cover = self._cover(found) if found else None
                except InputError as problem:
                    self.kit.report.findings += problem.findings
                    break
                if not found or not cover or self._is_there(found, cover):
                    continue
                self.files.append((found, cover))
                if cover.html not in asked:
                    asked.add(cover.html)
                    yield self._typesetting(cover, cover.html, self.covers)

    def bindings(self) -> Iterator[Errand]:
        """Yield what binds each packet whose cover was made."""
        for bound, cover in self.files:
            made = self.covers.get(cover.html)
            if made is None:
                continue
            code, title = bound.packet.entry.code, self._title(bound)
            front = Part(made.pdf, f"{code} {title}", code)
            settings = self.kit.maker.kit.settings
            name = settings.local.short_name or settings.local.name
            facts = BoundFacts(f"{title} – {name}", settings.language)
            work = Binding((front, *bound.parts), facts)
            yield Errand(work, bound.packet.id, partial(self._keep, bound, cover))

    def _keep(self, bound: _Bound, cover: Composed, future: Future[Typeset]) -> None:
        result = faultless(self.kit, bound.packet.id, cover.place, future)
        if result:
            entry = describe(
                bound.path,
                result.pdf,
                document=bound.packet.id,
                variant=bound.variant,
                privacy=bound.privacy,
                pages=result.pages,
                sources=bound.sources,
            )
            self.kit.files[bound.path] = (result.pdf, entry)

    def _typesetting(self, composed: Composed, key: str, results: dict[str, Typeset]) -> Errand:
        def then(future: Future[Typeset]) -> None:
            result = faultless(self.kit, composed.document, composed.place, future)
            if result:
                results[key] = result

        return Errand(_sheet_of(composed), composed.document, then)

    def _cover(self, bound: _Bound) -> Composed:
        # Printed and to fill in, a packet mostly has as many pages.
        key = (bound.packet.id, bound.inside)
        if key not in self.composed:
            spans = lay_out((each.pages, False) for each in bound.inside)
            # The cover's own sheet comes on top; a long list of documents takes its back.
            papers = spans[-1].end // 2 + 1
            self.composed[key] = self.sheets.cover(bound.packet, bound.inside, papers)
        return self.composed[key]

    def _title(self, bound: _Bound) -> str:
        return self.sheets.titles[bound.packet.id]

    def _is_there(self, bound: _Bound, cover: Composed) -> bool:
        """Tell whether a packet is there as it would be bound; else note what it is made from."""
        if self.unchanged is None:
            return False
        facts = [
            fingerprint(_sheet_of(cover), self.unchanged.versions),
            *((hashlib.sha256(p.pdf).hexdigest(), p.title, p.label) for p in bound.parts),
            [bound.path, bound.privacy, bound.sources],
        ]
        key = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
        found = self.unchanged.documents_found({bound.path: key}, self.kit.folder)
        if not found:
            self.kit.packet_keys[bound.path] = key
            return False
        self.kit.reused = {**self.kit.reused, f"packet {bound.path}": found[bound.path]}
        return True

    def _bound(self, packet: KitPacket, variant: Bound) -> _Bound | None:
        """Return what goes into a file; None if it cannot be made, or nothing is filled in."""
        if packet.entry.is_blank and variant == "packet-fillable":
            # Filled in as a whole, it would carry private pages to whoever gets the rest.
            return None
        parts: list[Part] = []
        inside: list[Inside] = []
        entries: list[Entry] = []
        classes: list[PrivacyClass] = ["public"]
        filled = False
        for item in packet.items:
            name = item.partition(CHAPTER_MARK)[0]
            document = next(each for each in self.kit.maker.kit.documents if each.id == name)
            facts: Mapping[str, str] = self.kit.maker.documents[name]
            code, title = facts["code"], str(facts["title"])
            if item != name:
                chapter = self.sheets.chapters.get(item)
                if chapter is None:
                    continue
                code, title = f"{code}{chapter.number}", str(chapter.chapter.title.striptags())
                made = self.chapters.get(item)
                pdf, pages = (made.pdf, made.pages) if made else (b"", 0)
            else:
                file = self._file_of(name, "fillable") if variant == "packet-fillable" else None
                filled = filled or file is not None
                file = file or self._file_of(name, "print")
                pdf, pages = (file[0], file[1].pages) if file else (b"", 0)
                entries += [file[1]] if file else []
            if not pdf:
                self._missing(packet, variant, item)
                return None
            private = document.privacy == "private"
            classes.append(document.privacy)
            parts.append(Part(pdf, f"{code} {title}", code, own_sheet=private))
            inside.append(Inside(name, len(parts), code, title, pages))
        if not parts or (variant == "packet-fillable" and not filled):
            return None
        sources = dict.fromkeys(source for entry in entries for source in entry.sources)
        strictest = max(classes, key=_CLASSES.index)
        return _Bound(packet, variant, tuple(parts), tuple(inside), strictest, tuple(sources))

    def _missing(self, packet: KitPacket, variant: Bound, item: str) -> None:
        if variant == "packet":
            place = self.kit.maker.kit.catalog.nearest(("packets", packet.id)).place
            message = f"{packet.id} is not bound, since {item} was not made to be printed."
            fix = "correct what is wrong with it, or take it out of the packet."
            self.kit.report.findings.append(Finding(place, "not-bound", message, fix))

    def _file_of(self, document: str, variant: Variant) -> tuple[bytes, Entry] | None:
        """Return a document's file, made in this build or before."""
        path = file_path(document, variant)
        if path in self.kit.files:
            return self.kit.files[path]
        for entry in self.kit.reused.get(document, ()):
            if entry.path == path:
                try:
                    return (self.kit.folder / path).read_bytes(), entry
                except OSError:
                    return None
        return None


def _sheet_of(composed: Composed) -> Sheet:
    originals = composed.originals
    return Sheet(composed.html, composed.styles, composed.assets, originals=originals)
