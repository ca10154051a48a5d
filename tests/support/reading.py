"""What a reader sees of a page, block by block."""

from __future__ import annotations

from html.parser import HTMLParser

_UNSEEN = {"head", "style", "script"}
_BLOCKS = {
    *("address", "article", "aside", "br", "button", "caption", "dd", "div", "dl", "dt"),
    *("fieldset", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("hr", "label", "legend", "li", "main", "nav", "ol", "option", "p", "section", "table"),
    *("tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul"),
}
# Attributes that a reader sees or hears.
_SPOKEN = {"alt", "title", "aria-label", "placeholder", "value", "content"}


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [""]
        self.spoken: list[str] = []
        self.unseen = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.blocks.append("")
        self.spoken += [value for name, value in attrs if name in _SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.blocks[-1] += data


def blocks_of(html: str) -> list[str]:
    """Return the texts of a page's paragraphs, items, cells and labels, in order."""
    return [text for block in _Reader(html).blocks if (text := " ".join(block.split()))]


def spoken_of(html: str) -> list[str]:
    """Return the texts in attributes, such as what stands for a picture."""
    return _Reader(html).spoken


def sentences_of(html: str) -> str:
    """Return what a page says in sentences: no labels, no headings, no cells of a word or two."""
    return " ".join(block for block in blocks_of(html) if block[-1] in ".?!”")
