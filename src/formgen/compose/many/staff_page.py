"""Compose a page for staff that is about many locals: in formgen's look, not in one of theirs."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from formgen.compose.text.language import Language
from formgen.compose.text.templates import template_environment
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.model.looks.palette import palette_of
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import FIRST_LANGUAGE, SETTINGS_FILE, WORDS, language_path, style_path
from formgen.sources.text_files import read_text

_STYLES = ("tokens.css", "web.css", "index.css", "faces-titles.css")


def staff_page(name: str, shown: Mapping[str, object]) -> str:
    """Return the page of a template, with its style sheet and its part of the words."""
    base = Stack((base_layer(),))
    settings, words = base.merged(SETTINGS_FILE), base.merged(language_path(FIRST_LANGUAGE, WORDS))
    spoken = Wording({LANGUAGE: Language(FIRST_LANGUAGE, words)})
    styles = (base.find(style_path(each)) for each in (*_STYLES, f"{name}.css"))
    primary, accent = (settings.text("brand", each) for each in ("primary", "accent"))
    context = {
        **spoken.context,
        "lang": FIRST_LANGUAGE,
        "page": {"skip": words.text("page", "skip")},
        "words": spoken.words(words.nearest((name,))),
        "brand": spoken.words(settings.nearest(("brand",))),
        "palette": palette_of(primary, accent),
        "paper": settings.text("paper"),
        "typeface_rules": "",
        "css": Markup("\n".join(read_text(found[1]) for found in styles if found)),
        **shown,
    }
    return template_environment(base).get_template(f"{name}.html.j2").render(context)
