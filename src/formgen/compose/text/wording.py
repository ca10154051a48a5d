"""Render the packs' words: Jinja in a sandbox, over the local's settings.

Values are data: they come out as typed, whatever they hold.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jinja2 import StrictUndefined, Template, Undefined, pass_context, pass_eval_context
from jinja2.filters import do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from formgen.codes import Code
from formgen.compose.text.language import Language
from formgen.compose.text.limits import TooSlowError
from formgen.compose.text.markdown import (
    TOKEN,
    Block,
    Chapter,
    Held,
    Html,
    to_chapter,
    to_html,
    to_inline_html,
)
from formgen.compose.text.marks import Marked, marked_like, without_marks
from formgen.compose.text.problems import BadReferenceError, template_finding
from formgen.compose.text.sandbox import Sandbox, in_length
from formgen.compose.text.say import Say
from formgen.findings import (
    MOST_OF_A_KIND,
    Finding,
    InputError,
    Place,
    in_order,
    more_like,
)
from formgen.model.wording.pieces import SAY
from formgen.sources.tree import Node

_HELD = "_held"
# Stands after a value that ends with a stop, until the text is whole: no other stop follows it.
_STOPPED = "\ue002"
_TWO_STOPS = re.compile(f"{_STOPPED}[.]?")
_BLANKS = re.compile(r"[ \t\n]+")
# The keys of the context under which the filters find the language, and the pieces of sentences.
LANGUAGE, PIECES = "_language", "_pieces"
# Stands for what came out empty, until it is known what that leaves of its line.
_NOTHING = Markup("\ue006")
# An item of a list, or a line of a paragraph, of which nothing is left.
_EMPTY_LINE = re.compile(
    rf"^[ \t]*(?:(?:[-*+]|\d{{1,9}}[.)])[ \t{_NOTHING}]*|{_NOTHING}[ \t{_NOTHING}]*)(?:\n|\Z)",
    re.MULTILINE,
)
_NOTHING_IN_LINE = re.compile(rf"^{_NOTHING}[ \t]*|[ \t]*{_NOTHING}", re.MULTILINE)
T = TypeVar("T")


@pass_context
def _hold(context: Context, value: Any) -> Any:
    """Put a value aside and leave a token in its place (see `markdown.py`)."""
    if value == "":
        return _NOTHING
    # A stop alone is the same in Markdown, and no second one where a value ends with one.
    if isinstance(value, Markup) or value == ".":
        return value
    held = context[_HELD]
    held.append(value if isinstance(value, Html) else _printable(value))
    return Markup(TOKEN.format(len(held) - 1))


def _bare(value: Any) -> str:
    """Return a text that is not HTML; of a link, its text alone."""
    if isinstance(value, Block):
        message = "a figure stands here, where a line of words is printed."
        fix = "put it into a text of Markdown, in a paragraph of its own."
        raise BadReferenceError(Code.NO_TEXT, message, fix)
    text = Markup(value.html).striptags() if isinstance(value, Html) else _printable(value)
    return f"{text}{_STOPPED}" if without_marks(text).endswith(".") else text


def _printable(value: Any) -> str:
    """Return a text or a number as text; a name that means nothing raises its own error."""
    if isinstance(value, str):
        # That of a marked value has its marks.
        return in_length(str(value))
    if isinstance(value, bool) or not isinstance(value, (int, float, Undefined)):
        message = f"a value of the kind «{type(value).__name__}» cannot be printed."
        raise BadReferenceError(Code.NO_TEXT, message, "name a text in it, or use `| listing`.")
    return str(value)


def _language(context: Context) -> Language:
    language: Language = context[LANGUAGE]
    return language


@pass_context
def _number(context: Context, count: int) -> str:
    return marked_like(count, _language(context).number(count))


@pass_context
def _listing(context: Context, items: Iterable[str], style: str = "and") -> str:
    return _language(context).listing([str(item) for item in items], style)


@pass_eval_context
def _join(how: EvalContext, items: Iterable[Any], *arguments: Any, **named: Any) -> str:
    # Jinja's own leaves the marks of values out.
    printed = [str(item) if isinstance(item, Marked) else item for item in items]
    joined: str = do_join(how, printed, *arguments, **named)
    return joined


@pass_context
def _bullets(context: Context, items: Iterable[str], before: str = "-") -> Markup:
    """Return a list of Markdown, an item for each text; ``before`` stands before each."""
    return Markup("\n").join(f"{before} {_hold(context, item)}" for item in items)


def _facts(items: Iterable[Mapping[str, Any]], *names: str) -> list[str]:
    """Return what is known of each thing in a list: the first fact, then the others in a row."""
    told = ([str(item[name]) for name in names if item[name]] for item in items)
    return [": ".join(filter(None, (first, ", ".join(rest)))) for first, *rest in told]


@pass_context
def _day(context: Context, date: str) -> str:
    return marked_like(date, _language(context).day(date))


@pass_context
def _clock(context: Context, time: str) -> str:
    return marked_like(time, _language(context).clock(time))


@pass_context
def _counted(context: Context, words: str | Mapping[str, str], count: int) -> str:
    return _language(context).counted(words, count)


# With these, a value would become Markdown or HTML of ours.
_NOT_IN_MARKDOWN = ("e", "escape", "forceescape", "safe", "tojson", "urlize", "xmlattr")
FILTERS = {
    "number": _number,
    "bullets": _bullets,
    "facts": _facts,
    "listing": _listing,
    "join": _join,
    "counted": _counted,
    "day": _day,
    "clock": _clock,
}


@functools.cache
def _environment(*, markdown: bool) -> Sandbox:
    # With autoescape, blocks made by {% set %} are markup already, so nothing is held twice.
    environment = Sandbox(
        undefined=StrictUndefined,
        autoescape=markdown,
        finalize=_hold if markdown else _bare,
        keep_trailing_newline=True,
    )
    environment.filters.update(FILTERS)
    for name in _NOT_IN_MARKDOWN if markdown else ():
        del environment.filters[name]
    return environment


@functools.lru_cache(maxsize=4096)
def _compiled(source: str, filename: str, *, markdown: bool) -> Template:
    environment = _environment(markdown=markdown)
    code = environment.compile(source, filename=filename)
    return environment.template_class.from_code(environment, code, {})


def _has_template(source: str) -> bool:
    return "{{" in source or "{%" in source or "{#" in source


@dataclass(frozen=True)
class Wording:
    """Renders texts of the packs for one local, and gathers what is wrong with them."""

    context: Mapping[str, Any]
    findings: list[Finding] = field(default_factory=list)

    def text(self, source: str, place: Place) -> str:
        """Return a plain text; on a problem, a finding is gathered and the text is empty."""
        if not _has_template(source):
            return source
        rendered = self._render(source, place, dict(self.context), markdown=False)
        # Blanks that hold words together stay.
        return _BLANKS.sub(" ", _TWO_STOPS.sub("", rendered)).strip(" ")

    def words(self, node: Node) -> Any:
        """Return some words of a file as plain texts, as those of a group by their names."""
        if isinstance(node.value, dict):
            return {key: self.words(child) for key, child in node.value.items()}
        return self.text(str(node.value or ""), node.place)

    def note(self, finding: Finding) -> None:
        """Gather what is wrong; raise InputError once there is more than anybody reads."""
        self.findings.append(finding)
        if len(self.findings) > MOST_OF_A_KIND:
            last = more_like(finding, 1, at_least=True)
            raise InputError(in_order([*self.findings[:-1], last]))

    @property
    def language(self) -> Language:
        """Return the language that the texts are in."""
        language: Language = self.context[LANGUAGE]
        return language

    def markdown(self, source: str, place: Place) -> Markup:
        """Return Markdown as HTML blocks."""
        return self._markdown(source, place, to_html, Markup(""))

    def inline(self, source: str, place: Place) -> Markup:
        """Return one paragraph of Markdown as inline HTML."""
        return self._markdown(source, place, to_inline_html, Markup(""))

    def chapter(self, source: str, place: Place, chapter_id: str) -> Chapter:
        """Return a chapter of the manual."""

        def convert(text: str, held: Held) -> Chapter:
            return to_chapter(text, held, chapter_id)

        return self._markdown(source, place, convert, Chapter(Markup(""), Markup(""), ()))

    def _markdown(
        self, source: str, place: Place, convert: Callable[[str, Held], T], otherwise: T
    ) -> T:
        held: list[str | Html] = []
        known = len(self.findings)
        text = self._render(source, place, {**self.context, _HELD: held}, markdown=True)
        if len(self.findings) > known:
            return otherwise
        try:
            text = _NOTHING_IN_LINE.sub("", _EMPTY_LINE.sub("", text))
            return convert(text, held)
        except BadReferenceError as problem:
            self.note(template_finding(problem, place))
            return otherwise

    def _render(self, source: str, place: Place, context: dict[str, Any], *, markdown: bool) -> str:
        try:
            return self._rendered(source, place, context, markdown=markdown)
        except TooSlowError as problem:
            # What follows would have no time left.
            raise InputError([template_finding(problem, place)]) from None
        except Exception as problem:  # noqa: BLE001  (whatever a template raises)
            self.note(template_finding(problem, place))
            return ""

    def _rendered(
        self, source: str, place: Place, context: dict[str, Any], *, markdown: bool
    ) -> str:
        """Return a rendered template, in which pieces of sentences are rendered alike."""

        def render(piece: Node) -> str:
            source = str(piece.value).strip()
            text = self._rendered(source, piece.place, context, markdown=markdown)
            return Markup(text.strip(f"{_NOTHING} \n")) if markdown else text

        if PIECES in context and SAY not in context:
            context[SAY] = Say(context[PIECES], context, render)
        template = _compiled(source, str(place.file), markdown=markdown)
        return in_length(template.render(context))
