"""Split a file of copies into a file for each, with the tags and fields that are its own.

To typeset many copies in one pass and to split it is quicker than as many single ones
(tests/benchmarks/merge.py); to write each from the one layout is not, since its fonts are cut
anew.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from formgen.pdf.files.blank import blank_like
from formgen.pdf.files.save import pdf_bytes
from formgen.pdf.sheet import Cut


def split(pdf: bytes, cuts: Sequence[Cut]) -> list[bytes]:
    """Return a file for each cut. Its structure, fields and marks are none but its own."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        return list(_Splitter(source).files(cuts))


def with_backs(pdf: bytes, cuts: Sequence[Cut]) -> tuple[bytes, int]:
    """Return the file with blank backs, so that each copy starts on a front side, and its pages.

    To let WeasyPrint put them in takes longer: it lays out their margins.
    """
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        blanks = 0
        for cut in cuts[:-1]:
            if (cut.end - cut.first) % 2:
                at = cut.end + blanks
                whole.pages.insert(at, blank_like(whole, whole.pages[at - 1].obj))
                blanks += 1
        return pdf_bytes(whole), len(whole.pages)


class _Splitter:
    """What it takes to split one file."""

    def __init__(self, source: pikepdf.Pdf) -> None:
        self.source = source
        self.pages = [page.obj for page in source.pages]
        root = source.Root
        tree = root.StructTreeRoot
        self.places = dict(pikepdf.NumberTree(tree.ParentTree))
        self.roles = tree.get("/RoleMap", pikepdf.Dictionary())
        form = root.get("/AcroForm", pikepdf.Dictionary())
        self.fields = {str(field["/T"]): field for field in form.get("/Fields", ())}
        self.form = {key: form[key] for key in ("/DR", "/DA") if key in form}
        for page in self.pages:
            # A page that a copied object refers to is left out of the copy; a dictionary is not.
            del page["/Parent"]
            del page["/Type"]

    def files(self, cuts: Sequence[Cut]) -> Iterator[bytes]:
        """Yield the copies' files."""
        for cut in cuts:
            with pikepdf.new() as copy:
                self.fill(copy, cut)
                made = pdf_bytes(copy)
            yield made

    def fill(self, copy: pikepdf.Pdf, cut: Cut) -> None:
        """Put what belongs to a copy into its file."""
        pages = self.pages[cut.first : cut.end]
        places = {number: self.places[number] for page in pages for number in _places_on(page)}
        tops = self.tops(places.values())
        root = self.source.Root
        held = pikepdf.Dictionary(
            Pages=pikepdf.Array(pages),
            Places=pikepdf.Array(list(places.values())),
            Tops=pikepdf.Array(tops),
            Roles=self.roles,
            Intents=root.OutputIntents,
            Metadata=root.Metadata,
            Form=pikepdf.Dictionary(self.form),
            Fields=pikepdf.Array([self.fields[cut.root]] if cut.root in self.fields else []),
        )
        taken: Any = copy.copy_foreign(self.source.make_indirect(held))
        for page in taken.Pages:
            page["/Type"] = pikepdf.Name.Page
            copy.pages.append(pikepdf.Page(page))
        self.write_structure(copy, taken, list(places))
        self.write_root(copy, taken, cut)

    def tops(self, places: Any) -> list[Any]:
        """Return the elements at the top of the structure that hold all marks of these places."""
        tops: dict[tuple[int, int], Any] = {}
        for place in places:
            for element in place if isinstance(place, pikepdf.Array) else [place]:
                if element is None:  # a mark of an artifact
                    continue
                top = element
                while top.get("/P") is not None and top.P.get("/S") not in (None, "/Document"):
                    top = top.P
                tops[top.objgen] = top
        for top in tops.values():
            if "/P" in top:
                del top["/P"]
        return list(tops.values())

    @staticmethod
    def write_structure(copy: pikepdf.Pdf, taken: Any, numbers: Sequence[int]) -> None:
        """Write the structure's root, and which element each mark belongs to (14.7)."""
        root = copy.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        whole = copy.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=root, K=taken.Tops
            )
        )
        for top in taken.Tops:
            top["/P"] = whole
        pairs = [x for pair in zip(numbers, taken.Places, strict=True) for x in pair]
        root["/K"] = pikepdf.Array([whole])
        root["/ParentTree"] = copy.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(pairs)))
        root["/ParentTreeNextKey"] = max(numbers, default=-1) + 1
        if len(taken.Roles):
            root["/RoleMap"] = taken.Roles
        copy.Root.StructTreeRoot = root

    def write_root(self, copy: pikepdf.Pdf, taken: Any, cut: Cut) -> None:
        """Write what the file says of itself, and its form."""
        root, before = copy.Root, self.source.Root
        root.Metadata, root.OutputIntents = taken.Metadata, taken.Intents
        root.Lang = pikepdf.String(str(before.Lang))
        root.MarkInfo = pikepdf.Dictionary(Marked=True)
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        for key, value in self.source.docinfo.items():
            copy.docinfo[key] = pikepdf.String(str(value))
        if len(taken.Fields):
            (field,) = taken.Fields
            field["/T"] = pikepdf.String(cut.field)
            root.AcroForm = taken.Form
            root.AcroForm["/Fields"] = taken.Fields


def _places_on(page: Any) -> Iterator[int]:
    """Yield the numbers under which the structure knows a page and what lies on it."""
    if "/StructParents" in page:
        yield int(page["/StructParents"])
    for note in page.get("/Annots", ()):
        if "/StructParent" in note:
            yield int(note["/StructParent"])
