"""What may be written into a file of words, as a comment at its top that is never printed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from formgen.compose.text.context import words_context
from formgen.compose.text.wording import FILTERS
from formgen.listing import default_kit
from formgen.model.forms.form import Field, Form, Letter, Promise, Section
from formgen.model.forms.registry import field_types
from formgen.model.settings import Settings
from formgen.own.words import Words
from formgen.sources.layers import Stack
from formgen.sources.paths import FIRST_LANGUAGE, language_path
from formgen.sources.text_files import read_text

_TEMPLATE = "own-words.txt.j2"
_FENCE = "---"
_WIDTH = 98
# Settings that are no words of a paper.
_NOT_PRINTED = {"formgen", "id", "extends", "pack_keys", "outputs", "documents", "packets", "forms"}


def with_notes(text: str, notes: str, words: Words) -> str:
    """Return some words with notes where they are not printed."""
    comment = "".join(f"# {line}".rstrip() + "\n" for line in notes.splitlines())
    if words.kind == "chapter":
        # What would end the comment stands in no name.
        return f"{{#\n{notes.replace('#}', '# }')}\n#}}\n{text}"
    if not words.path.endswith(".md"):
        return f"{comment}\n{text}"
    lines = text.splitlines(keepends=True)
    first = next((row for row, line in enumerate(lines) if line.strip()), 0)
    if lines and lines[first].strip() == _FENCE:
        return "".join([*lines[: first + 1], comment, *lines[first + 1 :]])
    return f"{_FENCE}\n{comment}{_FENCE}\n{text}"


def notes_on(stack: Stack, language: str, words: Words, whose: str, clauses: Sequence[str]) -> str:
    """Return what may be written into a file of words; every name is taken from the code."""
    found = next(
        found
        for each in (language, FIRST_LANGUAGE)
        if (found := stack.layers[-1].file(language_path(each, _TEMPLATE)))
    )
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    context = words_context(default_kit())[0].context
    facts = {
        "name": words.name,
        "kind": words.kind,
        "whose": whose,
        "is_private": words.is_private,
        "clauses": clauses,
        "keys": {
            "form": list(Form.model_fields),
            "section": list(Section.model_fields),
            "field": list(Field.model_fields),
            "promise": list(Promise.model_fields),
            "letter": list(Letter.model_fields),
        },
        "types": list(field_types()),
        "settings": sorted((Settings.model_fields.keys() & context.keys()) - _NOT_PRINTED),
        "names": sorted(
            name
            for name in context
            if name not in Settings.model_fields and not name.startswith("_")
        ),
        "filters": sorted(FILTERS),
    }
    return _wrapped(environment.from_string(read_text(found)).render(facts))


def _wrapped(notes: str) -> str:
    lines = (textwrap.wrap(line, _WIDTH) or [""] for line in notes.strip("\n").splitlines())
    return "\n".join(each for wrapped in lines for each in wrapped)
