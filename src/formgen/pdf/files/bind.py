"""Bind PDFs into one that keeps what its parts keep: tags, fields, links, both standards.

Nothing is typeset: pages are taken as they are. qpdf copies the objects; what a file has but
once (structure, outline, names, form, metadata) is put together here (ISO 32000-1).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf

from formgen.codes import Code
from formgen.pdf.files.blank import blank_like
from formgen.pdf.files.bookmarks import top_of, write_outline
from formgen.pdf.files.dedupe import SharedObjects
from formgen.pdf.files.duplex import Span, lay_out
from formgen.pdf.files.extract_parts import PART_ADDRESS, Extract, Target, extract_parts
from formgen.pdf.files.merge_trees import merged, name_tree
from formgen.pdf.files.save import pdf_bytes
from formgen.pdf.parts import BoundFacts, Part
from formgen.pdf.sheet import PdfError
from formgen.pdf.xmp import xmp_packet


def bind(parts: Sequence[Part], facts: BoundFacts) -> bytes:
    """Return the parts as one file, in their order. Raises PdfError.

    A link to `formgen:part/2` leads to the part with that number, counted from nought.
    """
    whole, _ = bind_and_count(parts, facts)
    return whole


def bind_and_count(parts: Sequence[Part], facts: BoundFacts) -> tuple[bytes, int]:
    """Return the parts as one file, and the number of its pages. Raises PdfError."""
    if not parts:
        raise PdfError(Code.NO_PARTS, "there is nothing to bind.", "name a document.")
    sources = [pikepdf.open(io.BytesIO(part.pdf)) for part in parts]
    with pikepdf.new() as bound:
        _Binder(bound, parts, facts).bind(sources)
        return pdf_bytes(bound), len(bound.pages)


class _Binder:
    """What it takes to make one file of several."""

    def __init__(self, pdf: pikepdf.Pdf, parts: Sequence[Part], facts: BoundFacts) -> None:
        self.pdf, self.parts, self.facts = pdf, parts, facts
        self.shared = SharedObjects()

    def bind(self, sources: Sequence[pikepdf.Pdf]) -> None:
        """Put all parts into the file, and write what it has but once."""
        producer, identifiers = "", dict[str, None]()
        languages = []
        for source in sources:
            producer = producer or str(source.docinfo.get("/Producer", ""))
            identifiers[str(source.docinfo.get("/Keywords", ""))] = None
            languages.append(str(source.Root.get("/Lang", self.facts.language)))
        extracts: list[Extract] = []
        place, into = 0, Target(self.pdf)
        for number, (part, source) in enumerate(zip(self.parts, sources, strict=True)):
            suffix = f"-{part.field_suffix}" if part.field_suffix else ""
            extracts.append(extract_parts(source, into, f"{number}/", place, suffix))
            place = max([place, *(key + 1 for key, _ in extracts[-1].places)])
        pages = [len(each.pages) for each in extracts]
        own = [part.own_sheet for part in self.parts]
        spans = lay_out(zip(pages, own, strict=True), fronts=self.facts.fronts)
        self.share(extracts)
        self.lead_to_parts(extracts)
        self.write_pages(extracts, spans)
        self.write_structure(extracts, languages, place)
        self.write_names(extracts)
        titles = [part.title for part in self.parts]
        write_outline(self.pdf, titles, extracts)
        self.write_form(extracts)
        identifier = self.facts.identifier
        if identifier is None:
            identifier = " ".join(filter(None, identifiers))
        self.write_metadata(extracts[0], producer, identifier)

    def share(self, extracts: Sequence[Extract]) -> None:
        """Store fonts, pictures and pages that are the same once."""
        for page in (page for each in extracts for page in each.pages):
            for key in ("/Resources", "/Contents"):
                if key in page:
                    page[key] = self.shared.one(page[key])
            for note in page.get("/Annots", ()):
                drawn = note.get("/AP", {}).get("/N")
                if not isinstance(drawn, pikepdf.Stream):
                    self.shared.inside(drawn)
                elif "/Resources" in drawn:
                    # Programs that fill in a field write into its drawing: it stays its own.
                    drawn["/Resources"] = self.shared.one(drawn["/Resources"])
        for each in extracts:
            self.shared.inside(each.form.get("/DR"))

    def lead_to_parts(self, extracts: Sequence[Extract]) -> None:
        """Turn the links that lead to parts by their addresses into links of this file."""
        for note in (n for each in extracts for p in each.pages for n in p.get("/Annots", ())):
            address = str(note.get("/A", {}).get("/URI", ""))
            if not address.startswith(PART_ADDRESS):
                continue
            number = address.removeprefix(PART_ADDRESS)
            if not number.isdecimal() or int(number) >= len(self.parts):
                message = f"there is no part {number} to lead to."
                raise PdfError(Code.NO_PART, message, "correct the cover sheet.")
            del note["/A"]
            note["/Dest"] = pikepdf.String(_name_of(int(number)))
            note["/Contents"] = pikepdf.String(self.parts[int(number)].title)

    def write_pages(self, extracts: Sequence[Extract], spans: Sequence[Span]) -> None:
        """Put in all pages and the blank ones, and number them."""
        labels: list[Any] = []
        unnamed = 0
        for part, each, span in zip(self.parts, extracts, spans, strict=True):
            for page in each.pages:
                self.pdf.pages.append(pikepdf.Page(page))
            for _ in range(span.blanks):
                self.pdf.pages.append(blank_like(self.pdf, each.pages[-1]))
            style = pikepdf.Dictionary(S=pikepdf.Name.D)
            if part.label:
                style["/P"] = pikepdf.String(f"{part.label}-")
            else:
                style["/St"] = unnamed + 1
                unnamed += span.pages + span.blanks
            labels += [span.first, style]
        self.pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))

    def write_structure(
        self, extracts: Sequence[Extract], languages: Sequence[str], end: int
    ) -> None:
        """Make one structure of all: a document, with one part for each file (14.7, 14.8.4.2)."""
        root = self.pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        whole = self.pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=root)
        )
        tops = []
        for part, each, language in zip(self.parts, extracts, languages, strict=True):
            top = self.one_top(each)
            top["/S"], top["/P"] = pikepdf.Name.Part, whole
            top["/T"] = pikepdf.String(part.title)
            if language != self.facts.language:
                top["/Lang"] = pikepdf.String(language)
            tops.append(top)
        whole["/K"] = pikepdf.Array(tops)
        root["/K"] = pikepdf.Array([whole])
        root["/ParentTree"] = self.pdf.make_indirect(
            pikepdf.Dictionary(
                Nums=pikepdf.Array([x for each in extracts for pair in each.places for x in pair])
            )
        )
        root["/ParentTreeNextKey"] = end
        named = [pair for each in extracts for pair in each.names_of_elements]
        if named:
            root["/IDTree"] = name_tree(self.pdf, named)
        for key, maps in (
            ("/RoleMap", [each.roles for each in extracts]),
            ("/ClassMap", [each.classes for each in extracts]),
        ):
            of_all = merged(maps, key)
            if of_all:
                root[key] = of_all
        self.pdf.Root.StructTreeRoot = root

    def one_top(self, each: Extract) -> pikepdf.Object:
        """Return the one element at the top of a part's structure."""
        if len(each.elements) == 1 and each.elements[0].get("/S") == "/Document":
            top: pikepdf.Object = each.elements[0]
            return top
        top = self.pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem))
        for element in each.elements:
            element["/P"] = top
        top["/K"] = pikepdf.Array(each.elements)
        return top

    def write_names(self, extracts: Sequence[Extract]) -> None:
        """Name the places that links lead to, among them the start of each part."""
        named = [pair for each in extracts for pair in each.destinations]
        named += [(_name_of(number), top_of(each.pages[0])) for number, each in enumerate(extracts)]
        self.pdf.Root.Names = pikepdf.Dictionary(Dests=name_tree(self.pdf, named))

    def write_form(self, extracts: Sequence[Extract]) -> None:
        """Put the fields of all parts into one form (12.7.2)."""
        fields = [field for each in extracts for field in each.fields]
        if not fields:
            return
        names = [str(field["/T"]) for field in fields]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            message = f'two parts have a form called "{twice}".'
            raise PdfError(Code.DUPLICATE_FIELD, message, "give each copy a suffix of its own.")
        forms = [each.form for each in extracts if each.fields]
        fonts = [form.get("/DR", {}).get("/Font", pikepdf.Dictionary()) for form in forms]
        form = pikepdf.Dictionary(
            Fields=pikepdf.Array(fields),
            DR=pikepdf.Dictionary(Font=merged(fonts, "/Font")),
            DA=forms[0].get("/DA", pikepdf.String("")),
        )
        self.pdf.Root.AcroForm = form

    def write_metadata(self, first: Extract, producer: str, identifier: str) -> None:
        """Say what the file is, and how its colours are meant, as its first part says it."""
        packet = xmp_packet(
            title=self.facts.title,
            language=self.facts.language,
            producer=producer,
            identifier=identifier,
        )
        root = self.pdf.Root
        stream = pikepdf.Stream(self.pdf, packet)
        stream["/Type"], stream["/Subtype"] = pikepdf.Name.Metadata, pikepdf.Name.XML
        root.Metadata = stream
        root.OutputIntents = first.intents
        root.Lang = pikepdf.String(self.facts.language)
        root.MarkInfo = pikepdf.Dictionary(Marked=True)
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        about = {"/Title": self.facts.title, "/Producer": producer, "/Keywords": identifier}
        for key, text in about.items():
            if text:
                self.pdf.docinfo[key] = pikepdf.String(text)


def _name_of(number: int) -> str:
    return f"part-{number}"
