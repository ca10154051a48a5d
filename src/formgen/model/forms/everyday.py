"""What people call kinds of field, and the kind that each of these words stands for."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace

from formgen.model.forms.field_type import FieldType
from formgen.model.forms.field_types.acknowledge import ACKNOWLEDGE
from formgen.model.forms.field_types.date import DATE
from formgen.model.forms.field_types.decimal import DECIMAL
from formgen.model.forms.field_types.email import EMAIL
from formgen.model.forms.field_types.initials import INITIALS
from formgen.model.forms.field_types.integer import INTEGER
from formgen.model.forms.field_types.multiline import MULTILINE
from formgen.model.forms.field_types.note import NOTE
from formgen.model.forms.field_types.phone import PHONE
from formgen.model.forms.field_types.scale import SCALE
from formgen.model.forms.field_types.select_multiple import SELECT_MULTIPLE
from formgen.model.forms.field_types.select_one import SELECT_ONE
from formgen.model.forms.field_types.signature import SIGNATURE
from formgen.model.forms.field_types.text import TEXT
from formgen.model.forms.field_types.time import TIME

# With the answers of words.yaml, where a field gives none.
_YES_NO = replace(SELECT_ONE, answers="yes_no")
_CHECKBOX = replace(SELECT_MULTIPLE, answers="checkbox")
_SAID: tuple[tuple[FieldType, tuple[str, ...]], ...] = (
    (TEXT, ("short text", "short answer", "line")),
    (MULTILINE, ("paragraph", "long text", "long answer", "textarea", "comment")),
    (EMAIL, ("mail", "e-mail", "email address")),
    (PHONE, ("telephone", "phone number")),
    (DATE, ("day",)),
    (TIME, ("clock", "time of day")),
    (DECIMAL, ("amount", "money", "decimal number")),
    (INTEGER, ("number", "whole number")),
    (_YES_NO, ("yes-no", "yes or no")),
    (SELECT_ONE, ("choice", "multiple choice", "radio", "dropdown")),
    (_CHECKBOX, ("checkbox", "box")),
    (SELECT_MULTIPLE, ("choices", "checkboxes", "multiple answers")),
    (SCALE, ("rating", "likert", "stars", "range")),
    (ACKNOWLEDGE, ("agree", "consent")),
    (INITIALS, ("initial",)),
    (NOTE, ("text to read", "info")),
    (SIGNATURE, ("sign", "sign here")),
)


def everyday_words() -> dict[str, FieldType]:
    """Return the kinds of field by the words that people have for them."""
    return {word: kind for kind, words in _SAID for word in words}


def everyday_kind(word: str) -> FieldType | None:
    """Return the kind of field that a word stands for: yes-no, Yes/No and yes_no are one."""
    return _plain_words().get(_plain(word))


@functools.cache
def _plain_words() -> Mapping[str, FieldType]:
    return {_plain(word): kind for word, kind in everyday_words().items()}


def _plain(word: str) -> str:
    return re.sub(r"[-_/\s]+", " ", word.casefold()).strip()
