"""Compose a kit's own page: its documents and packets by the steps of the year, and their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from formgen.compose.brand import voice_on_screen
from formgen.compose.checks.html_policy import check_harmless
from formgen.compose.packet_sheets import Sheets
from formgen.compose.page_styles import css_of, faces_sheet
from formgen.compose.pages import Composer
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.findings import InputError, Place, in_order
from formgen.kit import Kit
from formgen.model.page_format import PAPER, SCREEN

# Where the page shows the first page of a document, and the pixels that it may have: twice as many
# as on an ordinary screen.
PICTURE = "formgen:first/"
PICTURE_BOX = (224, 264)
_KILOBYTE = 1000
# The ids of outputs: what is filled in, and what a packet is printed from.
_FILLED = "fillable"
_PACKET = "packet"


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
    # What kind of file it is, and the hash of its bytes if they are to be had.
    output: str = ""
    digest: str = ""

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


def index_page(composer: Composer, files: KitFiles, *, on_site: bool = False) -> str:
    """Return the kit's own page, or that of its local on a site of many, which anybody may read.

    Raises InputError with all that is wrong with it.
    """
    kit, wording = composer.kit, Wording(composer.wording.context)
    papers = _documents(composer, files, wording)
    packets = _packets(composer, files, wording)
    styles = (
        "web.css",
        "index.css",
        faces_sheet("index", voice_on_screen(kit), kit.settings.brand.look),
    )
    context = {
        **wording.context,
        **composer.common(SCREEN, wording, {}),
        "css": Markup(css_of(kit.stack, kit.settings.brand.look, *styles)),
        "index": composer.words_in("index", wording),
        "packet_words": composer.words_in("packet", wording),
        "on_site": on_site,
        "site": composer.words_in("site", wording),
        "newest": _newest(kit, papers) if on_site else [],
        "some_older": any(each.older for group in files.all for each in group),
        "manuals": [paper for paper in papers if paper["kind"] == "manual"],
        "complete": [packet for packet in packets if not packet["step"]],
        "steps": [*_steps(composer, papers, packets, wording)],
        "sheets": [_file(composer, each, wording) for each in files.kit],
        "days": _days(wording),
    }
    if wording.findings:
        raise InputError(in_order(wording.findings))
    html = composer.render("index.html.j2", context, Place(kit.stack.local.folder))
    refused = check_harmless(kit.stack, html, SCREEN.medium)
    if refused:
        raise InputError(refused)
    return html


def _newest(kit: Kit, papers: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the papers of the newest edition, if others are still as they were before it."""
    new = [each.edition == kit.edition for each in kit.documents]
    return [] if all(new) else [paper for paper, is_new in zip(papers, new, strict=True) if is_new]


def _steps(
    composer: Composer,
    papers: Sequence[Mapping[str, Any]],
    packets: Sequence[Mapping[str, Any]],
    wording: Wording,
) -> Iterable[Mapping[str, Any]]:
    """Yield the steps of the year with what is used in them; last, what is of none."""
    kit, words = composer.kit, composer.words_in("steps", wording)
    dates = kit.settings.dates.model_dump()
    language = wording.context[LANGUAGE]
    listed = [paper for paper in papers if paper["kind"] != "manual"]
    for number, (name, step) in enumerate([*kit.steps.items(), ("", None)], 1):
        inside = [paper for paper in listed if paper["step"] == name]
        date = dates.get(step.until, "") if step else ""
        bound = [packet for packet in packets if name and packet["step"] == name]
        if inside or bound:
            yield {
                "id": name,
                "number": number if step else 0,
                "title": words.get(name, {}).get("title", name),
                "purpose": words.get(name, {}).get("purpose", ""),
                "date": date,
                "day": language.day(date) if date else "",
                "papers": inside,
                "packets": bound,
            }


def _days(wording: Wording) -> list[Mapping[str, str]]:
    """Return the days of the year in words."""
    language = wording.context[LANGUAGE]
    return [
        {
            "date": day.date,
            "day": language.day(day.date),
            "time": language.clock(day.time) if day.time else "",
            "name": day.name,
            "place": day.place,
        }
        for day in wording.context["year_days"]
    ]


def _documents(composer: Composer, files: KitFiles, wording: Wording) -> list[Mapping[str, Any]]:
    listed = dict(files.documents)
    return [
        {
            **composer.documents[document.id],
            **_by_use(composer, listed.get(document.id, ()), wording),
            "picture": f"{PICTURE}{document.id}",
        }
        for document in composer.kit.documents
    ]


def _by_use(composer: Composer, files: Sequence[Listed], wording: Wording) -> Mapping[str, Any]:
    """Return the files of a document by what they are good for: to print, on a screen, and more."""
    by_output = {file.output: file for file in files}
    printed, screen = by_output.get(PAPER.id), by_output.get(SCREEN.id)
    return {
        "print": _file(composer, printed, wording) if printed else None,
        "screen": _file(composer, screen, wording) if screen else None,
        "asks": len([file for file in files if file.output == _FILLED]) > 0,
        "more": [_file(composer, file, wording) for file in files if file not in {printed, screen}],
        "has_picture": bool(printed and printed.digest),
    }


def _packets(composer: Composer, files: KitFiles, wording: Wording) -> list[Mapping[str, Any]]:
    listed = dict(files.packets)
    if not any(listed.values()):
        return []
    sheets = Sheets(composer)
    return [
        {
            "id": packet.id,
            "code": packet.entry.code,
            "step": packet.step,
            "title": sheets.titles[packet.id],
            "purpose": sheets.purpose(packet),
            "print": next((file for file in made if file["output"] == _PACKET), None),
            "more": [file for file in made if file["output"] != _PACKET],
        }
        for packet in composer.kit.packets
        if (made := [_file(composer, each, wording) for each in listed.get(packet.id, ())])
    ]


def _file(composer: Composer, file: Listed, wording: Wording) -> Mapping[str, Any]:
    """Return a file's path, and what it is called there."""
    size = composer.word("packet.kilobytes", wording, max(1, round(file.bytes / _KILOBYTE)))
    text = composer.word(file.label, wording, file.pages)
    return {
        "path": file.path,
        "text": text.replace("{size}", size),
        "pages": file.pages,
        "older": file.older,
        "output": file.output,
    }
