"""Plan: one job for each document and variant of a kit."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from formgen.compose.pages import Composed, Composer
from formgen.findings import Finding, InputError
from formgen.kit import Kit, KitDocument
from formgen.model.catalog import LARGE_PRINT, VARIANTS, Variant
from formgen.model.packets import KitPacket
from formgen.model.printing import NOTHING, Finish, Printing

# Where a variant's files go, and how they end.
_FOLDERS: dict[Variant, tuple[str, str]] = {
    "print": ("print", ".pdf"),
    "fillable": ("fillable", ".pdf"),
    "web": ("web", ".html"),
    "large-print": ("large-print", ".pdf"),
}

# What lists what is to be printed. No packet's name begins with a number.
COPIES_SHEET = "packets/0-copies.pdf"

# What packets are bound as, and which variant of their documents that takes.
Bound = Literal["packet", "packet-fillable"]
BOUND: Mapping[Bound, Variant] = MappingProxyType(
    {"packet": "print", "packet-fillable": "fillable"}
)


@dataclass(frozen=True)
class Choice:
    """Which part of a kit to build: all of it, or some documents and variants."""

    documents: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = VARIANTS
    # With packets named, the documents are those that are in them.
    packets: tuple[str, ...] = ()
    # What is made besides, for copiers and print shops.
    printing: Printing = NOTHING

    @property
    def everything(self) -> bool:
        """Tell whether nothing is left out."""
        return not self.documents and not self.packets and set(self.variants) >= set(VARIANTS)

    def wants_packet(self, packet: KitPacket) -> bool:
        """Tell whether a packet is to be bound; part of a kit leaves packets alone."""
        return packet.id in self.packets if self.packets else self.everything

    def wants(self, document: KitDocument) -> bool:
        """Tell whether a document is to be built."""
        return not (self.documents or self.packets) or document.id in self.documents


EVERYTHING = Choice()


@dataclass(frozen=True)
class Job:
    """One document of one local in one variant, composed: the unit of work."""

    kit: Kit
    document: KitDocument
    composed: Composed

    @property
    def variant(self) -> Variant:
        """Return the variant."""
        return self.composed.variant

    @property
    def path(self) -> str:
        """Return the path of the file below the kit's folder."""
        return file_path(self.document.id, self.variant)


@dataclass(frozen=True)
class Failed:
    """A document that could not be composed, and why."""

    kit: Kit
    document: KitDocument
    variant: Variant
    findings: tuple[Finding, ...]


def file_path(document: str, variant: Variant) -> str:
    """Return the path of a document's file below the kit's folder."""
    folder, suffix = _FOLDERS[variant]
    return f"{folder}/{document}{suffix}"


def packet_path(packet: str, variant: Bound) -> str:
    """Return the path of a packet's file below the kit's folder."""
    return f"packets/{packet}{'.fillable' if variant == 'packet-fillable' else ''}.pdf"


def finished_path(path: str, finish: Finish) -> str:
    """Return the path of what a PDF is made into for a printer."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/{finish}/{name}"


def plan(
    maker: Composer, choice: Choice, made: Container[str] = frozenset()
) -> Iterator[Job | Failed]:
    """Compose the documents of a kit that are not made yet, the longest ones first."""
    documents = [
        document
        for document in maker.kit.documents
        if choice.wants(document) and document.id not in made
    ]
    for document in sorted(documents, key=lambda document: -_length(maker.kit, document)):
        has = (*maker.variants_of(document), LARGE_PRINT)
        for variant in choice.variants:
            if variant not in has:
                continue
            try:
                composed = maker.compose(document, variant)
            except InputError as problem:
                yield Failed(maker.kit, document, variant, problem.findings)
            else:
                yield Job(maker.kit, document, composed)


def _length(kit: Kit, document: KitDocument) -> int:
    """Return the length of a document's words, as a measure of how long it takes."""
    path = f"content/{kit.settings.language}/{document.entry.content}"
    paths = [f"{path}/{name}" for name in kit.stack.names_in(path, ".md")] or [path]
    found = (kit.stack.find(each) for each in paths)
    return sum(file[1].size for file in found if file)
