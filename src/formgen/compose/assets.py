"""The files that a page shows: read and checked, and written into web pages."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from formgen.codes import Code
from formgen.compose.text.problems import BadReferenceError
from formgen.findings import Place
from formgen.model.page_format import Medium
from formgen.sources.files import File
from formgen.sources.layers import Stack
from formgen.sources.paths import asset_path
from formgen.sources.pictures.kinds import ENDINGS
from formgen.sources.pictures.picture import PAGE_SIDE, Picture
from formgen.sources.pictures.read import read_picture

# Addresses under which typesetting finds a page's own files; nothing else is fetched.
ASSET_SCHEME = "formgen:"
LOGO = f"{ASSET_SCHEME}logo"
PARTNER_LOGO = f"{ASSET_SCHEME}partner-logo"
COVER = f"{ASSET_SCHEME}cover"
BORDER = f"{ASSET_SCHEME}border"
ROSETTE = f"{ASSET_SCHEME}rosette"
# As `sources/pictures` writes them.
_EMBEDDED = re.compile(rb'xlink:href="data:[\w/+.-]+;base64,([A-Za-z0-9+/=]*)"')
_BEGINNING = 2000


def shown_asset(file: File) -> tuple[bytes, str]:
    """Return what pages show of a file, and its media type; raises InputError for a bad picture."""
    if file.name.lower().endswith(ENDINGS):
        picture = read_picture(file, Place(file.path), PAGE_SIDE, as_it_is=True)
        return picture.data, picture.media_type
    return file.read_bytes(), media_type(file.name)


def media_type(name: str) -> str:
    """Return the media type of a file by its name."""
    import mimetypes

    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def data_url(picture: Picture) -> str:
    """Return the address that holds a whole picture."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


def put_picture(data: bytes, address: str, assets: dict[str, bytes]) -> None:
    """Put a picture among a page's files; pictures inside of an SVG stand beside it there."""
    numbers = itertools.count(1)

    def beside(found: re.Match[bytes]) -> bytes:
        part = f"{address}/{next(numbers)}"
        assets[part] = base64.b64decode(found[1])
        return f'xlink:href="{part}"'.encode()

    assets[address] = _EMBEDDED.sub(beside, data) if b"<svg" in data[:_BEGINNING] else data


def picture_for(
    picture: Picture | None, address: str, medium: Medium, assets: dict[str, bytes]
) -> dict[str, Any] | None:
    """Return where a page finds a picture; in print, put it among the page's files."""
    if picture is None:
        return None
    if medium == "print":
        put_picture(picture.data, address, assets)
        return {"url": address, "ratio": picture.ratio}
    return {"url": data_url(picture), "ratio": picture.ratio}


def asset_finder(stack: Stack, medium: Medium, assets: dict[str, bytes]) -> Callable[[str], str]:
    """Return what finds the files that templates name; in print, among the page's files."""

    def asset(name: str) -> str:
        path = asset_path(name)
        found = stack.find(path)
        if found is None:
            message = f"no layer has {path}."
            raise BadReferenceError(Code.NO_FILE, message, "add the file, or correct its name.")
        data, kind = shown_asset(found[1])
        if medium == "print":
            # As addresses are written: the typesetter asks for it so.
            address = f"{ASSET_SCHEME}{asset_path(quote(name))}"
            put_picture(data, address, assets)
            return address
        return data_url(Picture(data, kind, 1.0))

    return asset
