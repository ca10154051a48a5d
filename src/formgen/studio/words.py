"""The words, templates and files of the pages themselves: those of the base pack alone."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from formgen.sources.files import File
from formgen.sources.layers import Layer, base_layer
from formgen.sources.paths import (
    CONTENT,
    FIRST_LANGUAGE,
    STUDIO_WORDS,
    language_path,
    style_path,
    template_path,
)
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.text_files import read_text
from formgen.sources.tree import overlay, plain

_FOLDER = template_path("studio")
_TEMPLATE = ".html.j2"
# Where pages find these files.
FILES = "/files/"
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}


def words(language: str = FIRST_LANGUAGE) -> Mapping[str, Any]:
    """Return the words of the pages in a language; those that it lacks are English."""
    return _words_of(_known(language))


@functools.cache
def _words_of(language: str) -> Mapping[str, Any]:
    first, own = (
        read_yaml(_file(base_layer(), language_path(each, STUDIO_WORDS)))
        for each in (FIRST_LANGUAGE, language)
    )
    found: Any = plain(overlay(first, own))
    return found  # type: ignore[no-any-return]


def _known(language: str) -> str:
    """Return a language, if there are words of the pages in it; else English."""
    names = base_layer().paths(CONTENT)
    return language if language_path(language, STUDIO_WORDS) in names else FIRST_LANGUAGE


@functools.cache
def templates(language: str = FIRST_LANGUAGE) -> Environment:
    """Return what renders the pages in a language that there is."""
    base = base_layer()
    found = {
        path.removeprefix(f"{_FOLDER}/"): read_text(_file(base, path))
        for path in base.paths(_FOLDER)
        if path.endswith(_TEMPLATE)
    }
    environment = Environment(
        loader=DictLoader(found),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"words": words(language), "lang": language}
    return environment


@functools.cache
def files() -> Mapping[str, tuple[bytes, str]]:
    """Return the files that pages ask for, by name: their bytes, and what they are."""
    from formgen.pdf.web_fonts import FACES, cut_faces

    base = base_layer()
    found = {path.rpartition("/")[2]: _file(base, path) for path in base.paths(_FOLDER)}
    texts = {
        name: file.read_bytes() for name, file in found.items() if not name.endswith(_TEMPLATE)
    }
    texts["tokens.css"] = _file(base, style_path("tokens.css")).read_bytes()
    faces = {f"{name}.woff2": data for name, data in cut_faces(FACES, "").items()}
    return {
        name: (data, _TYPES[name[name.rindex(".") :]]) for name, data in {**texts, **faces}.items()
    }


def page(name: str, language: str = FIRST_LANGUAGE, **context: Any) -> str:
    """Return a page as HTML, in a language if there are words in it."""
    return templates(_known(language)).get_template(f"{name}{_TEMPLATE}").render(context)


def _file(base: Layer, path: str) -> File:
    found = base.file(path)
    if found is None:
        raise FileNotFoundError(path)
    return found
