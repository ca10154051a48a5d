"""What a field gives to choose from: answers of its own, steps, or the values of a setting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from formgen.codes import Code
from formgen.compose.forms.context import FormContext
from formgen.compose.text.language import capital
from formgen.compose.text.problems import BadReferenceError
from formgen.compose.text.say import setting_at
from formgen.kit import Kit
from formgen.model.forms.answers import Answers, Choice, steps_of
from formgen.model.forms.changes import DraftField
from formgen.model.forms.field_type import FieldType
from formgen.model.forms.names import free_names, slug

# A question with fewer answers is none.
FEWEST = 2


def is_texts(values: Any) -> bool:
    """Tell whether a setting is a list of texts."""
    return isinstance(values, (list, tuple)) and all(isinstance(value, str) for value in values)


def named_choices(kit: Kit, setting: str, values: Sequence[str]) -> Iterable[Choice]:
    """Name the values of a setting as the words file calls them."""
    for name, value in zip(free_names(map(slug, values)), values, strict=True):
        label = kit.words.text("labels", setting, value) or value
        yield Choice(name=name, label=capital(label))


def choices_of(
    context: FormContext, item: DraftField, source: Answers, kind: FieldType, *steps: str | int
) -> tuple[Choice, ...]:
    """Return what a field, or a column of it, gives to choose from."""
    if not kind.has_choices:
        return ()
    given = steps_of(source)
    if not (given or source.choices_from):
        said = context.kit.words.nearest(("answers", kind.answers))
        words = context.wording.words(said)
        return tuple(Choice(name=name, label=label) for name, label in words.items())
    if not source.choices_from:
        path = (*item.path, *steps, "choices")
        # The steps between the ends of a scale have a number alone.
        labels = (
            context.text(choice.label, (*path, number, "label"), literal=item.literal)
            for number, choice in enumerate(given)
        )
        return tuple(
            choice.model_copy(update={"label": label})
            for choice, label in zip(given, labels, strict=True)
        )
    try:
        values = setting_at(context.kit.values, source.choices_from)
    except BadReferenceError as problem:
        place = context.place_in(item, *steps, "choices_from")
        context.report(place, problem.code, str(problem), problem.fix)
        return ()
    if not is_texts(values):
        message = f"{source.choices_from} is not a list of texts."
        place = context.place_in(item, *steps, "choices_from")
        context.report(place, Code.BAD_CHOICES, message, "name such a list.")
        return ()
    return tuple(named_choices(context.kit, source.choices_from, values))
