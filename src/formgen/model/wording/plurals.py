"""Which form of a word a number asks for: one, few, many, other, as Unicode's CLDR has it."""

from __future__ import annotations

import functools
from collections.abc import Mapping

# What CLDR calls the forms.
FORMS = frozenset(("zero", "one", "two", "few", "many", "other"))
# Pages print no larger numbers of things, as far as their forms go.
_LARGEST = 200


def plural_form(locale: str, count: int) -> str:
    """Return the form that a language uses beside a number."""
    from babel.core import Locale

    return Locale.parse(locale).plural_form(count)


@functools.cache
def forms_of(locale: str) -> tuple[str, ...]:
    """Return the forms that a language has for whole numbers, `other` last."""
    used = dict.fromkeys(plural_form(locale, count) for count in range(_LARGEST))
    return (*(form for form in used if form != "other"), "other")


def form_for(forms: Mapping[str, str], locale: str, count: int) -> str:
    """Return the words for a number; `other` stands in for a form that is not there."""
    return forms.get(plural_form(locale, count)) or forms["other"]
