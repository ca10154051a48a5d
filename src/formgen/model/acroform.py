"""A form's fields as a PDF holds them (ISO 32000-1, 12.7), and where the page has a place for each.

The names of fields are what comes back when a filled form is read: `document.field`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "multiline", "checkbox", "radio", "signature"]
# How a button shows that it is on: a cross in a box, a dot in a circle, a ring round a number.
Mark = Literal["cross", "dot", "ring"]


@dataclass(frozen=True)
class Option:
    """One button of a field: its state's name, what it means, and the control that is its place."""

    state: str
    label: str
    place: str


@dataclass(frozen=True)
class AcroField:
    """One terminal field.

    Text and signatures have one place, named like the field; buttons have one an option.
    """

    name: str
    kind: FieldKind
    tooltip: str
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    read_only: bool = False
    max_length: int = 0
    comb: bool = False
    mark: Mark = "cross"

    @property
    def places(self) -> tuple[str, ...]:
        """Return the names of the controls on the page that this field takes."""
        return tuple(option.place for option in self.options) or (self.name,)


@dataclass(frozen=True)
class AcroForm:
    """All fields of one document, and what tells its file from others."""

    document: str
    title: str
    local: str
    edition: str
    fields: tuple[AcroField, ...]

    @property
    def fingerprint(self) -> str:
        """Return the hash of what the form asks: another question makes another form."""
        return hashlib.sha256(repr(self.fields).encode()).hexdigest()[:16]

    @property
    def identifier(self) -> str:
        """Return what a filled file says of itself: local, document, edition, fingerprint."""
        return f"formgen:{self.local}/{self.document}/{self.edition}/{self.fingerprint}"
