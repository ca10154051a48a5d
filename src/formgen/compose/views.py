"""What templates print of a form: its sections, rows and fields, with their words decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from formgen.model.forms.answers import Choice
from formgen.model.forms.field_type import FieldType

GRID = 6
# With more steps than these, the head of a scale has no room for what each of them means.
MOST_NAMED = 7
_NO_HTML = Markup("")


@dataclass(frozen=True)
class ColumnView:
    """One column of a table, its words decided."""

    name: str
    kind: FieldType
    label: str
    # How wide it is, in parts of the table.
    share: int
    # What its first cell is filled in with, and the column of the roster that says it.
    value: str = ""
    roster: str = ""
    choices: tuple[Choice, ...] = ()
    # The number of the first step of a scale.
    first: int = 1
    # The name of the box for its total; "" without one.
    total: str = ""

    @property
    def has_marks(self) -> bool:
        """Tell whether each of its answers has a mark in the cell."""
        return bool(self.choices) and self.kind.pdf.name != "drop-down list"


@dataclass(frozen=True)
class FieldView:
    """One field, its words decided; the names are those of `model.form.Field`.

    Only what is `type` there is `kind` here: a template of a pack that still compares it with a
    name is told so, and does not take one field for another.
    """

    name: str
    kind: FieldType
    label: str
    html: Markup = _NO_HTML
    hint: str = ""
    width: int = GRID
    with_above: bool = False
    lines: int = 1
    rows: int = 1
    # So many rows may be added where a page has room for them.
    open_rows: int = 0
    required: bool = False
    read_only: bool = False
    max_length: int = 0
    comb: bool = False
    choices: tuple[Choice, ...] = ()
    # The number of the first step of a scale.
    first: int = 1
    or_other: bool = False
    across: int = 1
    columns: tuple[ColumnView, ...] = ()
    row_labels: tuple[str, ...] = ()
    default: str = ""
    # The column of the roster that fills it in.
    roster: str = ""

    @property
    def has_totals(self) -> bool:
        """Tell whether a row below a table's rows holds what columns add up to."""
        return any(column.total for column in self.columns)


Row = tuple[FieldView, ...]


@dataclass(frozen=True)
class StatementView:
    """One statement to rate, what is asked beside it, and the lines for comments."""

    field: FieldView
    # The question that stands beside the scale, where the scale rates its answer.
    question: FieldView | None = None
    comment: FieldView | None = None


@dataclass(frozen=True)
class BlockView:
    """One row of a section, or statements that share the head of a scale."""

    rows: tuple[Row, ...]
    statements: tuple[StatementView, ...] = ()

    @property
    def scale(self) -> FieldView:
        """Return the field whose steps the head names."""
        return self.statements[0].field

    @property
    def names_steps(self) -> bool:
        """Tell whether each step has a column of its own that says what it means."""
        return not self.statements[0].question and len(self.scale.choices) <= MOST_NAMED


@dataclass(frozen=True)
class PromiseView:
    """One promise and its parts."""

    name: str
    text: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class SectionView:
    """One section: its fields as rows of the six-column grid."""

    name: str
    label: str
    html: Markup
    rows: tuple[Row, ...]
    # The same rows, those that share the head of a scale together.
    blocks: tuple[BlockView, ...]
    promises: tuple[PromiseView, ...]
    office: bool
    page: bool


@dataclass(frozen=True)
class FormView:
    """A form ready for a template."""

    lead: str
    sections: tuple[SectionView, ...]

    @property
    def fields(self) -> tuple[FieldView, ...]:
        """Return all fields, in order."""
        return tuple(field for part in self.sections for row in part.rows for field in row)

    @property
    def has_fields(self) -> bool:
        """Tell whether there is anything to fill in."""
        return any(section.rows for section in self.sections)


def pack_rows(fields: Iterable[FieldView]) -> list[tuple[FieldView, ...]]:
    """Fill rows of six columns with fields, in order."""
    rows: list[tuple[FieldView, ...]] = []
    row: list[FieldView] = []
    for field in fields:
        if row and sum(cell.width for cell in row) + field.width > GRID:
            rows.append(tuple(row))
            row = []
        row.append(field)
    if row:
        rows.append(tuple(row))
    return rows


def blocks_of(rows: Sequence[Row]) -> Iterator[BlockView]:
    """Yield the rows of a section, those with statements on the same scale together."""
    at = 0
    while at < len(rows):
        found = _statements(rows[at:])
        if len(found) > 1:
            taken = sum(1 + (each.comment is not None) for each in found)
            yield BlockView(tuple(rows[at : at + taken]), tuple(found))
            at += taken
        else:
            yield BlockView((rows[at],))
            at += 1


def _statements(rows: Sequence[Row]) -> list[StatementView]:
    """Return the statements that rows begin with, if they are on one scale."""
    first = _statement(rows[0])
    if first is None:
        return []
    # Lines after the last statement alone are a question of their own.
    follows = _comment(rows[1]) if len(rows) > 1 else None
    has_comments = follows is not None and len(rows) > 2 and _statement(rows[2]) is not None  # noqa: PLR2004
    step = 2 if has_comments else 1
    found: list[StatementView] = []
    for at in range(0, len(rows), step):
        statement = _statement(rows[at])
        comment = _comment(rows[at + 1]) if has_comments and at + 1 < len(rows) else None
        if (
            statement is None
            or (has_comments and comment is None)
            or not _is_like(statement, first)
        ):
            break
        found.append(StatementView(statement.field, statement.question, comment))
    return found


def _is_like(one: StatementView, other: StatementView) -> bool:
    asked = (one.question is None) == (other.question is None)
    return asked and _scale(one.field) == _scale(other.field)


def _scale(field: FieldView) -> tuple[object, ...]:
    return field.kind.name, field.choices, field.first


def _statement(row: Row) -> StatementView | None:
    *before, last = row
    if not last.kind.is_rated or len(before) > 1:
        return None
    question = before[0] if before else None
    return StatementView(last, question) if not question or _takes_lines(question) else None


def _comment(row: Row) -> FieldView | None:
    return row[0] if len(row) == 1 and _takes_lines(row[0]) else None


def _takes_lines(field: FieldView) -> bool:
    return field.kind.pdf.name == "lines" and not field.default


def fields_of(context: Mapping[str, Any]) -> tuple[FieldView, ...]:
    """Return all that a document asks, in the order of the page."""
    letter = context.get("letter")
    recipient = letter.recipient if letter else None
    return (
        *(recipient.fields if recipient else ()),
        *(context["form"].fields if "form" in context else ()),
    )
