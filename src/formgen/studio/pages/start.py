"""The first page: the locals of the folder, each with its cover, its state and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from formgen import api
from formgen.build.publish import read_manifest
from formgen.drafts.draft import Draft
from formgen.findings import errors
from formgen.studio.pages.asked import shown, studio_of
from formgen.studio.state import Studio

COVER = "manual"


@dataclass(frozen=True)
class Card:
    """What the first page says of a local."""

    name: str
    title: str
    program: str
    year: str
    errors: int
    warnings: int
    # Whether its kit is there, and how many papers it has.
    built: bool
    papers: int
    has_cover: bool


async def show(request: Request) -> Response:
    """Show the locals of the folder."""
    studio = studio_of(request)
    cards = await run_in_threadpool(_cards, studio)
    return shown("start", cards=cards, folder=str(studio.home.absolute()))


def _cards(studio: Studio) -> list[Card]:
    return [card_of(studio, name, place) for name, place in studio.locals().items()]


def card_of(studio: Studio, name: str, place: Path) -> Card:
    """Return what is said of a local."""
    draft = api.read_draft(place)
    entries = read_manifest(kit_folder(studio, draft)) if id_of(draft) else []
    prints = [each for each in entries if each.variant == "print" and each.document]
    wrong = errors(draft.findings)
    text = draft.whole.text if draft.whole else lambda *_path: ""
    return Card(
        name,
        text("local", "name") or name,
        text("program", "name"),
        text("program", "school_year"),
        len(wrong),
        len(draft.findings) - len(wrong),
        bool(entries),
        len(prints),
        any(each.document == COVER for each in prints),
    )


def id_of(draft: Draft) -> str:
    """Return the id of a local, if it could be read."""
    return draft.kit.id if draft.kit else draft.own.text("id") if draft.own else ""


def kit_folder(studio: Studio, draft: Draft) -> Path:
    """Return the folder of a local's kit."""
    # An id that was refused names no folder.
    name = id_of(draft)
    return studio.out / (name if name.replace("-", "").isalnum() else "-")
