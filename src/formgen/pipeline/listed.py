"""What a kit's own page lists: its packets and its documents, with the files that exist."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from formgen.compose.packets import Sheets
from formgen.compose.pages import Composer
from formgen.model.catalog import LARGE_PRINT, VARIANTS
from formgen.model.printing import FINISHES
from formgen.pipeline.jobs import BOUND, COPIES_SHEET, Bound, file_path, finished_path, packet_path
from formgen.pipeline.publish import Entry

_KILOBYTE = 1000
# Where the words for a packet's files stand among those of packets.
_WORDS: Mapping[Bound, tuple[str, ...]] = MappingProxyType(
    {"packet": ("file",), "packet-fillable": ("fillable",)}
)


def index_entries(maker: Composer, entries: Mapping[str, Entry]) -> list[dict[str, Any]]:
    """Return what the kit's own page says of each document, with the files that exist."""
    listed = []
    for document in maker.kit.documents:
        files = {
            variant: {"path": entry.path, "pages": entry.pages, "bytes": entry.bytes}
            for variant in (*VARIANTS, LARGE_PRINT)
            if (entry := entries.get(file_path(document.id, variant)))
        }
        facts = maker.documents[document.id]
        listed.append({**facts, "audience_key": document.entry.audience, "files": files})
    return listed


def packet_entries(maker: Composer, entries: Mapping[str, Entry]) -> list[dict[str, Any]]:
    """Return what the kit's own page says of each packet that exists. Raises InputError."""
    sheets = Sheets(maker)
    listed = []
    for packet in maker.kit.packets:
        path = packet_path(packet.id, "packet")
        paths = {packet_path(packet.id, variant): _WORDS[variant] for variant in BOUND}
        paths |= {finished_path(path, finish): ("finishes", finish) for finish in FINISHES}
        files = [
            {
                "path": entry.path,
                "text": _said(sheets.words, words),
                "pages": entry.pages,
                "size": sheets.words["kilobytes"].replace(
                    "{count}", str(max(1, round(entry.bytes / _KILOBYTE)))
                ),
            }
            for found, words in paths.items()
            if (entry := entries.get(found))
        ]
        if files:
            facts: dict[str, Any] = {
                "id": packet.id,
                "code": packet.entry.code,
                "title": sheets.titles[packet.id],
            }
            facts |= {"purpose": sheets.purpose(packet), "files": files, "words": sheets.words}
            listed.append({**facts, "copies": COPIES_SHEET if COPIES_SHEET in entries else ""})
    return listed


def _said(words: Mapping[str, Any], path: tuple[str, ...]) -> str:
    for key in path:
        words = words[key]
    return str(words)
