"""Files that are handed over: pictures for the letterhead and the cover, and typefaces."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from formgen import api
from formgen.drafts.draft import Change
from formgen.findings import InputError
from formgen.graph.interfaces import Workers
from formgen.studio.pages.asked import local_of, studio_of
from formgen.studio.pages.settings import said_finding, saving

# The settings that name a picture, and the parts of a typeface that have files.
_PICTURES = ("brand.logo", "brand.partner_logo", "brand.cover")
_TYPEFACE = "brand.typeface."
_FACES = tuple(f"{_TYPEFACE}{part}" for part in ("file", "bold", "italic"))
_ENDINGS = frozenset(
    {".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".avif", ".tif", ".tiff", ".bmp"}
)
_FACE_ENDINGS = frozenset({".ttf", ".otf", ".woff2", ".woff"})


async def picture(request: Request) -> Response:
    """Put a picture or a typeface's file beside a local's settings, and name it there."""
    _, place = await local_of(request)
    studio = studio_of(request)
    async with request.form(max_files=1, max_fields=4) as form:
        sent, setting, digest = form.get("file"), form.get("setting"), form.get("digest")
        if not isinstance(sent, UploadFile) or setting not in (*_PICTURES, *_FACES):
            raise HTTPException(400)
        data, name = await sent.read(), _name_for(str(setting), sent.filename or "")

    def taken() -> tuple[int, dict[str, Any]]:
        try:
            change = _added(place, str(setting), name, data, studio.previews.at_work())
        except InputError as problem:
            return 422, {"refused": [said_finding(each) for each in problem.findings]}
        return saving(studio, place, str(digest), lambda: api.save(place, str(digest), [change]))

    code, answer = await run_in_threadpool(taken)
    return JSONResponse(answer, code)


def _added(place: Path, setting: str, name: str, data: bytes, workers: Workers) -> Change:
    """Put a file beside a local's settings; return the change that names it there."""
    if setting in _FACES:
        return api.add_typeface(place, setting.removeprefix(_TYPEFACE), name, data, workers)
    file = api.add_picture(place, name, data, workers)
    return Change(tuple(setting.split(".")), "set", file.name)


def _name_for(setting: str, sent: str) -> str:
    """Return a name of ours for a file: what it is for, and the ending that it came with."""
    ending = PurePosixPath(sent.replace("\\", "/")).suffix.lower()
    if setting in _FACES:
        name, known = f"typeface-{setting.removeprefix(_TYPEFACE)}", _FACE_ENDINGS
    else:
        name, known = setting.rpartition(".")[2], _ENDINGS
    return f"{name}{ending if ending in known else ''}"
