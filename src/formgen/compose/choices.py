"""The choices of a field that come from a setting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from formgen.compose.text.language import capital
from formgen.kit import Kit
from formgen.model.forms.form import Choice, slug

# A question with fewer answers is none.
FEWEST = 2


def is_texts(values: Any) -> bool:
    """Tell whether a setting is a list of texts."""
    return isinstance(values, (list, tuple)) and all(isinstance(value, str) for value in values)


def named_choices(kit: Kit, setting: str, values: Sequence[str]) -> Iterable[Choice]:
    """Name the values of a setting as the words file calls them."""
    for name, value in zip(_unique(map(slug, values)), values, strict=True):
        label = kit.words.text("labels", setting, value) or value
        yield Choice(name=name, label=capital(label))


def _unique(names: Iterable[str]) -> Iterable[str]:
    """Yield the names, numbering those that came before: «C» and «C++» have the same one."""
    seen: set[str] = set()
    for name in names:
        tries = (name, *(f"{name[:60]}-{number}" for number in range(2, len(seen) + 3)))
        unique = next(tried for tried in tries if tried not in seen)
        seen.add(unique)
        yield unique
