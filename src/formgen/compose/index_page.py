"""Compose a kit's own page: what each document and packet is for, with the files that exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from formgen.compose.packet_sheets import Sheets
from formgen.compose.page_styles import css_of
from formgen.compose.pages import Composer
from formgen.compose.text.wording import Wording
from formgen.findings import InputError, Place, in_order
from formgen.model.page_format import SCREEN

_KILOBYTE = 1000


@dataclass(frozen=True)
class Listed:
    """A file of a kit as its page lists it."""

    path: str
    pages: int
    bytes: int
    # Where the words for it stand: beside the number of its pages, and if that is not known.
    labels: tuple[str, ...]
    # Made before the last change of what it is made from, since only a part was built.
    older: bool = False

    @property
    def label(self) -> str:
        """Return where the words that fit stand."""
        return self.labels[0] if self.pages else self.labels[-1]


@dataclass(frozen=True)
class KitFiles:
    """All files of a kit that its page lists: of documents and packets by id, and the others."""

    documents: tuple[tuple[str, tuple[Listed, ...]], ...] = ()
    packets: tuple[tuple[str, tuple[Listed, ...]], ...] = ()
    kit: tuple[Listed, ...] = ()

    @property
    def all(self) -> tuple[tuple[Listed, ...], ...]:
        """Return all groups of files."""
        return (*(each for _, each in (*self.documents, *self.packets)), self.kit)


def index_page(composer: Composer, files: KitFiles) -> str:
    """Return the kit's own page. Raises InputError with all that is wrong with it."""
    kit, wording = composer.kit, Wording(composer.wording.context)
    context = {
        **wording.context,
        **composer.common(SCREEN, wording, {}),
        "css": Markup(css_of(kit.stack, "web.css", "index.css")),
        "index": composer.words_in("index", wording),
        "entries": _documents(composer, files, wording),
        "some_older": any(each.older for group in files.all for each in group),
        "packets": _packets(composer, files, wording),
        "sheets": [_file(composer, each, wording) for each in files.kit],
        "audiences": composer.words_in("audience", wording),
        "privacy_words": composer.words_in("privacy", wording),
    }
    if wording.findings:
        raise InputError(in_order(wording.findings))
    return composer.render("index.html.j2", context, Place(kit.stack.local.folder))


def _documents(composer: Composer, files: KitFiles, wording: Wording) -> list[dict[str, Any]]:
    listed = dict(files.documents)
    return [
        {
            **composer.documents[document.id],
            "audience_key": document.entry.audience,
            "files": _files(composer, listed.get(document.id, ()), wording),
        }
        for document in composer.kit.documents
    ]


def _packets(composer: Composer, files: KitFiles, wording: Wording) -> list[dict[str, Any]]:
    listed = dict(files.packets)
    if not any(listed.values()):
        return []
    sheets = Sheets(composer)
    return [
        {
            "id": packet.id,
            "code": packet.entry.code,
            "title": sheets.titles[packet.id],
            "purpose": sheets.purpose(packet),
            "files": _files(composer, listed[packet.id], wording),
            "words": sheets.words,
        }
        for packet in composer.kit.packets
        if listed.get(packet.id)
    ]


def _files(
    composer: Composer, files: Sequence[Listed], wording: Wording
) -> list[Mapping[str, Any]]:
    return [_file(composer, each, wording) for each in files]


def _file(composer: Composer, file: Listed, wording: Wording) -> Mapping[str, Any]:
    """Return a file's path, and what it is called there."""
    size = composer.word("packet.kilobytes", wording, max(1, round(file.bytes / _KILOBYTE)))
    text = composer.word(file.label, wording, file.pages)
    return {"path": file.path, "text": text.replace("{size}", size), "older": file.older}
