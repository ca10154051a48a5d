"""Compose the first page of a site of locals: a box to find one's own, and a table of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from formgen.compose.assets import data_url
from formgen.compose.state_page import first_letters, plain
from formgen.compose.text.language import Language
from formgen.compose.text.templates import template_environment
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.model.looks.palette import palette_of
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import SETTINGS_FILE, WORDS, language_path, settings_paths, style_path
from formgen.sources.pictures.picture import Picture
from formgen.sources.text_files import read_text

_STYLES = ("tokens.css", "web.css", "index.css", "state.css", "site.css")
_FACES = {"serif": "faces-titles.css", "sans": "faces-sans.css"}


@dataclass(frozen=True)
class ListedLocal:
    """A local as the site lists it."""

    address: str
    name: str
    number: str
    district: str
    town: str
    edition: str


def site_page(
    locals_: Sequence[ListedLocal], packs: Stack, language: str, mark: Picture | None
) -> str:
    """Return the page, in the name, the colors and the words of the packs of a state."""
    base = Stack((base_layer(),))
    settings = packs.merged(*settings_paths(language))
    words = packs.merged(language_path(language, WORDS))
    spoken = Wording({LANGUAGE: Language(language, words)})
    state: Mapping[str, Any] = {
        "name": settings.text("affiliates", "state", "name"),
        "short_name": settings.text("affiliates", "state", "short_name"),
    }
    listed = sorted(locals_, key=lambda each: (plain(each.name), each.number))
    voice = "sans" if settings.text("brand", "typeface") == "sans" else "serif"
    styles = (base.find(style_path(name)) for name in (*_STYLES, _FACES[voice]))
    primary, accent = (settings.text("brand", each) for each in ("primary", "accent"))
    context = {
        **spoken.context,
        "lang": language,
        "page": {"skip": words.text("page", "skip")},
        "words": spoken.words(words.nearest(("site",))),
        "state": state,
        "mark": mark and {"url": Markup(data_url(mark)), "ratio": mark.ratio},
        "brand": {"primary": primary, "accent": accent, "typeface": voice},
        "palette": palette_of(primary, accent),
        "paper": base.merged(SETTINGS_FILE).text("paper"),
        "typeface_rules": "",
        "css": Markup("\n".join(read_text(found[1]) for found in styles if found)),
        "columns": [
            name
            for name in ("number", "name", "district", "town")
            if any(getattr(each, name) for each in listed)
        ],
        "locals": list(zip(listed, first_letters(each.name for each in listed), strict=True)),
    }
    return template_environment(base).get_template("site.html.j2").render(context)
