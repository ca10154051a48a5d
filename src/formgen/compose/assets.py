"""The files that a page shows: read and checked, and written into web pages."""

from __future__ import annotations

import base64
from pathlib import Path

from formgen.findings import Place
from formgen.sources.pictures import Picture, read_picture

_PICTURES = {".png", ".jpg", ".jpeg", ".svg"}


def checked_asset(file: Path) -> bytes:
    """Return a file's bytes; raises InputError for a picture that cannot be shown whole."""
    if file.suffix.lower() in _PICTURES:
        read_picture(file, Place(file))
    return file.read_bytes()


def media_type(name: str) -> str:
    """Return the media type of a file by its name."""
    import mimetypes

    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def data_url(picture: Picture) -> str:
    """Return the address that holds a whole picture."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"
