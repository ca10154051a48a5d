"""Composed documents, and the text of their pages."""

from __future__ import annotations

from html.parser import HTMLParser

from formgen.compose.pages import composer
from formgen.kit import Kit
from formgen.model.catalog import Variant

_UNSEEN = {"head", "style", "script"}
# Elements within a word; any other parts words where it begins and ends.
_INLINE = {"a", "b", "em", "strong"}


def compose_kit(kit: Kit, variant: Variant = "print") -> dict[str, str]:
    """Return the HTML of every document of a kit, by id."""
    maker = composer(kit)
    return {document.id: maker.compose(document, variant).html for document in kit.documents}


def text_of(html: str) -> str:
    """Return the text that a reader of a page sees, with single spaces."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += tag in _UNSEEN
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")
