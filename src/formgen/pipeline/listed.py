"""What a kit's own page lists: its packets and its documents, with the files that exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formgen.compose.packets import Sheets
from formgen.compose.pages import Composer
from formgen.model.catalog import LARGE_PRINT, VARIANTS
from formgen.pipeline.jobs import BOUND, file_path, packet_path
from formgen.pipeline.publish import Entry

_KILOBYTE = 1000


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
        found = [(v, entries[p]) for v in BOUND if (p := packet_path(packet.id, v)) in entries]
        files = [
            {
                "path": entry.path,
                "variant": BOUND[variant],
                "pages": entry.pages,
                "size": sheets.words["kilobytes"].replace(
                    "{count}", str(max(1, round(entry.bytes / _KILOBYTE)))
                ),
            }
            for variant, entry in found
        ]
        if files:
            facts = {"id": packet.id, "code": packet.entry.code, "title": sheets.titles[packet.id]}
            purpose = sheets.purpose(packet)
            listed.append({**facts, "purpose": purpose, "files": files, "words": sheets.words})
    return listed
