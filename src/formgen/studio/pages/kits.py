"""A local's kit: build it, see what was made, open it, print it, take all of it along."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from formgen import api
from formgen.build.publish import Entry, read_manifest
from formgen.compose.index_page import PICTURE_BOX
from formgen.drafts.contents import Paper
from formgen.drafts.draft import Draft
from formgen.findings import InputError
from formgen.pdf.first_page import first_page
from formgen.plain_files import read_plain
from formgen.studio.jobs import build_here, lines_of
from formgen.studio.pages.asked import json_of, local_of, number_in, shown, studio_of
from formgen.studio.pages.settings import around
from formgen.studio.pages.start import COVER, kit_folder
from formgen.studio.state import Studio

_MOST_PAIRS = 500
_PDF = "application/pdf"
_TYPES = {
    ".pdf": _PDF,
    ".html": "text/html; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ics": "text/calendar; charset=utf-8",
    ".json": "application/json",
}
# A web page of a kit works as on any web site, and reaches nothing of ours.
_KIT_POLICY = (
    "sandbox allow-scripts allow-forms allow-modals allow-downloads allow-popups; "
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "font-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
# The viewer of a browser is a page of its own, which a sandbox keeps from opening.
_PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)


async def show(request: Request) -> Response:
    """Show what was made for a local, packet by packet."""
    name, place = await local_of(request)
    context = await run_in_threadpool(_page, studio_of(request), name, place)
    return shown("print", **context)


def _page(studio: Studio, name: str, place: Path) -> dict[str, Any]:
    draft, papers_there = studio.previews.beside(papers_here, place)
    entries = read_manifest(kit_folder(studio, draft))
    titles = {each.id: each for each in papers_there}
    again = api.papers_to_print_again(place, studio.out) if entries else ()
    held = draft.kit.packets if draft.kit else ()
    changed = {*again, *(each.id for each in held if {*again} & {*each.documents})}
    packets = [each for each in entries if each.variant == "packet"]
    papers = [each for each in entries if each.variant == "print" and each.document]
    return {
        **around(name, draft, "print"),
        "built": bool(entries),
        "running": studio.jobs.is_running(place),
        "again": _named(again, draft, papers_there),
        "packets": [_file(each, titles, changed) for each in packets],
        "papers": [_file(each, titles, changed) for each in papers],
        "others": [
            _file(each, titles, changed) for each in entries if each.variant in {"copies", "index"}
        ],
    }


def papers_here(place: Path) -> tuple[Draft, list[Paper]]:
    """Return a local as it is, and its papers."""
    draft = api.read_draft(place)
    return draft, api.papers_of(draft)


def _named(names: Iterable[str], draft: Draft, papers: Iterable[Paper]) -> list[dict[str, str]]:
    """Return documents as a page lists them: title, code, and the codes of their packets."""
    known = {each.id: each for each in papers}
    packets = draft.kit.packets if draft.kit else ()
    return [
        {
            "title": f"{known[name].title} ({known[name].code})",
            "packets": ", ".join(each.entry.code for each in packets if name in each.documents),
        }
        for name in names
        if name in known
    ]


def _file(entry: Entry, titles: Mapping[str, Paper], changed: Collection[str]) -> dict[str, Any]:
    paper = titles.get(entry.document) or titles.get(PurePosixPath(entry.path).stem)
    return {
        "path": entry.path,
        "pages": entry.pages,
        "title": paper.title if paper else PurePosixPath(entry.path).stem,
        "code": paper.code if paper else "",
        "variant": entry.variant,
        "is_changed": entry.document in changed,
    }


async def _entry_of(request: Request) -> tuple[Path, Entry]:
    """Return the file of a kit that an address names: one of its manifest, or none."""
    _, place = await local_of(request)
    asked, studio = request.path_params["path"], studio_of(request)

    def found() -> tuple[Path, Entry] | None:
        folder = kit_folder(studio, api.read_draft(place))
        entries = {each.path: each for each in read_manifest(folder)}
        return (folder, entries[asked]) if asked in entries else None

    entry = await run_in_threadpool(found)
    if entry is None:
        raise HTTPException(404)
    return entry


async def file(request: Request) -> Response:
    """Return a file of a kit."""
    folder, entry = await _entry_of(request)
    try:
        data = await run_in_threadpool(read_plain, folder / entry.path)
    except OSError:
        raise HTTPException(404) from None
    kind = _TYPES.get(PurePosixPath(entry.path).suffix, "application/octet-stream")
    heads = {"content-security-policy": _PDF_POLICY if kind == _PDF else _KIT_POLICY}
    return Response(data, media_type=kind, headers=heads)


async def first(request: Request) -> Response:
    """Return the first page of a PDF of a kit as a small picture."""
    folder, entry = await _entry_of(request)
    return await run_in_threadpool(_first_page, studio_of(request), folder, entry)


async def cover(request: Request) -> Response:
    """Return the cover of a local's manual as a small picture."""
    _, place = await local_of(request)
    studio = studio_of(request)

    def found() -> Response:
        folder = kit_folder(studio, api.read_draft(place))
        for entry in read_manifest(folder):
            if entry.document == COVER and entry.variant == "print":
                return _first_page(studio, folder, entry)
        raise HTTPException(404)

    return await run_in_threadpool(found)


def _first_page(studio: Studio, folder: Path, entry: Entry) -> Response:
    with studio.drawing:
        png = studio.pictures.get(entry.sha256)
        if png is None:
            try:
                png, _ = first_page(read_plain(folder / entry.path), PICTURE_BOX)
            except Exception:  # noqa: BLE001  (whatever stands in a file of that name by now)
                raise HTTPException(404) from None
            studio.pictures[entry.sha256] = png
    return Response(png, media_type="image/png", headers={"cache-control": "private, max-age=60"})


async def whole(request: Request) -> Response:
    """Return a kit as one archive: the files of its manifest, and nothing of people."""
    name, place = await local_of(request)
    studio = studio_of(request)

    def packed() -> bytes:
        folder = kit_folder(studio, api.read_draft(place))
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            for entry in read_manifest(folder):
                info = zipfile.ZipInfo(f"{name}/{entry.path}", _ZIP_TIME)
                info.external_attr = 0o644 << 16
                archive.writestr(info, read_plain(folder / entry.path))
        return made.getvalue()

    try:
        data = await run_in_threadpool(packed)
    except OSError:
        raise HTTPException(404) from None
    heads = {"content-disposition": f'attachment; filename="{name}.zip"'}
    return Response(data, media_type="application/zip", headers=heads)


async def build(request: Request) -> Response:
    """Build a local; tell how far it is, line by line, and at last what became of it."""
    _, place = await local_of(request)
    asked = await json_of(request)
    pairs = number_in(asked, "pairs", 0, _MOST_PAIRS)
    studio = studio_of(request)
    also = ("copies",) if pairs else ()
    options = api.BuildOptions(out=studio.out, pairs=pairs, also=also, why=True)
    job = await run_in_threadpool(studio.jobs.begin, place, build_here, options)
    if job is None:
        return JSONResponse({"running": True}, 409)
    return StreamingResponse(lines_of(job), media_type="application/x-ndjson")


async def ahead(request: Request) -> Response:
    """Say which papers would be others if they were made now."""
    _, place = await local_of(request)
    studio = studio_of(request)

    def compared() -> dict[str, Any]:
        try:
            found = api.papers_ahead(place, studio.out, studio.previews.composing())
        except InputError:
            return {}  # what is wrong stands on every page
        draft, papers = studio.previews.beside(papers_here, place)
        return {kind: _named(names, draft, papers) for kind, names in asdict(found).items()}

    return JSONResponse(await run_in_threadpool(compared))


async def printed(request: Request) -> Response:
    """Note that all papers are printed as they are now."""
    _, place = await local_of(request)
    await run_in_threadpool(api.note_printed, place, studio_of(request).out)
    return JSONResponse({})


async def stop(request: Request) -> Response:
    """Stop the build of a local."""
    _, place = await local_of(request)
    await run_in_threadpool(studio_of(request).jobs.stop, place)
    return JSONResponse({})
