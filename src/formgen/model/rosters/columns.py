"""The columns that every roster can have, and how they are called."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from formgen.model.forms.field_type import FieldType
from formgen.model.forms.field_types.date import DATE as DAY
from formgen.model.forms.field_types.email import EMAIL
from formgen.model.forms.field_types.integer import INTEGER
from formgen.model.forms.field_types.phone import PHONE
from formgen.model.forms.field_types.text import TEXT

MENTEE, MENTOR = "mentee", "mentor"
BOTH = (MENTEE, MENTOR)
NAME, MATCHED = "name", "matched_on"
# The parts of a name that may have columns of their own, in the order in which they are said.
FIRST_NAMES = ("first", "middle", "last")


@dataclass(frozen=True)
class RosterColumn:
    """One column; what it is for is explained in words.yaml, under `roster`."""

    name: str
    kind: FieldType = TEXT
    required: bool = False


_ABOUT_BOTH: tuple[tuple[str, FieldType], ...] = (
    ("position", TEXT),
    ("school", TEXT),
    ("phone", PHONE),
    ("email", EMAIL),
    ("address", TEXT),
)
# What a column can hold of a person.
PARTS = (NAME, *FIRST_NAMES, *(what for what, _ in _ABOUT_BOTH))
COLUMNS = (
    RosterColumn("mentee_name", required=True),
    RosterColumn("mentor_name", required=True),
    *(RosterColumn(f"{who}_{what}", kind) for who in BOTH for what, kind in _ABOUT_BOTH),
    RosterColumn("mentor_years", INTEGER),
    RosterColumn(MATCHED, DAY),
)
KNOWN: Mapping[str, RosterColumn] = {column.name: column for column in COLUMNS}


def column_key(text: str) -> str:
    """Return a column's name as typed in a header: «Mentee's name:» is mentee_name."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("e-mail", "email")
    plain = re.sub(r"['’]s\b|['’.]", "", plain)
    return re.sub(r"[\W_]+", "_", plain).strip("_").replace("e_mail", "email")


def letters_of(number: int) -> str:
    """Return what spreadsheets call a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = string.ascii_uppercase[rest] + letters
    return letters
