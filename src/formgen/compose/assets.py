"""The files that a page shows: read and checked, and written into web pages."""

from __future__ import annotations

import base64
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
from formgen.sources.pictures import Picture, read_picture

# Addresses under which typesetting finds a page's own files; nothing else is fetched.
ASSET_SCHEME = "formgen:"
LOGO = f"{ASSET_SCHEME}logo"
_PICTURES = {".png", ".jpg", ".jpeg", ".svg"}


def checked_asset(file: File) -> bytes:
    """Return a file's bytes; raises InputError for a picture that cannot be shown whole."""
    if file.suffix.lower() in _PICTURES:
        read_picture(file, Place(file.path))
    return file.read_bytes()


def media_type(name: str) -> str:
    """Return the media type of a file by its name."""
    import mimetypes

    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def data_url(picture: Picture) -> str:
    """Return the address that holds a whole picture."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


def logo_for(
    logo: Picture | None, medium: Medium, assets: dict[str, bytes]
) -> dict[str, Any] | None:
    """Return where a page finds the logo; in print, put it among the page's files."""
    if logo is None:
        return None
    if medium == "print":
        assets[LOGO] = logo.data
        return {"url": LOGO, "ratio": logo.ratio}
    return {"url": data_url(logo), "ratio": logo.ratio}


def asset_finder(stack: Stack, medium: Medium, assets: dict[str, bytes]) -> Callable[[str], str]:
    """Return what finds the files that templates name; in print, among the page's files."""

    def asset(name: str) -> str:
        path = asset_path(name)
        found = stack.find(path)
        if found is None:
            message = f"no layer has {path}."
            raise BadReferenceError(Code.NO_FILE, message, "add the file, or correct its name.")
        data = checked_asset(found[1])
        if medium == "print":
            # As addresses are written: the typesetter asks for it so.
            address = f"{ASSET_SCHEME}{asset_path(quote(name))}"
            assets[address] = data
            return address
        return data_url(Picture(data, media_type(name), 1.0))

    return asset
