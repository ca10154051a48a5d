"""What a field, or a column of a table, gives to choose from."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic import Field as Limits
from pydantic_core import PydanticCustomError

from formgen.codes import Code
from formgen.model.forms.field_type import FieldType
from formgen.model.forms.names import slug
from formgen.model.values import PLAIN_DIGITS

# What the answer that `or_other` adds is called, as in XLSForm.
OTHER = "other"
# So many rings there is room for in a row: from 0 to 10.
_MOST_STEPS = 11
_ENDS = 2

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Step = Annotated[int, Limits(ge=0, le=100), PLAIN_DIGITS]


class Part(BaseModel):
    """A part of a form: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(Part):
    """One answer of a select or scale."""

    name: Name
    label: Label


def _choice(value: Any) -> Any:
    return {"name": slug(value), "label": value} if isinstance(value, str) else value


class Answers(Part):
    """Choices and numbers to choose from, in the terms of XLSForm."""

    choices: tuple[
        Annotated[Choice, BeforeValidator(_choice, json_schema_input_type=str | Choice)], ...
    ] = ()
    choices_from: Annotated[str, StringConstraints(max_length=100)] = ""
    # A drop-down list instead of answers side by side.
    appearance: Literal["", "minimal"] = ""
    # The first and the last number of a scale, as those of XLSForm's `range`.
    start: Step | None = None
    end: Step | None = None


_Answers = TypeVar("_Answers", bound=Answers)


def checked(part: _Answers, kind: FieldType, called: str) -> _Answers:
    """Return the answers of a kind of field; raises PydanticCustomError if they do not fit it."""
    names = [choice.name for choice in part.choices]
    numbered = part.start is not None or part.end is not None
    if kind.has_choices and not (names or part.choices_from or kind.answers or numbered):
        raise PydanticCustomError(
            Code.NO_CHOICES,
            '"{name}" has nothing to choose from.|add `choices:` with a list of answers.',
            {"name": called},
        )
    for key, is_given, fits in (
        ("appearance", part.appearance, kind.minimal is not None),
        ("start", part.start is not None, kind.is_rated),
        ("end", part.end is not None, kind.is_rated),
    ):
        if is_given and not fits:
            raise not_for(key, kind, called)
    if numbered:
        _check_steps(part, called)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise PydanticCustomError(
            Code.REPEATED_NAME,
            'two answers of "{name}" are called "{twice}".|give each its own name.',
            {"name": called, "twice": twice},
        )
    return part


def not_for(key: str, kind: FieldType, called: str) -> PydanticCustomError:
    """Return what is wrong with a key that says nothing of a kind of field."""
    return PydanticCustomError(
        Code.NOT_FOR_TYPE,
        '"{name}" has `{key}`, which says nothing of the type {type}.|delete it, or change `type`.',
        {"name": called, "key": key, "type": kind.name},
    )


def _check_steps(part: Answers, called: str) -> None:
    start = first_of(part)
    count = 0 if part.end is None else part.end - start + 1
    named = len(part.choices)
    fits = part.end is None or named in {0, _ENDS, count}
    if part.end is None:
        count = named
    if not (fits and not part.choices_from and _ENDS <= count <= _MOST_STEPS):
        raise PydanticCustomError(
            Code.BAD_STEPS,
            '"{name}" has no steps from {start} to {end}.|write a `start` below `end`, for at most '
            "{most} steps, and no `choices`, one for each step, or two for the first and the last.",
            {
                "name": called,
                "start": start,
                "end": "nowhere" if part.end is None else part.end,
                "most": _MOST_STEPS,
            },
        )


def steps_of(part: Answers) -> tuple[Choice, ...]:
    """Return the steps of a scale by number: named all, at both ends, or not at all."""
    first = first_of(part)
    count = len(part.choices) if part.end is None else part.end - first + 1
    if len(part.choices) == count:
        return part.choices
    ends = {0: part.choices[0].label, count - 1: part.choices[-1].label} if part.choices else {}
    return tuple(
        # A step between the ends is its number alone.
        Choice.model_construct(name=f"step-{first + number}", label=ends.get(number, ""))
        for number in range(count)
    )


def first_of(part: Answers) -> int:
    """Return the number of the first step of a scale."""
    return 1 if part.start is None else part.start


def as_shown(kind: FieldType, part: Answers) -> FieldType:
    """Return a kind of field as it is shown: side by side, or as a drop-down list."""
    return kind.minimal if part.appearance and kind.minimal else kind
