"""Whom a letter is for: the places to write it in, and what stands there where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formgen.compose.text.wording import Wording
from formgen.compose.views import FieldView
from formgen.kit import Kit, KitDocument
from formgen.model.forms.field_types.multiline import MULTILINE
from formgen.model.forms.field_types.text import TEXT
from formgen.model.rosters.roster import DATE

# What the ruled lines of a blank letter hold below the name.
_ADDRESS_LINES = 3


@dataclass(frozen=True)
class Recipient:
    """The date, the name and the address of a letter, to be filled in or known."""

    date: FieldView
    name: FieldView
    address: FieldView

    @property
    def fields(self) -> tuple[FieldView, ...]:
        """Return what the letter asks for, in the order of the page."""
        return (self.date, self.name, self.address)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what stands in the window of the envelope; nothing where nobody is known."""
        return (self.name.default, *self.address.default.splitlines()) if self.name.default else ()


def of_person(document: KitDocument, wording: Wording, what: str) -> str:
    """Return what the roster says of the person that a letter or certificate is for."""
    entry: Mapping[str, str] = wording.context["entry"]
    return entry.get(f"{document.entry.person}_{what}", "")


def recipient_of(kit: Kit, document: KitDocument, wording: Wording) -> Recipient:
    """Return whom a letter is for."""

    def label(word: str) -> str:
        return wording.text(kit.words.text("page", word), kit.words.nearest(("page", word)).place)

    name, address = (of_person(document, wording, what) for what in ("name", "address"))
    written = kit.words.text("grammar", "address_last_line", default="")
    together = int(written) if written.isdecimal() else 1
    # Who has no address gets the letter at work.
    work = [of_person(document, wording, what) for what in ("position", "school")]
    below = address_lines(address, together) if address else filter(None, work)
    return Recipient(
        FieldView(
            "letter-date",
            TEXT,
            label("date"),
            default=wording.language.day(wording.context["entry"][DATE]),
        ),
        FieldView("letter-name", TEXT, label("name"), default=name),
        FieldView(
            "letter-address",
            MULTILINE,
            label("address"),
            lines=_ADDRESS_LINES,
            default="\n".join(below),
        ),
    )


def address_lines(address: str, together: int) -> tuple[str, ...]:
    """Return an address as the lines of an envelope.

    ``together`` is how many of its parts, between commas, share the last line.
    """
    typed = tuple(line.strip() for line in address.splitlines() if line.strip())
    if len(typed) != 1:
        return typed
    parts = [part.strip() for part in typed[0].split(",") if part.strip()]
    street, town = parts[:-together], parts[-together:]
    if not street and len(parts) > 1:
        street, town = parts[:1], parts[1:]
    return tuple(", ".join(line) for line in (street, town) if line)
