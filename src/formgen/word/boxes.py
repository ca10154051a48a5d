"""The boxes of a web page that are written in or chosen from, as content controls."""

from __future__ import annotations

from typing import assert_never, get_args

from formgen.model.forms.field_type import WrittenInput
from formgen.word.controls import BLANK, choice_control, date_control, text_control
from formgen.word.draft import Draft
from formgen.word.ooxml import Element

BOXES = frozenset({"input", "textarea", "select"})
_INPUTS: tuple[WrittenInput, ...] = get_args(WrittenInput)


def box_control(box: Element, label: str, draft: Draft, blank: str = BLANK) -> Element:
    """Return the control of a box; an input of a type that no field has takes text."""
    name = box.get("name") or ""
    number = next(draft.numbers)
    if box.tag == "select":
        said = [(each.get("value"), _words(each)) for each in box.iter("option")]
        # Without a value it asks to choose, as the prompt does.
        options = [(value or words, words) for value, words in said if value != ""]
        return choice_control(number, name, label, options, draft.facts.prompts.choose)
    fixed = box.get("readonly") is not None
    if box.tag == "textarea":
        text = box.text or ""
        return text_control(number, name, label, text, blank=blank, lines=True, fixed=fixed)
    value = box.get("value") or ""
    kind = _input_of(box, draft)
    match kind:
        case "date":
            return date_control(number, name, label, value, draft.language, blank)
        case "text" | "email" | "tel" | "time":
            return text_control(number, name, label, value, blank=blank, fixed=fixed)
        case _:
            assert_never(kind)


def _input_of(box: Element, draft: Draft) -> WrittenInput:
    said = box.get("type") or "text"
    known = next((each for each in _INPUTS if each == said), None)
    if known is None:
        draft.unknown.add(f"input type={said}")
    return known or "text"


def _words(option: Element) -> str:
    return " ".join("".join(option.itertext()).split())
