"""`content/NOTES.md` of a pack: what is new in each edition, a section for each, for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.model.editions.record import read_record
from formgen.model.pack import Pack, is_older, numbered
from formgen.sources.layers import Layer
from formgen.sources.paths import NOTES_FILE, PACK_FILE
from formgen.sources.replaced.text_diff import tree_of
from formgen.sources.text_files import decode_text
from formgen.sources.tree import Node

# A heading such as "## 2027.1" or "## 2027.1: spring"; any other one of its kind ends a section.
_HEADING = re.compile(r"^##[ \t]+(\S+?):?(?:[ \t].*)?$")


@dataclass(frozen=True)
class EditionNotes:
    """What is new in one edition, line by line."""

    edition: str
    lines: tuple[str, ...]


def notes_in(data: bytes) -> list[EditionNotes]:
    """Return the sections of a `NOTES.md` that say something, newest edition first.

    Raises InputError for what is no text.
    """
    found: dict[str, list[str]] = {}
    edition = ""
    for line in decode_text(Path(NOTES_FILE), data).splitlines():
        heading = _HEADING.match(line)
        if heading:
            edition = heading[1]
        elif line.strip() and numbered(edition):
            found.setdefault(edition, []).append(line.rstrip())
    notes = [EditionNotes(each, tuple(lines)) for each, lines in found.items()]
    return sorted(notes, key=lambda each: numbered(each.edition) or (), reverse=True)


def notes_of(pack: Layer, edition: str) -> tuple[str, ...]:
    """Return what a pack says is new in an edition. Raises InputError."""
    file = pack.file(NOTES_FILE)
    notes = notes_in(file.read_bytes()) if file else []
    same = (each for each in notes if numbered(each.edition) == numbered(edition))
    return tuple(line for each in same for line in each.lines)


def news(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[EditionNotes]:
    """Return what became new from the files of one edition to those of another, newest first."""
    before, now = (_edition_of(files) for files in (old, new))
    return [
        each
        for each in notes_in(new.get(NOTES_FILE, b""))
        if is_older(before, each.edition) and not is_older(now, each.edition)
    ]


def _edition_of(files: Mapping[str, bytes]) -> str:
    return tree_of(files.get(PACK_FILE, b""), PACK_FILE).text("edition")


def check_notes(folder: Path, pack: Pack, tree: Node) -> list[Finding]:
    """Return a finding if an edition after another one does not say what is new in it.

    ``tree`` is the pack's `pack.yaml`. Raises InputError.
    """
    layer = Layer(pack.id, folder)
    record = read_record(layer)
    known = [*record.documents.values(), *record.kinds.values()] if record else []
    is_raised = any(is_older(each.edition, pack.edition) for each in known)
    if not is_raised or notes_of(layer, pack.edition):
        return []
    message = f"nothing says what is new in edition {pack.edition}, in words for people."
    fix = f'write a section "## {pack.edition}" into {NOTES_FILE}.'
    place = Place(folder / NOTES_FILE)
    if layer.file(NOTES_FILE) is None:
        place = tree.nearest(("edition",)).place
    return [Finding(place, Code.NO_NOTES, message, fix)]
