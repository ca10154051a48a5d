"""Markdown of the packs to HTML.

What a value holds is never Markdown: it is swapped for a token before the Markdown
is read, and set in, escaped, afterwards.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup, escape

from formgen.codes import Code
from formgen.compose.text.boxes import add_boxes
from formgen.compose.text.language import with_end_kept
from formgen.compose.text.marks import without_marks
from formgen.compose.text.problems import BadReferenceError

# Private-use characters, which no input may hold, so no text can pass for a token.
TOKEN = "\ue000{}\ue001"  # noqa: S105  (no secret)
_TOKENS = re.compile("\ue000([0-9]{1,9})\ue001([.]?)")
# A title of so many words and one more may take two lines.
_LONG_TITLE = 3
_PARAGRAPH = re.compile(r"<p([^>]*)>(.*?)</p>", re.DOTALL)


@dataclass(frozen=True)
class Html:
    """A piece of HTML made by formgen itself, to be set in as it is.

    It is no `str`: Jinja gives what `format` makes of one the same type, with anybody's HTML in it.
    """

    html: str

    def __str__(self) -> str:
        """Return the HTML, which counts as any other text."""
        return self.html


class Block(Html):
    """A piece of HTML that stands between paragraphs, and in none."""


# What is swapped for tokens.
Held = Sequence[str | Html]


@dataclass(frozen=True)
class Section:
    """A second-level heading of a chapter, for contents and navigation."""

    id: str
    title: str


@dataclass(frozen=True)
class Chapter:
    """A Markdown file as HTML, its title taken out of it."""

    title: Markup
    html: Markup
    sections: tuple[Section, ...]


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    normalize = parser.normalizeLink

    def address(url: str) -> str:
        # An address is percent-encoded, so no value could be set in afterwards.
        if _TOKENS.search(url):
            message = "the address of a Markdown link comes from a value."
            raise BadReferenceError(Code.BAD_LINK, message, "write {{ link(…) }} instead.")
        return normalize(url)

    parser.normalizeLink = address  # type: ignore[method-assign]
    add_boxes(parser)
    parser.core.ruler.push("list_items", _without_paragraphs)
    return parser


def _without_paragraphs(state: StateCore) -> None:
    """Set the paragraphs of list items without elements of their own.

    An item's tag in a PDF may hold nothing but its label and body (ISO 14289-1, 7.2), and
    WeasyPrint 70 puts a paragraph beside them.
    """
    items: list[int] = []
    filled = False
    for token in state.tokens:
        if token.type == "list_item_open":
            items.append(token.level)
            filled = False
        elif token.type == "list_item_close":
            items.pop()
        elif items and token.level == items[-1] + 1 and token.tag == "p":
            token.hidden = True
        elif items and token.level == items[-1] + 2 and token.type == "inline":
            if filled and token.children is not None:
                token.children[:0] = [Token("hardbreak", "br", 0), Token("hardbreak", "br", 0)]
            filled = True


def set_in(html: str, held: Held) -> Markup:
    """Return the HTML with each token replaced by its value, escaped."""
    return Markup(_set_in(_apart(html, held), held, len(held)))


def _apart(html: str, held: Held) -> str:
    """Return the HTML with what stands between paragraphs taken out of them."""
    blocks = {number for number, piece in enumerate(held) if isinstance(piece, Block)}

    def split(paragraph: re.Match[str]) -> str:
        parts, end = [], 0
        for token in _TOKENS.finditer(paragraph[2]):
            if int(token[1]) in blocks:
                parts += [paragraph[2][end : token.start()], token[0]]
                end = token.end()
        if not parts:
            return paragraph[0]
        parts.append(paragraph[2][end:])
        return "\n".join(
            part if number % 2 else f"<p{paragraph[1]}>{part.strip()}</p>"
            for number, part in enumerate(parts)
            if part.strip()
        )

    return _PARAGRAPH.sub(split, html) if blocks else html


def _set_in(html: str, held: Held, known: int) -> str:
    """Set in the first ``known`` values; a value can only hold tokens of earlier ones."""

    def value(match: re.Match[str]) -> str:
        number = int(match[1])
        if number >= known:
            return match[2]
        piece = held[number]
        html = piece.html if isinstance(piece, Html) else str(escape(piece))
        # A value that ends with a stop, such as «7 p.m.», needs no other.
        stop = "" if without_marks(html).endswith(".") else match[2]
        return _set_in(html, held, number) + stop

    return _TOKENS.sub(value, html)


def to_html(source: str, held: Held = ()) -> Markup:
    """Return Markdown as HTML, with the values set in."""
    return set_in(_parser().render(source), held)


def to_inline_html(source: str, held: Held = ()) -> Markup:
    """Return one paragraph of Markdown as HTML without the paragraph around it."""
    return set_in(_parser().renderInline(source), held)


def to_chapter(source: str, held: Held, chapter_id: str) -> Chapter:
    """Return a chapter: its `#` title apart, its first paragraph marked as the opening."""
    parser = _parser()
    environment: dict[str, str] = {"chapter": chapter_id}
    tokens = parser.parse(source, environment)
    title = Markup("")
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        if tokens[1].content.count(" ") >= _LONG_TITLE:
            _keep_last_words(tokens[1].children or [], 2)
        title = set_in(
            parser.renderer.render(tokens[1].children or [], parser.options, environment), held
        )
        tokens = tokens[3:]
    if tokens and tokens[0].type == "paragraph_open":
        tokens[0].attrSet("class", "opening")
        _keep_last_words(tokens[1].children or [], 3)
    sections: list[Section] = []
    for index, token in enumerate(tokens):
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in {"heading_open", "heading_close"}:
            # The chapter's title is a second-level heading of the manual itself.
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        if token.type == "heading_open" and token.tag == "h3":
            section = Section(f"{chapter_id}-{len(sections) + 1}", _plain(tokens[index + 1], held))
            token.attrSet("id", section.id)
            sections.append(section)
    html = parser.renderer.render(tokens, parser.options, environment)
    return Chapter(title, set_in(html, held), tuple(sections))


def _keep_last_words(pieces: Sequence[Token], count: int) -> None:
    if pieces and pieces[-1].type == "text":
        pieces[-1].content = with_end_kept(pieces[-1].content, count)


def _plain(inline: Token, held: Held) -> str:
    text = "".join(child.content for child in inline.children or [])
    return Markup(set_in(str(escape(text)), held)).striptags()
