"""What stands on a filled form's page, in the places of its fields, as two viewers show it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2

from tests.support.fillers import printed_by_poppler
from tests.support.viewers import VIEWERS, ink_in

Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """Where a field or a button is: its page, from 0, and its rectangle."""

    page: int
    rect: Rect


@cache
def places_of(empty: Path) -> Mapping[str, Place]:
    """Return the places of a form by the names of its fields; a button's state follows a slash."""
    found = {}
    with pikepdf.open(empty) as pdf:
        for number, page in enumerate(pdf.pages):
            for note in page.obj.get("/Annots", ()):
                if note.Subtype != "/Widget":
                    continue
                kid = "/T" not in note
                holder = note.Parent if kid else note
                on = next(str(key) for key in note.AP.N if key != "/Off") if kid else ""
                name = f"{holder.Parent.T}.{holder.T}{on}"
                x0, y0, x1, y1 = map(float, note.Rect)
                found[name] = Place(number, (x0, y0, x1, y1))
    return found


def shown(file: Path, places: Mapping[str, Place], names: Iterable[str]) -> list[dict[str, str]]:
    """Return the text in the places of fields, as Chrome's engine and as poppler prints it."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        printed_by_poppler(file, printed)
        return [_texts(each, places, list(names)) for each in (file, printed)]


def _texts(file: Path, places: Mapping[str, Place], names: list[str]) -> dict[str, str]:
    with pypdfium2.PdfDocument(file) as document:
        document.init_forms()
        for number in range(len(document) if document.formenv else 0):
            # Makes the fields a part of the page, as printing does.
            document[number].flatten()
        pages = [document[number].get_textpage() for number in range(len(document))]
        found = {}
        for name in names:
            left, bottom, right, top = places[name].rect
            text = pages[places[name].page].get_text_bounded(left, bottom, right, top)
            found[name] = squeezed(text)
        return found


def squeezed(text: str) -> str:
    """Return a text without its spaces and line ends, which a page has no signs for."""
    # Some fonts call their hyphen by its other name.
    return "".join(text.replace("\u2010", "-").split())


def marked(file: Path, empty: Path) -> dict[str, set[str]]:
    """Return the buttons that have a mark that the empty form has not, by viewer."""
    places = {name: place for name, place in places_of(empty).items() if "/" in name}
    places |= {name: place for name, place in places_of(empty).items() if _is_box(empty, name)}
    found: dict[str, set[str]] = {}
    with pikepdf.open(empty) as pdf:
        height = float(pdf.pages[0].MediaBox[3])
    for viewer in ("poppler", "pdfium"):
        found[viewer] = set()
        for page in {place.page for place in places.values()}:
            before, after = (VIEWERS[viewer](each, page + 1) for each in (empty, file))
            for name, place in places.items():
                more = ink_in(after, place.rect, height) - ink_in(before, place.rect, height)
                if place.page == page and more > 20:
                    found[viewer].add(name)
    return found


@cache
def _boxes(empty: Path) -> frozenset[str]:
    with pikepdf.open(empty) as pdf:
        return frozenset(
            f"{root.T}.{each.T}"
            for root in pdf.Root.AcroForm.Fields
            for each in root.Kids
            if each.get("/FT") == "/Btn" and "/Kids" not in each
        )


def _is_box(empty: Path, name: str) -> bool:
    return name in _boxes(empty)
