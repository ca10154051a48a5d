"""Which figures there are, and how words and pages get one."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from formgen.codes import Code
from formgen.compose.figures.application import draw_application
from formgen.compose.figures.facts import FigureFacts, Paper
from formgen.compose.figures.mosaic import draw_mosaic
from formgen.compose.figures.papers import draw_papers
from formgen.compose.figures.roles import draw_roles
from formgen.compose.figures.shapes import COLUMN, PAGE, Drawing
from formgen.compose.figures.steps import draw_steps
from formgen.compose.figures.year import draw_months, draw_year
from formgen.compose.text.markdown import Block
from formgen.compose.text.marks import without_marks
from formgen.compose.text.problems import BadPieceError, BadReferenceError
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.findings import did_you_mean
from formgen.kit import Kit

Draw = Callable[[FigureFacts, float], Drawing | None]
FIGURES: Mapping[str, Draw] = MappingProxyType(
    {
        "application": draw_application,
        "months": draw_months,
        "mosaic": draw_mosaic,
        "papers": draw_papers,
        "roles": draw_roles,
        "steps": draw_steps,
        "year": draw_year,
    }
)
# Those that have the words of another.
_WORDS_OF = MappingProxyType({"months": "year"})
# The key of the context under which pages find figures.
FIGURE = "_figure"
_WIDTHS = MappingProxyType({"column": COLUMN, "page": PAGE})
_PLACE = re.compile(
    r'<figure data-figure="([a-z]+)" data-width="([a-z]+)"(?: data-number="(\d+)")?></figure>'
)


@dataclass(frozen=True)
class Figure:
    """A figure as pages show it."""

    name: str
    width: str
    title: str
    caption: str
    drawing: Drawing
    # What it says, with the marks of values.
    said: tuple[str, ...]


def figure_functions(kit: Kit, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what words call to have a figure, and what pages look it up with."""

    @functools.cache
    def named(name: str, width: str) -> Figure | None:
        wording = Wording(context)
        node = kit.words.get("figures", _WORDS_OF.get(name, name))
        words = wording.words(node) if node else {}
        if wording.findings:
            raise BadPieceError(wording.findings[0])
        facts = FigureFacts(
            words=words,
            language=context[LANGUAGE],
            year=tuple(context["the_year"]),
            papers=_papers(kit),
            job_families=tuple(kit.settings.program.job_families),
        )
        marked = FIGURES[name](facts, _WIDTHS[width])
        if not marked:
            return None
        plain = replace(facts, words=_plain(words))
        drawing = FIGURES[name](plain, _WIDTHS[width])
        title, caption = facts.told("title"), facts.told("caption")
        return Figure(name, width, title, caption, drawing or marked, marked.said)

    def figure(name: str, width: str = "column") -> Block | str:
        for given, known, what in ((name, FIGURES, "figure"), (width, _WIDTHS, "width")):
            if given not in known:
                message = f'there is no {what} "{given}".'
                raise BadReferenceError(Code.UNDEFINED, message, did_you_mean(given, known))
        if not named(name, width):
            return ""
        return Block(f'<figure data-figure="{name}" data-width="{width}"></figure>')

    return {"figure": figure, FIGURE: named}


def _papers(kit: Kit) -> tuple[Paper, ...]:
    return tuple(
        Paper(each.entry.code, each.privacy, each.entry.audience, each.archived)
        for each in kit.documents
    )


def _plain(words: Any) -> Any:
    if isinstance(words, Mapping):
        return {key: _plain(each) for key, each in words.items()}
    return without_marks(words)


def numbered(html: str, first: int) -> tuple[str, int]:
    """Return a chapter's HTML with its figures numbered from a number on, and the next number."""
    number = first

    def count(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return found[0].replace("></figure>", f' data-number="{number - 1}"></figure>')

    return _PLACE.sub(count, html), number


def with_figures(html: str, context: Mapping[str, Any], draw: Callable[..., str]) -> str:
    """Return a page with its figures in their places; ``draw`` renders one."""
    if "data-figure" not in html:
        return html

    def drawn(found: re.Match[str]) -> str:
        name, width, number = found.groups()
        return draw({**context, "figure": context[FIGURE](name, width), "number": number or ""})

    return _PLACE.sub(drawn, html)
