"""The kind of a field as files name it: its own name, or a word that people have for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from formgen.codes import Code
from formgen.findings import brief, did_you_mean, one_of
from formgen.model.forms.everyday import everyday_kind, everyday_words
from formgen.model.forms.field_type import FieldType
from formgen.model.forms.registry import cell_types, field_types


def _names(known: Mapping[str, FieldType]) -> list[str]:
    """Return the names of kinds, and then all words that people have for them."""
    words = [word for word, kind in everyday_words().items() if kind.name in known]
    return [*known, *words]


def _type_among(types: Callable[[], Mapping[str, FieldType]]) -> Callable[[Any], FieldType]:
    """Return what finds a kind of field by its name, among those that may stand there."""

    def find(name: Any) -> FieldType:
        known = types()
        typed = name if isinstance(name, str) else ""
        kind = known.get(typed) or everyday_kind(typed)
        if kind and kind.name in known:
            return kind
        near = did_you_mean(typed, _names(known)) if typed else ""
        raise PydanticCustomError(
            Code.BAD_CHOICE,
            "{value} is no kind of field.|{fix}",
            {
                "value": f'"{brief(typed)}"' if typed else "a list or a group",
                "fix": f"{near} {one_of(known)}".strip(),
            },
        )

    return find


# In files a kind of field is a name.
_NAME = PlainSerializer(lambda kind: kind.name, return_type=str)
AnyType = Annotated[
    FieldType,
    PlainValidator(_type_among(field_types)),
    _NAME,
    WithJsonSchema({"type": "string", "enum": _names(field_types())}),
]
CellType = Annotated[
    FieldType,
    PlainValidator(_type_among(cell_types)),
    _NAME,
    WithJsonSchema({"type": "string", "enum": _names(cell_types())}),
]
