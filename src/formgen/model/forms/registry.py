"""The table of all kinds of field, in the order in which people meet them."""

from __future__ import annotations

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
from formgen.model.forms.field_types.table import TABLE
from formgen.model.forms.field_types.text import TEXT
from formgen.model.forms.field_types.time import TIME

FIELD_TYPES: tuple[FieldType, ...] = (
    TEXT,
    MULTILINE,
    EMAIL,
    PHONE,
    DATE,
    TIME,
    INTEGER,
    DECIMAL,
    SELECT_ONE,
    SELECT_MULTIPLE,
    SCALE,
    ACKNOWLEDGE,
    TABLE,
    INITIALS,
    SIGNATURE,
    NOTE,
)


def field_types() -> dict[str, FieldType]:
    """Return all kinds of field by name."""
    return {each.name: each for each in FIELD_TYPES}


def cell_types() -> dict[str, FieldType]:
    """Return those that a column of a table may be of."""
    return {name: each for name, each in field_types().items() if each.cell}
