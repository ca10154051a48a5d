"""The blocks of a chapter that Markdown does not have: boxes, and what stands in the margin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape
from mdit_py_plugins.container import container_plugin

from formgen.compose.text.language import with_end_kept

BOXES = ("box", "legal")
# What stands beside the text on paper. The first is named by its writer alone.
MARGIN = ("margin", "word", "see", "check")
# What ends a chapter.
TALK = "talk"
KINDS = (*BOXES, *MARGIN, TALK)
# Lines to write an answer on; how many are printed is decided when the page is laid out.
_MOST_LINES = 4
_LINES = f'<span class="lines">{"<i></i>" * _MOST_LINES}</span>'
_HEAD = re.compile(r"(?P<kind>[a-z]+)(?:#(?P<name>[a-z0-9-]+))?(?:\s+(?P<title>.*))?\s*\Z")


def add_boxes(parser: MarkdownIt) -> None:
    """Teach a parser the blocks between `:::` and `:::`."""
    for kind in KINDS:
        parser.use(container_plugin, kind, validate=_validator(kind), render=_render)
    parser.core.ruler.push("boxes", _arranged)


def anchor_of(chapter_id: str, name: str) -> str:
    """Return the anchor of a named box in a chapter."""
    return f"{chapter_id}-box-{name}"


def box_title(source: str, name: str) -> str | None:
    """Return the title of a named box in the Markdown of a chapter, if there is such a box."""
    found = re.search(rf"^:::+ *[a-z]+#{re.escape(name)}[ \t]+(.+)$", source, re.MULTILINE)
    return found[1].strip() if found else None


def _validator(kind: str) -> Callable[..., bool]:
    def is_kind(parameters: str, *_: object) -> bool:
        found = _HEAD.match(parameters.strip())
        return bool(found and found["kind"] == kind)

    return is_kind


def _arranged(state: StateCore) -> None:
    """Leave out what has no words, give lists of questions their lines."""
    opened: list[int] = []
    empty: list[tuple[int, int]] = []
    for index, token in enumerate(state.tokens):
        if not token.type.startswith("container_"):
            continue
        if token.nesting == 1:
            opened.append(index)
            continue
        first = opened.pop()
        inside = state.tokens[first + 1 : index]
        kind = token.type.split("_")[1]
        if kind in (*MARGIN, TALK) and not any(each.content.strip() for each in inside):
            empty.append((first, index + 1))
        elif kind == TALK:
            _give_lines(inside)
    for first, end in reversed(empty):
        del state.tokens[first:end]


def _give_lines(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type == "inline" and token.children is not None:
            token.children.append(Token("html_inline", "", 0, content=_LINES))


def _render(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    kind = token.type.split("_")[1]
    if token.nesting == -1:
        return "</aside>\n" if kind in BOXES else "</div></aside>\n"
    found = _HEAD.match(token.info.strip())
    name, title = (found["name"], found["title"] or "") if found else (None, "")
    where = f' id="{anchor_of(str(env.get("chapter", "")), name)}"' if name else ""
    # A note is no landmark of a web page, of which there may be many.
    if kind in BOXES:
        heading = f'<p class="box-title">{escape(with_end_kept(title))}</p>\n' if title else ""
        return f'<aside class="box box-{kind}" role="note"{where}>\n{heading}'
    looks = f"margin margin-{kind}" if kind in MARGIN else kind
    said = "" if kind == "word" else title
    heading = f'<p class="margin-label" data-label="{kind}">{escape(said)}</p>\n'
    if kind == "word":
        heading += f'<p class="margin-title">{escape(title)}</p>\n'
    return f'<aside class="{looks}" role="note"{where}><div>\n{heading}'
