"""The choices of a field that come from a setting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from formgen.compose.text.language import capital
from formgen.kit import Kit
from formgen.model.forms.form import Choice
from formgen.model.forms.names import free_names, slug

# A question with fewer answers is none.
FEWEST = 2


def is_texts(values: Any) -> bool:
    """Tell whether a setting is a list of texts."""
    return isinstance(values, (list, tuple)) and all(isinstance(value, str) for value in values)


def named_choices(kit: Kit, setting: str, values: Sequence[str]) -> Iterable[Choice]:
    """Name the values of a setting as the words file calls them."""
    for name, value in zip(free_names(map(slug, values)), values, strict=True):
        label = kit.words.text("labels", setting, value) or value
        yield Choice(name=name, label=capital(label))
