"""A local's own words: which papers say something of their own, how it differs, own copies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from formgen import api
from formgen.drafts.contents import Paper
from formgen.drafts.draft import Draft
from formgen.findings import Finding, InputError
from formgen.sources.paths import language_path
from formgen.studio.pages.asked import json_of, local_of, shown, studio_of, text_in
from formgen.studio.pages.settings import around, said_finding
from formgen.studio.state import Studio

if TYPE_CHECKING:
    from formgen.own.look import Difference


async def show(request: Request) -> Response:
    """Show the papers with the files of their words, and what is said differently."""
    name, place = await local_of(request)
    context = await run_in_threadpool(_page, studio_of(request), name, place)
    return shown("own_words", **context)


def _page(studio: Studio, name: str, place: Path) -> dict[str, Any]:
    draft, papers, different, wrong = studio.previews.beside(words_here, place)
    return {
        **around(name, draft, "own-words"),
        "papers": [(paper, path, (place / path).exists()) for paper, path in papers],
        "different": different,
        "wrong": wrong,
        "shown_first": "mentor-thank-you",
    }


def words_here(
    place: Path,
) -> tuple[Draft, list[tuple[Paper, str]], list[Difference], tuple[Finding, ...]]:
    """Return a local, its papers with the files of their words, and what it says differently."""
    draft = api.read_draft(place)
    if draft.kit is None:
        return draft, [], [], draft.findings
    language = draft.kit.settings.language
    files = {each.id: language_path(language, each.entry.content) for each in draft.kit.documents}
    papers = [
        (each, files[each.id])
        for each in api.papers_of(draft)
        if not each.is_packet and each.id in files
    ]
    try:
        return draft, papers, api.diff(place), ()
    except InputError as problem:
        return draft, papers, [], problem.findings


async def change(request: Request) -> Response:
    """Copy the words of a paper into the local, or put its own away."""
    _, place = await local_of(request)
    asked = await json_of(request)
    document, is_back = text_in(asked, "document"), asked.get("back") is True
    previews = studio_of(request).previews
    do: Callable[[Path, str], object] = api.give_back if is_back else api.own
    try:
        await run_in_threadpool(previews.beside, do, place, document)
    except InputError as problem:
        return JSONResponse({"refused": [said_finding(each) for each in problem.findings]}, 422)
    except OSError as problem:
        said = {"level": "error", "message": problem.strerror or str(problem), "fix": ""}
        return JSONResponse({"refused": [said]}, 422)
    return JSONResponse({})
