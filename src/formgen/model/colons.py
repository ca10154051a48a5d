"""A text with a colon in it, which YAML reads as a setting with its value."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from formgen.findings import brief
from formgen.sources.yaml_mistakes.lost_text import quoted

# A known name mistyped is likelier than a text of one word.
_NEAR = 0.75


def text_cut_by_colon(value: object, known: Iterable[str] = ()) -> str:
    """Return the text that one typed where YAML read one setting that is none of the known."""
    if not isinstance(value, dict) or len(value) != 1:
        return ""
    ((start, rest),) = value.items()
    if not isinstance(rest, str):
        return ""
    is_near = difflib.get_close_matches(start.casefold(), [*known], n=1, cutoff=_NEAR)
    return "" if is_near else f"{start}: {rest}".rstrip()


def in_quotes(text: str) -> str:
    """Return the remedy for such a text: how it is to be written."""
    return f"write it in quotes: {quoted(brief(text))}."
