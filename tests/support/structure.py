"""What a screen reader is given of a PDF: its tags in their order, and the text in them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from ctypes import c_ushort
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pypdfium2 import raw as pdfium

# Tags that a screen reader announces. Others only hold some of these together.
_SPOKEN = {
    *("H1", "H2", "H3", "H4", "H5", "H6", "P", "Figure", "Link", "Note", "Caption"),
    *("L", "LI", "Lbl", "LBody", "Table", "TH", "TD"),
}
_HEADING = re.compile(r"H[1-6]")


class Told(NamedTuple):
    """One thing that is read out: the kind of element that holds it, and its text."""

    kind: str
    text: str


class Element(NamedTuple):
    """An element of the structure, with the kinds of all that stand around it."""

    kind: str
    around: tuple[str, ...]
    object: pikepdf.Dictionary


def files_of(kit: Path) -> Iterator[tuple[Path, pikepdf.Pdf]]:
    """Yield all PDFs of a kit, open, and where each is."""
    for path in sorted(kit.rglob("*.pdf")):
        with pikepdf.open(path) as pdf:
            yield path, pdf


def elements_of(pdf: pikepdf.Pdf) -> Iterator[Element]:
    """Yield the elements of the structure in the order in which they are read."""
    return (part for part in _parts_of(pdf) if isinstance(part, Element))


def heading_levels(path: Path) -> list[int]:
    """Return the levels of a PDF's headings in their order."""
    with pikepdf.open(path) as pdf:
        return [int(e.kind[1]) for e in elements_of(pdf) if _HEADING.fullmatch(e.kind)]


@cache
def told_by(path: Path) -> tuple[Told, ...]:
    """Return what is read out of a PDF, in its order; a figure's text is what stands for it."""
    texts = _texts_of(path)
    with pikepdf.open(path) as pdf:
        pieces: list[tuple[int, str, str]] = []
        above: list[tuple[str, int]] = []
        for number, part in enumerate(_parts_of(pdf)):
            if isinstance(part, Element):
                above = [*above[: len(part.around)], (part.kind, number)]
                if part.kind == "Figure":
                    pieces.append((number, "Figure", str(part.object.Alt)))
                continue
            depth, page, mark = part
            kind, holder = _holder(above[:depth])
            if kind != "Figure":
                pieces.append((holder, kind, texts.get((page, mark), "")))
    return _joined(pieces)


def told_by_poppler(path: Path) -> tuple[Told, ...]:
    """Return the same by another reader, which needs half a minute for a long document."""
    with pikepdf.open(path) as pdf:
        figures = iter([str(e.object.Alt) for e in elements_of(pdf) if e.kind == "Figure"])
    command = ["pdfinfo", "-struct-text", str(path)]
    lines = subprocess.run(command, check=True, capture_output=True).stdout.decode().splitlines()
    pieces: list[tuple[int, str, str]] = []
    above: list[tuple[str, int]] = []
    indents: list[int] = []
    for number, line in enumerate(lines):
        shown = line.strip()
        if shown.startswith('"'):
            kind, holder = _holder(above)
            if kind != "Figure":
                pieces.append((holder, kind, shown[1:-1]))
        elif shown and not shown.startswith(("/", "Object ")):
            indent = len(line) - len(line.lstrip())
            while indents and indents[-1] >= indent:
                indents.pop()
                above.pop()
            kind = re.split(r"[\s:]", shown)[0]
            indents.append(indent)
            above.append((kind, number))
            if kind == "Figure":
                pieces.append((number, kind, next(figures)))
    return _joined(pieces)


def _parts_of(pdf: pikepdf.Pdf) -> Iterator[Element | tuple[int, int, int]]:
    """Yield elements and marked contents, these as their depth, page and mark."""
    pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(node: Any, around: tuple[str, ...], page: int) -> Iterator[Any]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child, around, page)
        elif isinstance(node, int):
            yield len(around), page, node
        elif isinstance(node, pikepdf.Dictionary):
            page = pages[node.Pg.objgen] if "/Pg" in node else page
            if "/S" in node:
                kind = str(node.S).removeprefix("/")
                yield Element(kind, around, node)
                yield from walk(node.get("/K"), (*around, kind), page)
            elif "/MCID" in node:
                yield len(around), page, int(node.MCID)

    yield from walk(pdf.Root.StructTreeRoot.K, (), -1)


def _texts_of(path: Path) -> dict[tuple[int, int], str]:
    """Return the text of each marked content, by page and mark."""
    texts: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        words = page.get_textpage()
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
            size = pdfium.FPDFTextObj_GetText(thing.raw, words.raw, None, 0)
            letters = (c_ushort * (size // 2))()
            pdfium.FPDFTextObj_GetText(thing.raw, words.raw, letters, size)
            # At the end of a line the engine tells a hyphen apart, which is no use here.
            text = bytes(letters).decode("utf-16-le").rstrip("\0").replace("\x02", "-")
            texts[number, mark] = f"{texts.get((number, mark), '')}{text}"
    document.close()
    return texts


def _holder(above: list[tuple[str, int]]) -> tuple[str, int]:
    return next((one for one in reversed(above) if one[0] in _SPOKEN), ("", -1))


def _joined(pieces: Iterable[tuple[int, str, str]]) -> tuple[Told, ...]:
    told: list[Told] = []
    last = None
    for holder, kind, text in pieces:
        # What another element interrupts is told in two parts.
        before = told.pop().text if holder == last else ""
        last = holder
        # A line that ends and emphasis that ends look the same.
        joined = re.sub(r" (?=[.,:;!?)])", "", " ".join(f"{before} {text}".split()))
        told.append(Told(kind, joined))
    return tuple(one for one in told if one.text)
