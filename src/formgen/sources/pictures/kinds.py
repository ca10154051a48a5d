"""What a file is by its first bytes, whatever it is called."""

from __future__ import annotations

import re

# Names of files that hold pictures end so.
ENDINGS = (
    *(".svg", ".svgz", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff"),
    *(".heic", ".heif", ".avif", ".ico"),
)
_BITMAP = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM|II\*\x00|MM\x00\*|\x00\x00\x01\x00|....ftyp",
    re.DOTALL,
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe<\x00|\xfe\xff\x00<")
_GZIP = b"\x1f\x8b"
_WEB_PAGE = re.compile(rb"<!doctype\s+html|<html\b", re.IGNORECASE)
_HEIC = re.compile(rb"....ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)", re.DOTALL)
_BEGINNING = 1000

_SAVE_AS_PNG = "open it, and save or export the picture as PNG."
# Other kinds that people have, and how a picture comes out of them.
_OTHERS = (
    (rb"%PDF", "a PDF", _SAVE_AS_PNG),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "an EPS drawing", "export it as SVG or PNG."),
    (rb"8BPS", "a Photoshop file", _SAVE_AS_PNG),
    (rb"PK\x03\x04|\xd0\xcf\x11\xe0|\{\\rtf", "an office document or an archive", _SAVE_AS_PNG),
    (rb"\xd7\xcd\xc6\x9a|\x01\x00\x00\x00.{36} EMF", "a Windows metafile", _SAVE_AS_PNG),
    (rb"....ftyp", "a video, or a photo of an unusual kind", "save a still picture as PNG."),
    (rb"\s*<", "a web page", "open the page, and save the picture itself from it."),
)


def is_vector(name: str, data: bytes) -> bool:
    """Tell whether a file is to be read as SVG."""
    if _MARKUP.match(data):
        return not _WEB_PAGE.search(data[:_BEGINNING])
    if name.lower().endswith((".svg", ".svgz")):
        return not _BITMAP.match(data)
    return data.startswith(_GZIP)


def is_zipped(data: bytes) -> bool:
    """Tell whether a file is compressed as a whole."""
    return data.startswith(_GZIP)


def is_heic(data: bytes) -> bool:
    """Tell whether a file is a photo as iPhones take them."""
    return bool(_HEIC.match(data))


def other_kind(data: bytes) -> tuple[str, str]:
    """Return what a file is instead of a picture that can be read, and what to do."""
    for signature, kind, fix in _OTHERS:
        if re.match(signature, data[:_BEGINNING], re.DOTALL):
            return f"is {kind}, and no picture that formgen reads", fix
    return "is no picture that formgen reads", "export it again as PNG."
