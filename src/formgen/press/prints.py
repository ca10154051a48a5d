"""Tell pages apart: a fingerprint of all that is drawn on each page of a PDF."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

_PICTURE = re.compile(rb"/(\S+) Do\b")


def page_prints(pdf: bytes) -> list[str]:
    """Return a fingerprint of each page: of all that is drawn on it."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [_print_of(page) for page in file.pages]


def _print_of(page: Any) -> str:
    page.contents_coalesce()
    drawn = page.obj.Contents.read_bytes()
    pictures = page.obj.get("/Resources", {}).get("/XObject", {})
    digest = hashlib.sha256(_PICTURE.sub(b"", drawn))
    for name in _PICTURE.findall(drawn):
        found = pictures.get(f"/{name.decode('ascii', 'replace')}")
        digest.update(found.read_raw_bytes() if found is not None else name)
    return digest.hexdigest()
