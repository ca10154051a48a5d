"""Make the Word copy of a composed web page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import html as lxml_html

from formgen.word.blocks import page_blocks
from formgen.word.controls import unalterable
from formgen.word.draft import Draft, Room
from formgen.word.facts import Prompts, WordFacts
from formgen.word.frame import Head, set_frame, text_width
from formgen.word.inline import plain
from formgen.word.ooxml import Element, is_w, safe, style_of
from formgen.word.package import language_tag, new_document, to_bytes, turn_around
from formgen.word.tables import gap

__all__ = ["Prompts", "WordCopy", "WordFacts", "convert", "to_word"]

_MOST_OF_A_BOOKMARK = 30


@dataclass(frozen=True)
class WordCopy:
    """A Word file, and the elements of its page that have no counterpart in it."""

    data: bytes
    # Their words are there all the same.
    unknown: frozenset[str] = frozenset()


def to_word(html: str, facts: WordFacts) -> bytes:
    """Return a composed web page as a .docx file; the same page gives the same bytes."""
    return convert(html, facts).data


def convert(html: str, facts: WordFacts) -> WordCopy:
    """Return a composed web page as a .docx file, with what the converter did not know."""
    page = lxml_html.document_fromstring(safe(html))
    found = page.xpath("//main")
    main = found[0] if found else page.body
    facts = replace(
        facts,
        is_sent=bool(main.xpath(".//h1[@class='subject']")),
        is_close=bool(main.xpath("./div[contains(@class, 'is-dense')]")),
    )
    language = language_tag(facts.language)
    document = new_document(facts, language)
    draft = Draft(facts, language, document, _bookmarks(main))
    set_frame(draft, _head(page, facts))
    style = "Certified" if facts.kind == "certificate" else ""
    blocks = page_blocks(main, draft, Room(text_width(facts.kind, facts.paper), style))
    if "*" in facts.locked:
        blocks = unalterable(blocks, draft.numbers)
    section = document.element.body.sectPr
    for block in _ended(blocks):
        section.addprevious(block)
    turn_around(document, language)
    return WordCopy(to_bytes(document), frozenset(draft.unknown))


def _bookmarks(main: Element) -> dict[str, str]:
    """Return a bookmark's name for each place of the page that a link leads to."""
    linked = {link[1:] for link in main.xpath(".//a/@href") if link.startswith("#")}
    anchors = [anchor for anchor in main.xpath(".//@id") if anchor in linked]
    return {
        anchor: f"place_{number}_{_name(anchor)}"[:_MOST_OF_A_BOOKMARK]
        for number, anchor in enumerate(dict.fromkeys(anchors), 1)
    }


def _name(anchor: str) -> str:
    return "".join(each if each.isascii() and each.isalnum() else "_" for each in anchor)


def _head(page: Element, facts: WordFacts) -> Head:
    """Return what the page's letterhead says, and what a letter is about."""
    lines = page.xpath("//header[contains(@class, 'letterhead')]//p[@class='organization']")
    below = [plain(each) for each in lines[0].iter("span")] if lines else []
    sender = page.xpath("//header//p[@class='sender']//text()[not(parent::*[@class='between'])]")
    subject = [plain(each) for each in page.xpath("//main//h1[@class='subject']")]
    return Head(
        facts.local,
        " ".join(below),
        tuple(" ".join(text.split()) for text in sender if text.strip()),
        "".join(subject),
    )


def _ended(blocks: list[Element]) -> list[Element]:
    """Return blocks with a paragraph at the end, as a file must, that starts no page."""
    if blocks and style_of(blocks[-1]) == "Gap":
        blocks = blocks[:-1]
    if blocks and is_w(blocks[-1], "p"):
        return blocks
    return [*blocks, gap(20)]
