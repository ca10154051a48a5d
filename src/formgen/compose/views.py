"""What templates print of a form: its sections, rows and fields, with their words decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from formgen.model.forms.field_types.base import FieldType
from formgen.model.forms.form import Choice

GRID = 6
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
    lines: int = 1
    rows: int = 1
    required: bool = False
    read_only: bool = False
    max_length: int = 0
    comb: bool = False
    choices: tuple[Choice, ...] = ()
    or_other: bool = False
    across: int = 1
    columns: tuple[ColumnView, ...] = ()
    row_labels: tuple[str, ...] = ()
    default: str = ""
    # The column of the roster that fills it in.
    roster: str = ""


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
    rows: tuple[tuple[FieldView, ...], ...]
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


def fields_of(context: Mapping[str, Any]) -> tuple[FieldView, ...]:
    """Return all that a document asks, in the order of the page."""
    letter = context.get("letter")
    rows = letter.recipient if letter else ()
    return (
        *(field for row in rows for field in row),
        *(context["form"].fields if "form" in context else ()),
    )
