"""Forms as data, in the terms of the XLSForm standard (https://xlsform.org).

One definition gives the print, fillable and web variants of a form.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic import Field as Limits
from pydantic_core import PydanticCustomError

from formgen.codes import Code
from formgen.findings import brief
from formgen.model.colons import in_quotes, text_cut_by_colon
from formgen.model.forms.answers import OTHER, Answers, Label, Name, Part, checked, not_for
from formgen.model.forms.field_type import FieldType
from formgen.model.forms.field_types.text import TEXT
from formgen.model.forms.kinds import AnyType, CellType
from formgen.model.forms.registry import field_types
from formgen.model.values import PLAIN_DIGITS
from formgen.model.values import kind as json_kind

NameOrNone = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9-]{0,63})?$")]
# A title, or a purpose; those of the layers below hold where there is none.
Naming = Annotated[str, StringConstraints(max_length=600)]
Width = Annotated[int, Limits(ge=1, le=6), PLAIN_DIGITS]
# A column of the roster that fills a place in, where a document is made for a person.
RosterName = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,63})?$")]


class Column(Answers):
    """One column of a table field; its width is a share of the grid's six."""

    name: Name
    label: Label
    type: CellType = TEXT
    width: Width = 1
    # A box below the column for its total, and the name of that box if it has one of its own.
    sum: bool = False
    sum_name: NameOrNone = ""
    roster: RosterName = ""
    relevant: str = ""

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        if self.sum and not (self.type.value and self.type.value.is_number):
            raise not_for("sum", self.type, self.name)
        return checked(self, self.type, self.name)


def _columns(value: Any) -> Any:
    if isinstance(value, str) and not value.isdecimal():
        raise PydanticCustomError(
            Code.BAD_COLUMNS,
            '"{value}" is neither a number nor a list of columns.|a number from 1 to 4, or a list.',
            {"value": brief(value)},
        )
    return value


def _columns_kind(value: Any) -> str:
    return "list" if isinstance(value, (list, tuple)) else "number"


# Side by side: so many choices of a select, or these columns of a table.
Columns = Annotated[
    Annotated[Annotated[int, Limits(ge=1, le=4), PLAIN_DIGITS], Tag("number")]
    | Annotated[tuple[Column, ...], Tag("list")],
    Discriminator(_columns_kind),
    BeforeValidator(_columns),
]


def _no_condition(text: str) -> str:
    if text:
        raise PydanticCustomError(
            Code.NO_CONDITION, "a condition is never taken from local.yaml.|delete `relevant:`."
        )
    return text


def _no_conditions(columns: int | tuple[Column, ...]) -> int | tuple[Column, ...]:
    for column in columns if isinstance(columns, tuple) else ():
        _no_condition(column.relevant)
    return columns


def _takes_comb(kind: FieldType) -> bool:
    return kind.value is not None and kind.value.takes_comb


def _question(value: Any) -> Any:
    if isinstance(value, str) and value.strip():
        return {"label": value}
    cut = text_cut_by_colon(value, AddedField.model_fields)
    if cut:
        raise PydanticCustomError(
            Code.BAD_TYPE, "a colon cuts this question in two.|{fix}", {"fix": in_quotes(cut)}
        )
    return value


class Field(Answers):
    """One place to fill in; a question alone is a field of text.

    Where it has no name, it gets one of its label (`changes.draft`).
    """

    name: NameOrNone = ""
    type: AnyType = Limits(default_factory=lambda: TEXT)
    label: Label
    hint: Annotated[str, StringConstraints(max_length=400)] = ""
    width: Width = 6
    # It belongs to the question above: both stand on one page.
    with_above: bool = False
    lines: Annotated[int, Limits(ge=1, le=40), PLAIN_DIGITS] = 3
    rows: Annotated[int, Limits(ge=1, le=40), PLAIN_DIGITS] = 6
    # A row for each meeting of the year, if those are more.
    rows_for: Literal["", "meetings"] = ""
    required: bool = False
    read_only: bool = False
    max_length: Annotated[int, Limits(ge=0, le=10000), PLAIN_DIGITS] = 0
    comb: bool = False
    or_other: bool = False
    columns: Columns = 3
    row_labels: tuple[Label, ...] = ()
    default: Annotated[str, StringConstraints(max_length=600)] = ""
    roster: RosterName = ""
    relevant: str = ""

    @property
    def called(self) -> str:
        """Return what messages call it."""
        return self.name or brief(self.label)

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        if self.type.has_columns and not (isinstance(self.columns, tuple) and self.columns):
            raise PydanticCustomError(
                Code.NO_COLUMNS,
                'the table "{name}" has no columns.|add `columns:`, each with a name and a label.',
                {"name": self.called},
            )
        if self.default and not self.type.value:
            raise PydanticCustomError(
                Code.NO_DEFAULT,
                '"{name}" cannot be filled in already.|delete `default`; it is for texts.',
                {"name": self.called},
            )
        if self.roster and not self.type.value:
            raise PydanticCustomError(
                Code.NOT_FROM_ROSTER,
                'the roster cannot fill "{name}" in.|delete `roster`; it is for texts.',
                {"name": self.called},
            )
        if self.read_only and not self.default:
            raise PydanticCustomError(
                Code.READ_ONLY,
                '"{name}" can neither be filled in nor is it filled in already.|'
                "add `default:`, or delete `read_only`.",
                {"name": self.called},
            )
        if self.comb and not (self.max_length and _takes_comb(self.type)):
            types = " or ".join(name for name, each in field_types().items() if _takes_comb(each))
            raise PydanticCustomError(
                Code.BAD_COMB,
                '"{name}" is a comb without a number of cells.|'
                "add `max_length:`, to a field of the type {types}.",
                {"name": self.called, "types": types},
            )
        if self.or_other and OTHER in [choice.name for choice in self.choices]:
            raise PydanticCustomError(
                Code.REPEATED_NAME,
                '"{name}" has an answer called "other" beside that of `or_other`.|'
                "give it another name.",
                {"name": self.called},
            )
        return checked(self, self.type, self.called)


class AddedField(Field):
    """A field that a local adds to a form, after a field of its choice or at the end."""

    after: str = ""
    # A condition is compiled, and what stands in local.yaml never is.
    relevant: Annotated[str, AfterValidator(_no_condition)] = ""
    columns: Annotated[Columns, AfterValidator(_no_conditions)] = 3


Question = Annotated[Field, BeforeValidator(_question, json_schema_input_type=str | Field)]
AddedQuestion = Annotated[
    AddedField,
    BeforeValidator(_question, json_schema_input_type=str | AddedField),
    json_kind("field"),
]


class Promise(Part):
    """One promise of a pledge, with parts of its own."""

    name: Name
    text: Label
    items: tuple[Label, ...] = ()
    relevant: str = ""


class Section(Part):
    """A group of fields or promises under a heading; without a name, it gets one of its label."""

    name: NameOrNone = ""
    label: Label
    text: Annotated[str, StringConstraints(max_length=8000)] = ""
    fields: tuple[Question, ...] = ()
    promises: tuple[Promise, ...] = ()
    promises_of: Literal["", "mentor", "mentee", "shared"] = ""
    office: bool = False
    page: bool = False
    relevant: str = ""


class Form(Part):
    """A form, a pledge or an agreement; its title and purpose are read beforehand."""

    title: Naming = ""
    purpose: Naming = ""
    lead: Annotated[str, StringConstraints(max_length=2000)] = ""
    sections: tuple[Section, ...] = ()
    # Of a form that needs no sections.
    questions: tuple[Question, ...] = ()


class Letter(Form):
    """The block of settings above a letter's or a certificate's words."""

    recipient: bool = False
    # What a letter is about, above its greeting.
    subject: str = ""
    # Set large for a wall, with its greeting as the headline.
    poster: bool = False
    greeting: str = ""
    closing: str = ""
    signer: Literal["", "coordinator", "committee"] = ""
    presented: str = ""
    signers: tuple[Literal["mentor", "president", "committee", "administrator"], ...] = ()
