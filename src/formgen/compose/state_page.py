"""Compose the page of a whole state: every local with its kit, those first that need attention."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from formgen.compose.text.language import Language
from formgen.compose.text.templates import template_environment
from formgen.compose.text.wording import LANGUAGE, Wording
from formgen.model.looks.palette import palette_of
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import WORDS, language_path, settings_paths, style_path
from formgen.sources.text_files import read_text

# What tells that formgen made a page, and may replace it.
MARK = '<meta name="generator" content="formgen">'
_STYLES = ("tokens.css", "web.css", "index.css", "faces-titles.css", "state.css")
# Those that need attention come first.
_ORDER = ("failed", "partly", "built", "kept", "unchanged")
# Of the words of pages, those that it has.
_PAGE_WORDS = ("edition", "skip")


def state_page(
    locals_: Sequence[Mapping[str, Any]], layers: Stack, language: str, *, of_one_state: bool
) -> str:
    """Return the page; each local has its name, id, edition, state, findings and overlays.

    ``layers`` have the words of the language. The page is in the name and the colors of the state
    that all locals are of; else in those of the base pack. Raises InputError.
    """
    base = Stack((base_layer(),))
    settings = (layers if of_one_state else base).merged(*settings_paths(language))
    words = layers.merged(language_path(language, WORDS))
    spoken = Wording({LANGUAGE: Language(language, words)})
    styles = (base.find(style_path(name)) for name in _STYLES)
    context = {
        **spoken.context,
        "lang": language,
        "page": {key: words.text("page", key) for key in _PAGE_WORDS},
        "words": spoken.words(words.nearest(("state",))),
        "state": {
            each: settings.text("affiliates", "state", each) for each in ("name", "short_name")
        },
        "brand": spoken.words(settings.nearest(("brand",))),
        "palette": palette_of(settings.text("brand", "primary"), settings.text("brand", "accent")),
        "paper": settings.text("paper"),
        "typeface_rules": "",
        "css": Markup("\n".join(read_text(found[1]) for found in styles if found)),
        "locals": _in_order(locals_),
    }
    return template_environment(base).get_template("state.html.j2").render(context)


def _in_order(locals_: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what failed, then all others by name, each first one of a letter with that letter."""
    known = sorted(
        locals_, key=lambda each: (min(_ORDER.index(each["state"]), 2), plain(each["name"]))
    )
    usual = (each["name"] if each["state"] in _ORDER[2:] else "" for each in known)
    letters = first_letters(usual)
    return [{**each, "letter": letter} for each, letter in zip(known, letters, strict=True)]


def first_letters(names: Iterable[str]) -> Iterator[str]:
    """Yield for each name its letter, if it is the first one that begins so; else nothing."""
    seen: set[str] = set()
    for name in names:
        letter = plain(name)[:1].upper()
        is_first = letter.isalpha() and letter not in seen
        seen |= {letter} if is_first else set()
        yield letter if is_first else ""


def plain(name: str) -> str:
    """Return a name as it is sorted: without accents, in small letters."""
    parts = unicodedata.normalize("NFD", name)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
