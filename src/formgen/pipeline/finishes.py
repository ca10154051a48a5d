"""Make what a kit needs at the copier and in the print shop, from its PDFs, where it is asked for.

Nothing is laid out anew: booklets, bleed and proofs are made of the pages as they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial

from formgen.compose.copies_sheet import Card, ToPrint, copies_sheet
from formgen.compose.packets import Sheets
from formgen.findings import Finding, InputError, Place, Severity
from formgen.model.packets import KitPacket
from formgen.model.printing import BOOKLETS, MOST_FOLDED, Finish
from formgen.pipeline import packets
from formgen.pipeline.jobs import COPIES_SHEET, file_path, finished_path, packet_path
from formgen.pipeline.kits import Errand, OpenKit, faultless
from formgen.pipeline.publish import Entry, describe
from formgen.pipeline.unchanged import Unchanged
from formgen.pipeline.workers import TypesettingError, result_of
from formgen.press.finish import Finishing
from formgen.press.labels import labelled_pages
from formgen.press.typeset import Sheet, Typeset
from formgen.press.versions import source_hash
from formgen.sources.layers import LOCAL_FILE


def steps_of(kit: OpenKit, unchanged: Unchanged | None) -> Iterator[Sequence[Errand]]:
    """Yield what is to be done for a kit's packets, then for printing them, step by step."""
    bound = packets.steps_of(kit, unchanged)
    yield next(bound, ())
    yield from bound
    if not kit.choice.printing:
        return
    finisher = _Finisher(kit, unchanged)
    yield list(finisher.finishings())
    yield list(finisher.copies())


@dataclass(frozen=True)
class _Source:
    """A PDF to print that is finished."""

    path: str
    pdf: bytes
    entry: Entry
    place: Place
    # With pages of its own sheets beside those of others.
    private: bool = False


@dataclass
class _Finisher:
    """What is known of a kit's files while they are finished."""

    kit: OpenKit
    unchanged: Unchanged | None
    # The paths of what was made or is there already.
    made: set[str] = field(default_factory=set)

    @property
    def packets(self) -> list[KitPacket]:
        """Return the packets that were asked for."""
        return [each for each in self.kit.maker.kit.packets if self.kit.choice.wants_packet(each)]

    def finishings(self) -> Iterator[Errand]:
        """Yield what makes each file that is not there as it would be made."""
        printing = self.kit.choice.printing
        sources = list(self.sources())
        self.kit.report.findings += self.paper_findings(sources)
        for source in sources:
            for finish in printing.finishes:
                if finish in BOOKLETS and not self.folds(source):
                    continue
                work = Finishing(source.pdf, finish, self.kit.maker.kit.settings.paper)
                if self.is_there(source, work):
                    continue
                name = f"{source.entry.document} ({finish})"
                yield Errand(work, name, partial(self.keep, source, finish))

    def sources(self) -> Iterator[_Source]:
        """Yield the packets that were bound; of a build of some documents, those."""
        maker, choice = self.kit.maker, self.kit.choice
        for packet in self.packets:
            place = maker.kit.catalog.nearest(("packets", packet.id)).place
            held = [each for each in maker.kit.documents if each.id in packet.documents]
            private = len(packet.items) > 1 and any(each.privacy == "private" for each in held)
            yield from self.source(packet_path(packet.id, "packet"), place, private=private)
        if not choice.packets:
            place = Place(maker.kit.stack.local.folder / LOCAL_FILE)
            for document in choice.documents:
                yield from self.source(file_path(document, "print"), place)

    def source(self, path: str, place: Place, *, private: bool = False) -> Iterator[_Source]:
        """Yield a file of the kit, made in this build or before, if it is there."""
        if path in self.kit.files:
            yield _Source(path, *self.kit.files[path], place, private)
            return
        for entry in (entry for entries in self.kit.reused.values() for entry in entries):
            if entry.path == path:
                try:
                    pdf = (self.kit.folder / path).read_bytes()
                except OSError:
                    return  # publishing finds it missing
                yield _Source(path, pdf, entry, place, private)
                return

    def paper_findings(self, sources: Sequence[_Source]) -> list[Finding]:
        """Return what is wrong with the paper that booklets take."""
        settings = self.kit.maker.kit.settings
        large = "booklet" in self.kit.choice.printing.finishes
        if not (large and sources and settings.paper == "legal"):
            return []
        node = self.kit.maker.kit.tree.get("paper")
        place = node.place if node else sources[0].place
        message = "booklets of legal pages take paper of 14 × 17 in., which few copiers hold."
        fix = "use --imposition small-booklet, or another paper."
        return [Finding(place, "booklet-paper", message, fix, "warning")]

    def folds(self, source: _Source) -> bool:
        """Tell whether a file can be a booklet; report what speaks against it."""
        name, findings = source.entry.document, self.kit.report.findings
        if source.private:
            asked = name in self.kit.choice.packets
            message = f"{name} has pages that belong to one reader alone, and in a booklet "
            message += "they would share their sheets with others."
            fix = f"print {source.path} as it is, or take those pages out of the packet."
            severity: Severity = "error" if asked else "warning"
            findings.append(Finding(source.place, "private", message, fix, severity, policy=asked))
            return False
        papers = -(-source.entry.pages // 4)
        if papers > MOST_FOLDED:
            message = f"the booklet {name} takes {papers} sheets; copiers fold and staple "
            message += f"about {MOST_FOLDED}."
            fix = f"print {source.path} as it is and punch it, or have a print shop bind it."
            findings.append(Finding(source.place, "thick-booklet", message, fix, "warning"))
        return True

    def is_there(self, source: _Source, work: Finishing) -> bool:
        """Tell whether a file is there as it would be made; else note what it is made from."""
        path = finished_path(source.path, work.finish)
        if self.unchanged is None:
            return False
        about = [source.entry.privacy, source.entry.sources, source.entry.document]
        facts = [path, hashlib.sha256(source.pdf).hexdigest(), work.finish, work.paper]
        read = [self.unchanged.versions, source_hash()]
        key = hashlib.sha256(json.dumps([facts, about, read]).encode()).hexdigest()
        found = self.unchanged.documents_found({path: key}, self.kit.folder)
        if not found:
            self.kit.packet_keys[path] = key
            return False
        self.kit.reused = {**self.kit.reused, f"finish {path}": found[path]}
        self.made.add(path)
        return True

    def keep(self, source: _Source, finish: Finish, future: Future[Typeset]) -> None:
        """Keep a finished file; what is to be looked at in it is a warning."""
        report, path = self.kit.report, finished_path(source.path, finish)
        name = source.entry.document
        try:
            result = result_of(future)
        except TypesettingError as problem:
            message = f"{name}: {problem}"
            report.findings.append(Finding(source.place, problem.code, message, problem.fix))
            return
        place = Place(self.kit.maker.kit.stack.local.folder / LOCAL_FILE)
        brand = self.kit.maker.kit.tree.get("brand")
        report.findings += [
            # Said once, in however many files it is so.
            Finding(brand.place if brand else place, each.code, each.message, each.fix, "warning")
            for each in result.defects
        ]
        self._add(path, result, name, finish, source.entry)

    def copies(self) -> Iterator[Errand]:
        """Yield what typesets the list of what to print."""
        printing = self.kit.choice.printing
        listed = [each for packet in self.packets for each in self._to_print(packet)]
        if not printing.pairs or not listed:
            return
        sheets = Sheets(self.kit.maker)
        try:
            composed = copies_sheet(sheets, printing, listed, list(self._cards()))
        except InputError as problem:
            self.kit.report.findings += problem.findings
            return

        def then(future: Future[Typeset]) -> None:
            result = faultless(self.kit, "copies", composed.place, future)
            if result:
                self._add(COPIES_SHEET, result, "copies", "copies")

        work = Sheet(composed.html, composed.styles, composed.assets)
        yield Errand(work, "copies", then)

    def _to_print(self, packet: KitPacket) -> Iterator[ToPrint]:
        path = packet_path(packet.id, "packet")
        codes = {
            self.kit.maker.documents[each.id]["code"]
            for each in self.kit.maker.kit.documents
            if each.entry.kind == "certificate"
        }
        for source in self.source(path, Place(self.kit.folder)):
            parts = labelled_pages(source.pdf)
            cards = tuple((first, last) for code, first, last in parts if code in codes)
            folded = tuple(f for f in BOOKLETS if finished_path(path, f) in self.made)
            yield ToPrint(packet, path, source.entry.pages, cards, folded)

    def _cards(self) -> Iterator[Card]:
        wanted = {name for packet in self.packets for name in packet.documents}
        for document in self.kit.maker.kit.documents:
            if document.entry.kind == "certificate" and document.id in wanted:
                path = file_path(document.id, "print")
                for source in self.source(path, Place(self.kit.folder)):
                    yield Card(document, path, source.entry.pages)

    def _add(
        self, path: str, result: Typeset, name: str, variant: str, of: Entry | None = None
    ) -> None:
        entry = describe(
            path,
            result.pdf,
            document=name,
            variant=variant,
            privacy=of.privacy if of else "program",
            pages=result.pages,
            sources=of.sources if of else (),
        )
        self.kit.files[path] = (result.pdf, entry)
        self.made.add(path)
