"""Tell pages apart: a fingerprint of all that is drawn on each page of a PDF."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

import pikepdf

_PICTURE = re.compile(rb"/(\S+) Do\b")


def page_fingerprints(pdf: bytes) -> list[str]:
    """Return a fingerprint of each page: of all that is drawn on it."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [_fingerprint(page) for page in file.pages]


def _fingerprint(page: Any) -> str:
    page.contents_coalesce()
    drawn = page.obj.Contents.read_bytes()
    pictures = page.obj.get("/Resources", {}).get("/XObject", {})
    digest = hashlib.sha256(_PICTURE.sub(b"", drawn))
    for name in _PICTURE.findall(drawn):
        found = pictures.get(f"/{name.decode('ascii', 'replace')}")
        digest.update(found.read_raw_bytes() if found is not None else name)
    return digest.hexdigest()
