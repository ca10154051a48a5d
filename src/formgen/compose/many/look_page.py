"""Compose a sheet of small pictures: one page of a document, of every local."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from formgen.compose.text.language import Language
from formgen.compose.text.templates import template_environment
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.model.looks.palette import palette_of
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, SETTINGS_FILE, WORDS, language_path, style_path
from formgen.sources.text_files import read_text

_STYLES = ("tokens.css", "web.css", "index.css", "faces-titles.css", "look.css")


@dataclass(frozen=True)
class Tile:
    """A local's page: how many pages its document has, how full it is, its file and picture."""

    name: str
    number: str
    pages: int
    # Of the page, from 0 to 1.
    used: float
    href: str
    picture: str
    size: tuple[int, int]


def look_page(tiles: Sequence[Tile], document: str, page: int, usual: int) -> str:
    """Return the sheet; ``usual`` is how many pages most have of the document."""
    base = Stack((base_layer(),))
    settings, words = base.merged(SETTINGS_FILE), base.merged(language_path(FIRST_LANGUAGE, WORDS))
    spoken = Wording({LANGUAGE: Language(FIRST_LANGUAGE, words)})
    styles = (base.find(style_path(name)) for name in _STYLES)
    primary, accent = (settings.text("brand", each) for each in ("primary", "accent"))
    context = {
        **spoken.context,
        "lang": FIRST_LANGUAGE,
        "page": {"skip": words.text("page", "skip")},
        "words": spoken.words(words.nearest(("look",))),
        "brand": spoken.words(settings.nearest(("brand",))),
        "palette": palette_of(primary, accent),
        "paper": settings.text("paper"),
        "typeface_rules": "",
        "css": Markup("\n".join(read_text(found[1]) for found in styles if found)),
        "tiles": tiles,
        "title": f"{document}, {page}",
        "usual": usual,
    }
    return template_environment(base).get_template("look.html.j2").render(context)
