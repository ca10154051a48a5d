"""What requests say: which local, which changes; what is said wrong is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from formgen.drafts.draft import Change
from formgen.sources.tree import Path_, Plain
from formgen.studio import words
from formgen.studio.state import Studio

_NOT_FOUND, _BAD = 404, 400
_MOST_CHANGES = 400
_DEEDS = frozenset({"set", "reset", "up"})


def studio_of(request: Request) -> Studio:
    """Return what all pages share."""
    found: Studio = request.app.state.studio
    return found


async def local_of(request: Request) -> tuple[str, Path]:
    """Return the local that an address names, and its folder. Raises HTTPException."""
    name = request.path_params["local"]
    place = await run_in_threadpool(studio_of(request).local, name)
    if place is None:
        raise HTTPException(_NOT_FOUND)
    return name, place


async def json_of(request: Request) -> Mapping[str, Any]:
    """Return the values that a page sent. Raises HTTPException if they are none."""
    try:
        found = await request.json()
    except (ValueError, RecursionError):
        raise HTTPException(_BAD) from None
    if not isinstance(found, dict):
        raise HTTPException(_BAD)
    return found


def text_in(asked: Mapping[str, Any], key: str) -> str:
    """Return a text that was sent. Raises HTTPException for anything else."""
    found = asked.get(key, "")
    if not isinstance(found, str):
        raise HTTPException(_BAD)
    return found


def number_in(asked: Mapping[str, Any], key: str, least: int, most: int) -> int:
    """Return a whole number that was sent, put within bounds. Raises HTTPException."""
    found = asked.get(key, least)
    if not isinstance(found, int) or isinstance(found, bool):
        raise HTTPException(_BAD)
    return min(max(found, least), most)


def changes_in(asked: Mapping[str, Any]) -> list[Change]:
    """Return the changes that were sent. Raises HTTPException for what are none."""
    found = asked.get("changes", [])
    if not isinstance(found, list) or len(found) > _MOST_CHANGES:
        raise HTTPException(_BAD)
    return [_change(each) for each in found]


def _change(sent: Any) -> Change:
    if not isinstance(sent, dict):
        raise HTTPException(_BAD)
    path, deed = sent.get("path"), sent.get("deed", "set")
    if not isinstance(path, str) or not path or len(path) > 500 or deed not in _DEEDS:  # noqa: PLR2004
        raise HTTPException(_BAD)
    return Change(path_in(path), deed, _plain(sent.get("value", ""), 0))


def path_in(text: str) -> Path_:
    """Return the path of a setting: names, and the numbers of items from 0."""
    steps = text.split(".")
    return tuple(int(each) if each.isascii() and each.isdecimal() else each for each in steps)


def _plain(value: Any, depth: int) -> Plain:
    """Return a value of texts, lists and groups alone. Raises HTTPException for others."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth < 8:  # noqa: PLR2004
        return [_plain(each, depth + 1) for each in value]
    if isinstance(value, dict) and depth < 8:  # noqa: PLR2004
        return {str(key): _plain(each, depth + 1) for key, each in value.items()}
    raise HTTPException(_BAD)


def shown(name: str, **context: Any) -> HTMLResponse:
    """Return a page."""
    return HTMLResponse(words.page(name, **context))
