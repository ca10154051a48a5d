"""What a kind of field says of itself: plain data, from closed sets of what can be drawn.

A kind is one module that makes a `FieldType`, a line in `registry.py`, and its macro in
`templates/fields/print.html.j2`. The rooms above read what it says, and never ask which it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formgen.codes import Code
from formgen.model.forms.acroform import Mark

# What a fillable PDF has for a question; compose/fillable.py makes the fields of each.
PdfControlName = Literal[
    "line",
    "lines",
    "signature line",
    "check boxes",
    "one box",
    "radio buttons",
    "drop-down list",
    "cells",
    "nothing",
]
# What a web page has: the names of the macros in templates/fields/web.html.j2.
WebMacro = Literal[
    "input",
    "textarea",
    "choices",
    "one_choice",
    "drop_down",
    "steps",
    "cells",
    "signature",
    "words",
]
# The `type` of an input; word/boxes.py has the content control of each that is written in.
WrittenInput = Literal["text", "email", "tel", "date", "time"]
TickedInput = Literal["radio", "checkbox"]


@dataclass(frozen=True)
class PdfControl:
    """What a field is in a fillable PDF, and how its buttons show that they are on."""

    name: PdfControlName
    mark: Mark = "cross"


@dataclass(frozen=True)
class WebControl:
    """What a field is on a web page; the Word copy, which is made of that page, follows it."""

    macro: WebMacro
    type: WrittenInput | TickedInput = "text"
    # Figures alone; a wheel or an arrow key must not change them, so it is a text all the same.
    digits: bool = False
    # The same with a point or a comma in it.
    decimals: bool = False


@dataclass(frozen=True)
class Value:
    """What is written into a field, or into the roster's column that fills it in."""

    # The regular expression of all that a roster may hold; "" takes any text.
    pattern: str = ""
    # A date: it is kept as ISO 8601 writes it, and printed in the language's words.
    is_day: bool = False
    # Of what a roster may not hold: the finding's code, what is wrong, and what to do; None if any
    # text will do.
    problem: tuple[Code, str, str] | None = None
    # Whether a roster may hold it on two lines.
    takes_lines: bool = False
    # One character to a cell, if the form wants it.
    takes_comb: bool = False
    # What can be added up.
    is_number: bool = False
    # The most characters that a fillable file takes where the form says nothing; 0 for no limit.
    longest: int = 0

    @property
    def is_checked(self) -> bool:
        """Tell whether not every text will do."""
        return self.problem is not None


@dataclass(frozen=True)
class Cell:
    """What a field's kind is in a cell of a table."""

    web: WebControl
    # Whether the column's head, on paper, says how to write it.
    shows_format: bool = False


@dataclass(frozen=True)
class FieldType:
    """One kind of field, under the name that XLSForm has for it."""

    name: str
    # Its macro in templates/fields/print.html.j2.
    paper: str
    pdf: PdfControl
    web: WebControl
    # None where nothing is written: such a field cannot be filled in already.
    value: Value | None = None
    # The word below `page` in words.yaml that says how to write it.
    format: str = ""
    # None if no column of a table is of this kind.
    cell: Cell | None = None
    has_choices: bool = False
    # The answers below `answers` in words.yaml that it has where a field gives none.
    answers: str = ""
    has_columns: bool = False
    # The same as a drop-down list, as XLSForm's `appearance: minimal` has it; None if it is none.
    minimal: FieldType | None = None
    # Rated on numbered steps: in a row with others on the same scale it shares their head.
    is_rated: bool = False
    # Written by hand: its row leaves room above the line.
    is_signed: bool = False
    # There to be read: its label is Markdown.
    is_read: bool = False
