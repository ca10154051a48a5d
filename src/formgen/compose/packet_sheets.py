"""Compose the sheets that a packet has besides its documents: its cover, chapters of the manual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from formgen.compose.checks.html_policy import check_harmless
from formgen.compose.checks.locked_words import PackPage, check_words, look_stack, pack_pages
from formgen.compose.page_styles import print_styles
from formgen.compose.pages import Composed, Composer, make_composer
from formgen.compose.text.contents import NumberedChapter, each_chapter, standing_alone
from formgen.compose.text.wording import Wording
from formgen.findings import Finding, InputError, Place, in_order
from formgen.kit import Kit, KitDocument
from formgen.model.packets import CHAPTER_MARK, KitPacket
from formgen.model.page_format import PAPER
from formgen.sources.files import File
from formgen.sources.layers import Layer, Stack
from formgen.sources.paths import language_path


@dataclass(frozen=True)
class Inside:
    """One thing in a packet, as the cover sheet lists it."""

    # The document, and the part of the bound file that a link leads to.
    document: str
    part: int
    code: str
    title: str
    pages: int


@dataclass(frozen=True)
class Sheets:
    """Composes the sheets of one local's packets."""

    composer: Composer

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Return what the packets are called. Raises InputError."""
        wording = Wording(self.composer.wording.context)
        titles = {
            packet.id: wording.text(str(packet.naming.title.value), packet.naming.title.place)
            for packet in self.composer.kit.packets
        }
        _raise(wording)
        return titles

    def purpose(self, packet: KitPacket) -> str:
        """Return what a packet is for. Raises InputError."""
        wording = Wording(self.composer.wording.context)
        said = packet.naming.purpose
        purpose = wording.text(str(said.value), said.place)
        _raise(wording)
        return purpose

    @cached_property
    def chapters(self) -> Mapping[str, NumberedChapter]:
        """Return the chapters of manuals that packets name. Raises InputError."""
        wanted = {item for packet in self.composer.kit.packets for item in packet.items}
        found: dict[str, NumberedChapter] = {}
        for document in self.composer.kit.documents:
            mark = f"{document.id}{CHAPTER_MARK}"
            missing = {item for item in wanted if item.startswith(mark)}
            wording = Wording({**self.composer.wording.context, "edition": document.edition})
            # What comes after the last of them changes no number of theirs.
            chapters = each_chapter(self.composer.kit, document, wording) if missing else iter(())
            while missing and (chapter := next(chapters, None)):
                found[mark + chapter.file] = standing_alone(chapter)
                missing.discard(mark + chapter.file)
            _raise(wording)
        return found

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """Return the small words of packets. Raises InputError."""
        wording = Wording(self.composer.wording.context)
        words = self.composer.words_in("packet", wording)
        _raise(wording)
        return words

    def chapter(self, item: str) -> Composed:
        """Return one chapter of the manual as a sheet of its own. Raises InputError."""
        composed, document = self.excerpt(item), self._document_of(item)
        layer, file = self._source_of(item)
        packs = self._packs_chapters(item, document, layer)
        html, place = composed.html, Place(file.path)
        refused = list(check_words(self.composer.kit, document, html, place, packs))
        if refused:
            raise InputError(refused)
        return composed

    def excerpt(self, item: str) -> Composed:
        """Return a chapter without a look at what packs lock of it. Raises InputError."""
        return self.sheet(
            item,
            "chapter",
            {
                **self.composer.documents[self._document_of(item).id],
                "kind": "manual",
                "handling": "",
            },
            Place(self.composer.kit.stack.local.folder),
            {
                "item": self.chapters[item],
                "words": self.words,
                "edition": self._document_of(item).edition,
            },
            look_stack(self.composer.kit, self._document_of(item)),
        )

    def _packs_chapters(
        self, item: str, document: KitDocument, layer: Layer
    ) -> Mapping[int, PackPage]:
        """Return a layer's chapter as the packs have it that lock it, by the packs' depths."""

        def page(theirs: Kit, _document: KitDocument) -> str:
            return Sheets(make_composer(theirs)).excerpt(item).html

        kit, name = self.composer.kit, self.chapters[item].file
        # What a layer above a pack says there instead, the pack does not lock, or it is refused.
        depth = kit.stack.layers.index(layer)
        locks = (lock for lock in kit.locks if lock.clause in ("", name) and lock.depth <= depth)
        packs = pack_pages(replace(kit, locks=tuple(locks)), document, page)
        return {
            depth: replace(
                each,
                clauses=tuple(
                    replace(clause, chapter="", pack_chapter="") for clause in each.clauses
                ),
            )
            for depth, each in packs.items()
        }

    def _source_of(self, item: str) -> tuple[Layer, File]:
        """Return the layer that has a chapter's file, and the file; it was read from there."""
        kit, content = self.composer.kit, self._document_of(item).entry.content
        file = f"{content}/{self.chapters[item].file}.md"
        return kit.stack.find_all(language_path(kit.settings.language, file))[0]

    def _document_of(self, item: str) -> KitDocument:
        return self._document(item.partition(CHAPTER_MARK)[0])

    def cover(self, packet: KitPacket, inside: Sequence[Inside], papers: int) -> Composed:
        """Return a packet's cover sheet; it comes onto so many sheets of paper.

        Raises InputError.
        """
        place = packet.naming.purpose.place
        wording = Wording(self.composer.wording.context)
        words = self.words
        facts = {
            "id": packet.id,
            "code": packet.entry.code,
            "title": self.titles[packet.id],
            "purpose": self.purpose(packet),
            "kind": "packet",
            "handling": words["handling"],
            "privacy": "program",
        }
        context = {
            "edition": packet.edition,
            "words": words,
            "readers": words["readers"][packet.entry.readers],
            "inside": inside,
            "pages": sum(each.pages for each in inside),
            "papers": papers,
            "fates": self._fates(inside, words, wording),
        }
        _raise(wording)
        return self.sheet(packet.id, "packet", facts, place, context)

    def _fates(
        self, inside: Sequence[Inside], words: Mapping[str, Any], wording: Wording
    ) -> list[dict[str, Any]]:
        """Return what becomes of the pages, said once for all that share it.

        It is what their own footers say, and by when and what comes after.
        """
        said: dict[tuple[str, str], dict[str, Any]] = {}
        for each in inside:
            document = self._document(each.document)
            fate = document.handling
            whose = {"return": document.entry.audience, "signed": "signed"}
            due = words["due"].get(whose.get(document.entry.handling), "")
            if (fate, due) not in said:
                advice = self.composer.kit.words.get("handling", fate)
                said[fate, due] = {
                    "verb": words["verbs"].get(fate, ""),
                    "text": wording.text(str(advice.value), advice.place) if advice else "",
                    "due": due,
                    "after": words["after"].get(fate, ""),
                    "inside": [],
                }
            said[fate, due]["inside"].append(each)
        return list(said.values())

    def sheet(  # noqa: PLR0913, PLR0917  (what a sheet is made of)
        self,
        name: str,
        kind: str,
        facts: Mapping[str, Any],
        place: Place,
        more: Mapping[str, Any],
        looks: Stack | None = None,
    ) -> Composed:
        """Return a sheet by its template, told what document it is. Raises InputError."""
        composer, assets = self.composer, dict[str, bytes]()
        looks = looks or composer.kit.stack
        wording = Wording(composer.wording.context)
        context = {
            **wording.context,
            **composer.common(PAPER, wording, assets, looks),
            "document": facts,
            "paper": composer.kit.settings.paper,
            **more,
        }
        _raise(wording)
        html = composer.render(f"{kind}.html.j2", context, place, looks)
        refused = check_harmless(looks, html, "print")
        if refused:
            raise InputError(refused)
        styles = print_styles(kind, PAPER, looks, composer.kit.settings.brand.look)
        return Composed(name, html, place, styles, assets)

    def _document(self, name: str) -> KitDocument:
        return next(each for each in self.composer.kit.documents if each.id == name)


def _raise(wording: Wording) -> None:
    if wording.findings:
        raise InputError(in_order(wording.findings))


def check_sheets(composer: Composer) -> list[Finding]:
    """Compose the cover of every packet and the chapters in it; return what is wrong."""
    sheets = Sheets(composer)
    findings: dict[Finding, None] = {}
    for packet in composer.kit.packets:
        try:
            for item in packet.items:
                if CHAPTER_MARK in item and item in sheets.chapters:
                    sheets.chapter(item)
            sheets.cover(packet, [Inside(name, 1, "", "", 1) for name in packet.documents], 1)
        except InputError as problem:
            findings |= dict.fromkeys(problem.findings)
    return list(findings)
