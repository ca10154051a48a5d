"""Refer to a chapter of the manual: by its title, and where both are at hand, with a link."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from formgen.codes import Code
from formgen.compose.text.markdown import Html
from formgen.compose.text.problems import BadReferenceError
from formgen.compose.text.wording import Wording
from formgen.findings import Place, did_you_mean
from formgen.kit import Kit
from formgen.model.groups.chapters import chapter_named, chapters_in, usual_order
from formgen.sources.paths import language_path
from formgen.sources.text_files import read_text

_CLASS = "chapter-reference"
_REFERENCE = re.compile(
    rf'<span class="{_CLASS}" data-file="([^"]*)"( data-page="[^"]*")>(.*?)</span>'
)
_TITLE = re.compile(r"^#[ \t]+(.+)$", re.MULTILINE)


def chapter_references(kit: Kit, context: Mapping[str, Any]) -> Callable[[str], Html | str]:
    """Return what refers to a chapter, with nothing for one that the manual does not have."""
    # Titles are rendered to be named; what is wrong with one is told of its chapter.
    wording = Wording(context)

    @functools.cache
    def chapter(name: str) -> Html | str:
        folders = [
            language_path(kit.settings.language, document.entry.content)
            for document in kit.documents
            if document.entry.kind == "manual"
        ]
        for folder in folders:
            known = usual_order(kit.stack, folder)
            file = chapter_named(name, known)
            if not file:
                message = f'there is no chapter "{name}".'
                raise BadReferenceError(Code.UNDEFINED, message, did_you_mean(name, known))
            if file in chapters_in(kit.stack, folder, kit.settings.manual):
                return _reference(kit, wording, f"{folder}/{file}.md", file)
        return ""

    return chapter


def _reference(kit: Kit, wording: Wording, path: str, file: str) -> Html | str:
    found = kit.stack.find(path)
    heading = _TITLE.search(read_text(found[1])) if found else None
    if not found or not heading:
        return ""
    title = wording.inline(heading[1], Place(found[1].path, 1, 1)).striptags()
    said, page = (kit.words.text("page", word) for word in ("chapter", "chapter_page"))
    text = escape(said.replace("{title}", title))
    facts = f'data-file="{escape(file)}" data-page="{escape(page)}"'
    return Html(f'<span class="{_CLASS}" {facts}>{text}</span>')


def with_links(html: Markup, places: Mapping[str, str]) -> Markup:
    """Return a chapter's HTML, in which references to those at hand lead to their places."""

    def link(found: re.Match[str]) -> str:
        file, page, text = found.groups()
        if file not in places:
            return found[0]
        return f'<a class="{_CLASS}" href="#{places[file]}"{page}>{text}</a>'

    return Markup(_REFERENCE.sub(link, html))
