"""A form's fields as a PDF holds them (ISO 32000-1, 12.7), and where the page has a place for each.

The names of fields are what comes back when a filled form is read: `document.field`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

PdfFieldKind = Literal["text", "multiline", "checkbox", "radio", "list", "signature"]
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
    kind: PdfFieldKind
    tooltip: str
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    read_only: bool = False
    max_length: int = 0
    comb: bool = False
    mark: Mark = "cross"
    # What a drop-down list offers, and whether something else may be typed.
    listed: tuple[str, ...] = ()
    is_open: bool = False
    # It is there if the page has room for its row.
    is_spare: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """Return the names of the controls on the page that this field takes."""
        return tuple(option.place for option in self.options) or (self.name,)


def place_prefix(copy: str) -> str:
    """Return what the names of a copy's places begin with; no field's name holds a «_»."""
    return f"{copy}__" if copy else ""


@dataclass(frozen=True)
class AcroForm:
    """All fields of one document, and what tells its file from others."""

    document: str
    title: str
    local: str
    edition: str
    fields: tuple[AcroField, ...]
    # Which of many copies in one file it is; a form that stands alone has no name for it.
    copy: str = ""

    @property
    def root(self) -> str:
        """Return the name that stands before those of its fields."""
        return f"{self.document}-{self.copy}" if self.copy else self.document

    @property
    def prefix(self) -> str:
        """Return what the names of its places on the page begin with."""
        return place_prefix(self.copy)

    @property
    def fingerprint(self) -> str:
        """Return the hash of what the form asks: another question makes another form."""
        return hashlib.sha256(repr(self.fields).encode()).hexdigest()[:16]

    @property
    def identifier(self) -> str:
        """Return what a filled file says of itself: local, document, edition, fingerprint."""
        return f"formgen:{self.local}/{self.document}/{self.edition}/{self.fingerprint}"


def form_from(facts: Mapping[str, Any]) -> AcroForm:
    """Return a form from its plain values, as `dataclasses.asdict` gives them."""
    fields = (
        AcroField(**{**field, "options": tuple(Option(**each) for each in field["options"])})
        for field in facts["fields"]
    )
    return AcroForm(**{**facts, "fields": tuple(fields)})
