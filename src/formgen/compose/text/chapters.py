"""Refer to a chapter of the manual: by its title, and where both are at hand, with a link."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from formgen.codes import Code
from formgen.compose.text.boxes import box_title
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
    rf'<span class="{_CLASS}" data-file="([^"]*)"( data-page="[^"]*") data-title="([^"]*)">'
    r"(.*?)</span>"
)
_SEE = re.compile(r'<aside class="margin margin-see".*?</aside>', re.DOTALL)
_BOX = re.compile(r'id="([^"]+-box-([a-z0-9-]+))"')
_TITLE = re.compile(r"^#[ \t]+(.+)$", re.MULTILINE)


def chapter_references(kit: Kit, context: Mapping[str, Any]) -> Callable[[str], Html | str]:
    """Return what refers to a chapter, with nothing for one that the manual does not have."""
    # Titles are rendered to be named; what is wrong with one is told of its chapter.
    wording = Wording(context)

    @functools.cache
    def chapter(asked: str) -> Html | str:
        name, _, box = asked.partition("#")
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
                return _reference(kit, wording, f"{folder}/{file}.md", file, box)
        return ""

    return chapter


def _reference(kit: Kit, wording: Wording, path: str, file: str, box: str) -> Html | str:
    found = kit.stack.find(path)
    source = read_text(found[1]) if found else ""
    heading = _TITLE.search(source)
    if not found or not heading:
        return ""
    titled = box_title(source, box) if box else heading[1]
    if titled is None:
        # A nearer layer may have a chapter of its own, without this box.
        if any(box_title(read_text(each), box) for _, each in kit.stack.find_all(path)):
            return ""
        message = f'the chapter {file} has no box named "{box}".'
        fix = f"name it there: `::: box#{box} Its title`."
        raise BadReferenceError(Code.UNDEFINED, message, fix)
    title = wording.inline(titled, Place(found[1].path, 1, 1)).striptags()
    said, page = (kit.words.text("page", word) for word in ("chapter", "chapter_page"))
    if box:
        said = kit.words.text("page", "box")
    text = escape(said.replace("{title}", title))
    place = f"{file}#{box}" if box else file
    facts = f'data-file="{escape(place)}" data-page="{escape(page)}" data-title="{escape(title)}"'
    return Html(f'<span class="{_CLASS}" {facts}>{text}</span>')


def boxes_named(html: Markup, file: str, chapter_id: str) -> dict[str, str]:
    """Return the anchors of a chapter's boxes that have names, by what references call them."""
    return {
        f"{file}#{name}": anchor
        for anchor, name in _BOX.findall(str(html))
        if anchor.startswith(f"{chapter_id}-")
    }


def with_links(html: Markup, places: Mapping[str, str]) -> Markup:
    """Return a chapter's HTML, in which references to those at hand lead to their places.

    In a list of what to see as well, a title stands alone.
    """

    def link(found: re.Match[str]) -> str:
        file, page, _, text = found.groups()
        if file not in places:
            return text
        return f'<a class="{_CLASS}" href="#{places[file]}"{page}>{text}</a>'

    def by_title(found: re.Match[str]) -> str:
        return _REFERENCE.sub(
            lambda each: each[0].replace(f">{each[4]}<", f">{each[3]}<"), found[0]
        )

    return Markup(_REFERENCE.sub(link, _SEE.sub(by_title, str(html))))
