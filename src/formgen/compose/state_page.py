"""Compose the page of a whole state: what became of each local in one build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from formgen.compose.text.language import Language
from formgen.compose.text.templates import template_environment
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.model.colour import mix
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import SETTINGS_FILE, WORDS, language_path, style_path
from formgen.sources.text_files import read_text

# What tells that formgen made a page, and may replace it.
MARK = '<meta name="generator" content="formgen">'
_STYLES = ("tokens.css", "web.css", "index.css", "state.css")
_TINT_SHARE = 0.08
# Of the words of pages, those that it has.
_PAGE_WORDS = ("edition", "skip")


def state_page(locals_: Sequence[Mapping[str, Any]], layers: Stack, language: str) -> str:
    """Return the page; each local has its name, id, edition, state, findings and overlays.

    ``layers`` have the words of the language; the looks are those of the base pack. Raises
    InputError.
    """
    base = Stack((base_layer(),))
    settings = base.merged(SETTINGS_FILE)
    words = layers.merged(language_path(language, WORDS))
    spoken = Wording({LANGUAGE: Language(language, words)})
    primary = settings.text("brand", "primary")
    styles = (base.find(style_path(name)) for name in _STYLES)
    context = {
        **spoken.context,
        "lang": language,
        "page": {key: words.text("page", key) for key in _PAGE_WORDS},
        "words": spoken.words(words.nearest(("state",))),
        "brand": spoken.words(settings.nearest(("brand",))),
        "brand_tint": mix(primary, "#ffffff", _TINT_SHARE),
        "paper": settings.text("paper"),
        "css": Markup("\n".join(read_text(found[1]) for found in styles if found)),
        "locals": locals_,
    }
    return template_environment(base).get_template("state.html.j2").render(context)
