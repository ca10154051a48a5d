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
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape
from mdit_py_plugins.container import container_plugin

from formgen.codes import Code
from formgen.compose.text.marks import without_marks
from formgen.compose.text.problems import BadReferenceError

# Private-use characters, which no input may hold, so no text can pass for a token.
TOKEN = "\ue000{}\ue001"  # noqa: S105  (no secret)
_TOKENS = re.compile("\ue000([0-9]{1,9})\ue001([.]?)")
BOXES = ("box", "legal")


@dataclass(frozen=True)
class Html:
    """A piece of HTML made by formgen itself, to be set in as it is.

    It is no `str`: Jinja gives what `format` makes of one the same type, with anybody's HTML in it.
    """

    html: str

    def __str__(self) -> str:
        """Return the HTML, which counts as any other text."""
        return self.html


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
    for name in BOXES:
        parser.use(container_plugin, name, render=_render_box)
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


def _render_box(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    token = tokens[index]
    if token.nesting == -1:
        return "</aside>\n"
    kind, _, title = token.info.strip().partition(" ")
    heading = f'<p class="box-title">{escape(title)}</p>\n' if title else ""
    # A note is no landmark of a web page, of which there may be many.
    return f'<aside class="box box-{kind}" role="note">\n{heading}'


def set_in(html: str, held: Held) -> Markup:
    """Return the HTML with each token replaced by its value, escaped."""
    return Markup(_set_in(html, held, len(held)))


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
    environment: dict[str, str] = {}
    tokens = parser.parse(source, environment)
    title = Markup("")
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = set_in(
            parser.renderer.render(tokens[1].children or [], parser.options, environment), held
        )
        tokens = tokens[3:]
    if tokens and tokens[0].type == "paragraph_open":
        tokens[0].attrSet("class", "opening")
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


def _plain(inline: Token, held: Held) -> str:
    text = "".join(child.content for child in inline.children or [])
    return Markup(set_in(str(escape(text)), held)).striptags()
