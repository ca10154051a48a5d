"""Pieces of sentences that depend on settings: `say.yaml` names each, pages write `{{ say.name }}`.

A piece is a text, or one text for each value of a setting, or the first case that holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin

from formgen.codes import Code
from formgen.findings import Finding, brief, did_you_mean, one_of
from formgen.model.settings import Settings
from formgen.model.unknown_keys import is_model
from formgen.sources.tree import Node, Path_

# The group of the words that holds them.
SAY = "say"
# Of a piece with a text for each value: which setting, and what stands for all other values.
_OF, _OTHERWISE = "of", "otherwise"
_CASE = ("when", SAY)


def is_piece(path: Path_) -> bool:
    """Tell whether this is the path of a whole piece among the words."""
    return len(path) > 1 and path[0] == SAY


def choose(
    piece: Node, holds: Callable[[str], bool], value_of: Callable[[str], Any]
) -> Node | None:
    """Return the text of a piece that holds for a local, or None where none does.

    Raises ValueError if a condition does not work, and what ``value_of`` raises.
    """
    if isinstance(piece.value, list):
        cases = (case for case in piece.value if holds(case.text("when")))
        return next((case.get(SAY) for case in cases), None)
    if isinstance(piece.value, dict):
        value = value_of(piece.text(_OF))
        written = str(value).lower() if isinstance(value, bool) else str(value)
        return piece.get(written) or piece.get(_OTHERWISE)
    return piece


def check_pieces(words: Node) -> Iterator[Finding]:
    """Yield what is wrong with how the pieces are written."""
    pieces = words.get(SAY)
    if pieces is None or pieces.value is None:
        return
    if not isinstance(pieces.value, dict):
        yield _not(pieces, "say", "a group of named pieces")
        return
    for name, piece in pieces.value.items():
        if isinstance(piece.value, list):
            yield from _check_cases(name, piece.value)
        elif isinstance(piece.value, dict):
            yield from _check_values(name, piece)


def _check_cases(name: str, cases: list[Node]) -> Iterator[Finding]:
    for case in cases:
        if not isinstance(case.value, dict):
            yield _not(case, f"each case of say.{name}", "a group with `when:` and `say:`")
            continue
        for key, node in case.value.items():
            if key not in _CASE:
                place = node.key_place or node.place
                message = f'"{brief(key)}" is not a key of a case of say.{name}.'
                yield Finding(place, Code.UNKNOWN_KEY, message, did_you_mean(key, _CASE))
            elif not isinstance(node.value, (str, type(None))):
                yield _not(node, f"`{key}:` in say.{name}", "a text")
        if SAY not in case.value:
            message = f"a case of say.{name} says nothing."
            yield Finding(
                case.place, Code.MISSING, message, 'add `say:`, or `say: ""` for nothing.'
            )


def _check_values(name: str, piece: Node) -> Iterator[Finding]:
    setting = piece.text(_OF)
    if not setting:
        message = f"say.{name} does not say which setting it is about."
        fix = "add `of:` with the name of a setting, or write a list of `when:` and `say:`."
        yield Finding(piece.key_place or piece.place, Code.MISSING, message, fix)
        return
    values = possible_values(setting)
    for key, node in piece.value.items() if isinstance(piece.value, dict) else ():
        if not isinstance(node.value, (str, type(None))):
            yield _not(node, f"say.{name}.{key}", "a text")
        elif values and key not in {*values, _OF, _OTHERWISE}:
            place = node.key_place or node.place
            message = f'"{brief(key)}" is not a value of {setting}.'
            fix = f"{did_you_mean(key, values)} {one_of([*values, _OTHERWISE])}".strip()
            yield Finding(place, Code.BAD_CHOICE, message, fix)


def possible_values(setting: str) -> tuple[str, ...]:
    """Return the values that a setting can have, or nothing if there are no set ones."""
    kind: Any = Settings
    for step in setting.split("."):
        fields = kind.model_fields if is_model(kind) else {}
        kind = fields[step].annotation if step in fields else None
    if kind is bool:
        return ("true", "false")
    return tuple(map(str, get_args(kind))) if get_origin(kind) is Literal else ()


def _not(node: Node, what: str, kind: str) -> Finding:
    return Finding(node.place, Code.BAD_TYPE, f"{what} should be {kind}.", "see content/README.md.")
