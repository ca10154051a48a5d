"""What stands in a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def text_in(pdf: bytes) -> str:
    """Return the text of a PDF, with single spaces."""
    reader = PdfReader(io.BytesIO(pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def fonts_in(pdf: bytes) -> set[str]:
    """Return the names of the fonts that a PDF uses, without the letters of the subset."""
    return {str(font["/BaseFont"]).partition("+")[2] for font in _fonts(pdf)}


def embedded(pdf: bytes) -> bool:
    """Tell whether every font of a PDF is in it."""
    return all(
        any(key.startswith("/FontFile") for key in descendant.get_object()["/FontDescriptor"])
        for font in _fonts(pdf)
        for descendant in font["/DescendantFonts"]
    )


def everything_in(pdf: bytes) -> bytes:
    """Return all streams of a PDF, decompressed, and its objects as texts."""
    reader = PdfReader(io.BytesIO(pdf))
    parts = []
    for number in range(1, len(reader.xref.get(0, {})) + 1):
        thing = reader.get_object(number)
        parts.append(repr(thing).encode())
        if hasattr(thing, "get_data"):
            parts.append(thing.get_data())
    return b"\n".join([pdf, *parts])


def addresses_in(pdf: bytes) -> list[str]:
    """Return the addresses that the links of a PDF lead to."""
    found = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for note in page.get("/Annots", ()):
            link: Any = note.get_object()
            action: Any = link.get("/A")
            if action and "/URI" in action:
                found.append(str(action["/URI"]))
    return found


def _fonts(pdf: bytes) -> Iterator[Any]:
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in (resources.get("/Font") or {}).values():
            yield font.get_object()
