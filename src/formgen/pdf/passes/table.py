"""What is done to the objects of a file between layout and writing, in this order.

Each pass is there for something that WeasyPrint does not do, and has a proof that fails without
it (tests/test_passes.py): one whose proof no longer fails can go.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from formgen.model.forms.acroform import AcroForm
from formgen.model.page_format import Edition
from formgen.pdf.engine.objects import PDF
from formgen.pdf.engine.render import PageFacts
from formgen.pdf.fonts import field_font
from formgen.pdf.passes.appearance import read_font
from formgen.pdf.passes.fields import make_fillable
from formgen.pdf.passes.id_tree import write_id_tree
from formgen.pdf.passes.metadata import write_metadata
from formgen.pdf.passes.page_state import restore_state
from formgen.pdf.passes.places import write_places
from formgen.pdf.passes.serialize_once import serialize_once
from formgen.pdf.passes.tag_tree import simplify_tags
from formgen.pdf.passes.to_unicode import write_characters
from formgen.pdf.sheet import Sheet


@dataclass(frozen=True)
class PassInput:
    """What a pass may look at besides the file."""

    sheet: Sheet
    page: PageFacts
    edition: Edition = "print"

    @property
    def forms(self) -> tuple[AcroForm, ...]:
        """Return the forms that the fields of this file belong to."""
        return self.sheet.forms if self.edition == "fillable" else ()


@dataclass(frozen=True)
class Pass:
    """One change to a file, why it is made, and what fails without it."""

    name: str
    why: str
    # Issue or pull request of the library that makes it necessary; nothing if it is our wish.
    upstream: str
    proof: str
    run: Callable[[PDF, PassInput], None]


def _simplify(pdf: PDF, _: PassInput) -> None:
    simplify_tags(pdf)


def _list_ids(pdf: PDF, given: PassInput) -> None:
    # Files that are bound together need names that differ.
    write_id_tree(pdf, hashlib.sha256(given.sheet.html.encode()).hexdigest()[:8])


def _write_characters(pdf: PDF, _: PassInput) -> None:
    write_characters(pdf)


def _write_places(pdf: PDF, _: PassInput) -> None:
    write_places(pdf)


def _restore_state(pdf: PDF, _: PassInput) -> None:
    restore_state(pdf)


def _write_fields(pdf: PDF, given: PassInput) -> None:
    if given.forms:
        make_fillable(pdf, given.forms, read_font(field_font()))


def _describe(pdf: PDF, given: PassInput) -> None:
    page, forms = given.page, given.forms
    write_metadata(
        pdf,
        title=page.title,
        language=page.language,
        producer=page.producer,
        identifier=forms[0].identifier if forms else "",
    )


def _serialize(pdf: PDF, _: PassInput) -> None:
    serialize_once(pdf)


PASSES = (
    Pass(
        "tag tree",
        "tags that say nothing are a third of a manual's objects, and heads and feet are read "
        "aloud on every page",
        "",
        "every element says something, and heads and feet are artifacts",
        _simplify,
    ),
    Pass(
        "id tree",
        "a table's cells name their headers, and readers find them by a list of names",
        "",
        "every header that a cell names is found by its name",
        _list_ids,
    ),
    Pass(
        "characters",
        "a glyph's text is the first that it stood for, so that a name or number is not found "
        "when another one came before it with an accent or hyphen of another kind",
        "",
        "what is copied from a page is what people type",
        _write_characters,
    ),
    Pass(
        "places",
        "places are given by their upper corner, and their elements hold lists of one: programs "
        "that flatten draw beside the place, and a second signature is taken for a forgery",
        "",
        "a place begins with its lower left corner, and its element holds it itself",
        _write_places,
    ),
    Pass(
        "page state",
        "a page is turned upside down and not turned back, and so is what a program draws later",
        "",
        "what draws a page ends as it began",
        _restore_state,
    ),
    Pass(
        "fields",
        "radio groups cannot be set, an unticked box has no state, text no appearance, and flags "
        "are left out",
        "Kozea/WeasyPrint#1831, #2726, #2881",
        "a radio group is one field with a state for each of its buttons",
        _write_fields,
    ),
    Pass(
        "metadata",
        "only one standard is named, and PDF/UA and PDF/A are both kept",
        "",
        "veraPDF accepts the file as PDF/UA-1 and as PDF/A-2a",
        _describe,
    ),
    Pass(
        "serialize once",
        "each object is put into bytes twice, streams compressed anew",
        "",
        "each stream is compressed once",
        _serialize,
    ),
)
