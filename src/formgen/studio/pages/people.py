"""A local's people: their list as a table, and what is made for them.

What is known of people stays in the files that hold it and on the page that shows them: no address
names anybody, nothing is logged, and nothing of them is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from formgen import api
from formgen.build.publish import Entry
from formgen.drafts.contents import Paper
from formgen.drafts.draft import Draft
from formgen.drafts.people import List
from formgen.drafts.save import ChangedMeanwhileError
from formgen.findings import InputError
from formgen.people.people_manifest import BOUND, is_own, people_in, place_of, read_register
from formgen.plain_files import read_plain
from formgen.studio.jobs import lines_of, people_here
from formgen.studio.pages.asked import json_of, local_of, shown, studio_of, text_in
from formgen.studio.pages.settings import around, said_finding
from formgen.studio.pages.start import kit_folder
from formgen.studio.state import Studio

_MOST_ROWS, _MOST_CELLS = 5001, 60


async def show(request: Request) -> Response:
    """Show the list of a local's people, and what was made for them."""
    name, place = await local_of(request)
    context = await run_in_threadpool(_page, studio_of(request), name, place)
    return shown("people", **context)


def _page(studio: Studio, name: str, place: Path) -> dict[str, Any]:
    draft, found, papers, gone = studio.previews.beside(
        people_here_now, place, studio.out, personal=True
    )
    titles = {each.id: each.title for each in papers}
    made_there = _made(studio, draft, titles) if found else []
    around_it = around(name, draft, "people")
    return {**around_it, "list": found, "papers": papers, "made": made_there, "gone": gone}


def people_here_now(place: Path, out: Path) -> tuple[Draft, List | None, list[Paper], int]:
    """Return a local, its list of people, the papers for them, and how many are gone from it."""
    draft = api.read_draft(place)
    if draft.kit is None:
        return draft, None, [], 0
    try:
        found = api.read_list(place)
    except InputError:
        return draft, None, [], 0
    personal = {each.id for each in draft.kit.documents if each.entry.person}
    listed = [each for each in api.papers_of(draft) if each.is_on and not each.is_packet]
    papers = [each for each in listed if each.id in personal]
    return draft, found, papers, _gone(place, out) if found.usable else 0


def _made(studio: Studio, draft: Any, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the files for the printer that there are."""
    entries = read_register(kit_folder(studio, draft)).entries
    return [
        {
            "path": each.path,
            "title": titles.get(each.document, PurePosixPath(each.path).stem),
            "pages": each.pages,
            "all": each.path.startswith(f"{BOUND}/"),
            "copies": len(people_in(each)),
        }
        for each in entries
        if not is_own(each) and each.pages
    ]


def _gone(place: Path, out: Path) -> int:
    try:
        roster = api.read_roster(place, skip_bad_rows=True)
        return len(api.list_people(roster, api.PeopleOptions(out=out)).gone)
    except (InputError, api.OptionError):
        return 0


def said_list(found: List) -> dict[str, Any]:
    """Return a list as values for a page."""
    cells = [
        {"row": row, "column": column, **said_finding(each)}
        for (row, column), group in found.cells.items()
        for each in group
    ]
    return {
        "rows": found.rows,
        "cells": cells,
        "others": [said_finding(each) for each in found.others],
        "lines": found.lines,
        "usable": found.usable,
        "head": found.head,
        "sound": found.is_sound,
    }


def _rows_in(asked: Mapping[str, Any]) -> list[list[str]]:
    """Return the rows that were sent. Raises HTTPException for what are none."""
    rows = asked.get("rows")
    if not isinstance(rows, list) or len(rows) > _MOST_ROWS:
        raise HTTPException(400)
    for row in rows:
        if not isinstance(row, list) or len(row) > _MOST_CELLS:
            raise HTTPException(400)
        if not all(isinstance(each, str) for each in row):
            raise HTTPException(400)
    return rows


async def rows(request: Request) -> Response:
    """Return a local's list as it stands in its file."""
    _, place = await local_of(request)
    return await _answer(request, own_list, place)


def own_list(place: Path) -> dict[str, Any]:
    """Return a local's own list as values for a page, with its hash."""
    found = api.read_list(place)
    return {**said_list(found), "digest": found.digest}


async def look(request: Request) -> Response:
    """Say what is wrong with rows, or with what was pasted; nothing is kept of it."""
    _, place = await local_of(request)
    asked = await json_of(request)
    pasted = text_in(asked, "pasted")
    rows = [] if pasted else _rows_in(asked)

    return await _answer(request, looked_at, place, pasted, rows)


def looked_at(place: Path, pasted: str, rows: list[list[str]]) -> dict[str, Any]:
    """Return what was pasted, or else rows, as a list for a page."""
    if pasted:
        return said_list(api.look_at_list(place, pasted))
    return said_list(api.look_at_rows(place, rows))


async def save(request: Request) -> Response:
    """Write rows as the local's list."""
    _, place = await local_of(request)
    asked = await json_of(request)
    digest, rows = text_in(asked, "digest"), _rows_in(asked)

    return await _answer(request, saved_rows, place, digest, rows)


def saved_rows(place: Path, digest: str, rows: list[list[str]]) -> dict[str, Any]:
    """Write rows as a local's list; return it as it is then."""
    api.save_list(place, digest, rows)
    return own_list(place)


async def hand_over(request: Request) -> Response:
    """Look at a file that is to be the list, or take it as such."""
    _, place = await local_of(request)
    async with request.form(max_files=1, max_fields=4) as form:
        sent, digest = form.get("file"), str(form.get("digest", ""))
        is_meant = form.get("meant") == "yes"
        if not isinstance(sent, UploadFile):
            raise HTTPException(400)
        data, name = await sent.read(), sent.filename or ""

    do = taken if is_meant else handed
    return await _answer(request, do, place, digest, name, data)


def handed(place: Path, _digest: str, name: str, data: bytes) -> dict[str, Any]:
    """Return a file that was handed over as a list for a page."""
    return said_list(api.look_at_list(place, name=name, data=data or b"\n"))


def taken(place: Path, digest: str, name: str, data: bytes) -> dict[str, Any]:
    """Take a file as a local's list; return it as it is then."""
    api.save_list_file(place, digest, name, data)
    return own_list(place)


async def _answer(request: Request, do: Callable[..., dict[str, Any]], *given: Any) -> Response:
    """Return what a worker says of people, or why it cannot."""
    previews = studio_of(request).previews
    try:
        found = await run_in_threadpool(partial(previews.beside, do, *given, personal=True))
        return JSONResponse(found)
    except ChangedMeanwhileError as changed:
        return JSONResponse({"digest": changed.digest}, 409)
    except InputError as problem:
        return JSONResponse({"refused": [said_finding(each) for each in problem.findings]}, 422)
    except api.OptionError as problem:
        return JSONResponse({"refused": [_said(str(problem))]}, 422)
    except OSError as problem:
        return JSONResponse({"refused": [_said(problem.strerror or str(problem))]}, 422)


def _said(message: str) -> dict[str, str]:
    return {"level": "error", "message": message, "fix": "", "code": "", "file": ""}


async def make(request: Request) -> Response:
    """Make documents for all, for the new ones, or for some; tell how far it is."""
    _, place = await local_of(request)
    asked = await json_of(request)
    documents, rows = asked.get("documents", []), asked.get("lines", [])
    if not all(isinstance(each, str) for each in documents):
        raise HTTPException(400)
    if not all(isinstance(each, int) for each in rows):
        raise HTTPException(400)
    studio = studio_of(request)
    options = api.PeopleOptions(
        documents=tuple(documents),
        rows=tuple(str(each) for each in rows),
        new=asked.get("whom") == "new",
        date=text_in(asked, "date"),
        zip=asked.get("zip") is True,
        out=studio.out,
    )
    job = await run_in_threadpool(studio.jobs.begin, place, people_here, options)
    if job is None:
        return JSONResponse({"running": True}, 409)
    return StreamingResponse(lines_of(job), media_type="application/x-ndjson")


async def forget(request: Request) -> Response:
    """Delete all that was made for somebody by their row, or for those who are gone."""
    _, place = await local_of(request)
    asked = await json_of(request)
    line, studio = asked.get("line"), studio_of(request)
    if not (line is None or isinstance(line, int)):
        raise HTTPException(400)
    return await _answer(request, forgotten, place, line, studio.out)


def forgotten(place: Path, line: int | None, out: Path) -> dict[str, Any]:
    """Delete what was made for whoever stands in a row, or for those who are gone."""
    options = api.PeopleOptions(out=out)
    if line is None:
        gone = api.forget_gone(api.read_roster(place, out=out), options)
    else:
        gone = api.forget_person(place, str(line), options)
    return {"files": len(gone.files), "left": gone.left}


async def made(request: Request) -> Response:
    """Return a file that was made for people: one of their list, by ids that say nothing."""
    _, place = await local_of(request)
    asked, studio = request.path_params["path"], studio_of(request)

    def read() -> tuple[bytes, Entry] | None:
        register = read_register(kit_folder(studio, api.read_draft(place)))
        entry = next((each for each in register.entries if each.path == asked), None)
        if entry is None:
            return None
        path = place_of(entry.path, register.folders())
        return read_plain(register.folder / path), entry

    try:
        found = await run_in_threadpool(read)
    except OSError:
        found = None
    if found is None or not found[1].path.endswith(".pdf"):
        raise HTTPException(404)
    return Response(found[0], media_type="application/pdf")
