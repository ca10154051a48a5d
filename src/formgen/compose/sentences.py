"""The sentences of a kit's documents that hold a value of the local's, for proof-readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from formgen.compose.pages import make_composer
from formgen.compose.text.marks import Part, parts_of, without_marks
from formgen.compose.text.own_values import own_values
from formgen.kit import Kit
from formgen.model.copies import ALONE
from formgen.model.page_format import PageFormat

# Within a line; any other element begins a text of its own.
_INLINE = frozenset(("a", "abbr", "b", "em", "i", "q", "small", "strong", "sub", "sup"))
_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
_UNREAD = frozenset(("head", "script", "style", "svg", "template", "title", "desc"))
# Names at the head and foot of each page, and what stands in front of a title.
_RUNNING = frozenset(("running-head", "foot-name", "sender", "organization"))
# A sentence ends before a blank.
_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+(?![a-z(])")
# Without a word beside it, a value stands alone.
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document, in pieces: the values of settings, and what stands between."""

    # The document's id, code and title.
    document: str
    code: str
    title: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Return the whole sentence."""
        return "".join(part.text for part in self.parts)

    @property
    def values(self) -> tuple[Part, ...]:
        """Return the values in it, each with its setting."""
        return tuple(part for part in self.parts if part.setting)


def sentences_of(kit: Kit, page: PageFormat) -> Iterator[Sentence]:
    """Yield each sentence with a value that is the local's own, once a document.

    Raises InputError if a document's words do not work.
    """
    composer = make_composer(kit, own_values(kit))
    for document in kit.documents:
        _, html = composer.read(composer.words_of(document), page, ALONE, {})
        title = without_marks(str(composer.documents[document.id]["title"]))
        found = (parts for block in blocks_of(html) for parts in _cut(block))
        for parts in dict.fromkeys(filter(_is_told, found)):
            yield Sentence(document.id, document.entry.code, title, parts)


def _is_told(parts: Sequence[Part]) -> bool:
    around = " ".join(part.text for part in parts if not part.setting)
    values = sum(bool(part.setting) for part in parts)
    return values > 1 or (values == 1 and bool(_WORD.search(around)))


def _cut(block: str) -> Iterator[tuple[Part, ...]]:
    """Yield the sentences of a block of text; a value is never cut."""
    sentence: list[Part] = []
    for part in parts_of(block):
        pieces = [part.text] if part.setting else _END.split(part.text)
        for number, piece in enumerate(pieces):
            if number:
                yield tuple(sentence)
                sentence = []
            if piece:
                sentence.append(Part(piece, part.setting))
    yield tuple(sentence)


def blocks_of(html: str) -> list[str]:
    """Return the texts of a page's paragraphs, items, cells and labels, in order."""
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    return [text for block in reader.blocks if (text := " ".join(block.split()))]


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [""]
        # Of each element that is open, whether its words are read.
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if tag not in _INLINE:
            self.blocks.append("")
        if tag not in _VOID:
            above = not self.open or self.open[-1][1]
            self.open.append((tag, above and tag not in _UNREAD and not classes & _RUNNING))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.blocks.append("")
        tags = [each for each, _ in self.open]
        if tag in tags:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1][1]:
            self.blocks[-1] += data
