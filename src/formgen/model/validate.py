"""Check a tree of values against a model, and say what is wrong in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from formgen.codes import Code
from formgen.findings import MOST_OF_A_KIND, Finding, Place, brief, did_you_mean, more_like, one_of
from formgen.model.colons import in_quotes, text_cut_by_colon
from formgen.model.unknown_keys import crowds, empty_strangers, is_model, model_in, unknown_key
from formgen.sources.tree import Node, Path_, Plain, plain

M = TypeVar("M", bound=BaseModel)

# What the patterns of names mean.
_PATTERNS = {
    r"^[a-z][a-z0-9-]{0,63}$": "use a-z, 0-9 and -, and start with a letter.",
    r"^([a-z][a-z0-9-]{0,63})?$": "use a-z, 0-9 and -, and start with a letter.",
    r"^([A-Z][0-9]*[a-z]?)?$": "use a capital and a number, such as X7.",
    r"^[a-z]{2,3}(-[A-Z]{2})?$": "use the code of a language, such as en or pt-BR.",
}

# What to say of a setting that no layer gives, by the path of the setting.
_MISSING = {
    ("formgen",): "add the line `formgen: 1`.",
    ("id",): "add a line such as `id: riverbend-esp`.",
    ("local",): "add `local:` with the `name:` of your local below it.",
    ("local", "name"): "add the full name of your local.",
    ("coordinator",): "add `coordinator:` with a `name:`, and a `phone:` or an `email:`.",
    ("coordinator", "name"): "add the name of the person to call.",
}


def check_shape(
    node: Node, model: type[M], *, partial: bool = False
) -> tuple[M | None, list[Finding]]:
    """Check a tree against a model; return the model, or None and the findings.

    With ``partial``, missing settings are left to other layers: the model is then
    None even if nothing is wrong.
    """
    crowd = next(crowds(node, model), None)
    if crowd:
        return None, _strangers(*crowd, model)
    # To look for what each may have meant takes its time.
    empty = list(islice(empty_strangers(node, model), MOST_OF_A_KIND))
    try:
        checked = model.model_validate(_given(node, model))
    except ValidationError as problem:
        found = problem.errors(include_url=False)
        told = [
            error
            for error in found
            if not (partial and error["type"] == "missing") and not _only_follows(error, found)
        ]
        findings = [_finding(node, model, error) for error in told[: MOST_OF_A_KIND + 1]]
        if len(told) > MOST_OF_A_KIND:
            # To look for what each of them may have meant would take minutes.
            findings[-1] = more_like(findings[-1], len(told) - MOST_OF_A_KIND)
        return None, [*empty, *findings]
    return (None if empty else checked), empty


def _strangers(path: Path_, entries: Mapping[str, Node], model: type[BaseModel]) -> list[Finding]:
    """Return what is said of very many names that there are not: the first, and their number."""
    findings = [
        Finding(child.key_place or child.place, *unknown_key(key, model, path))
        for key, child in islice(entries.items(), MOST_OF_A_KIND + 1)
    ]
    return [*findings[:-1], more_like(findings[-1], len(entries) - MOST_OF_A_KIND)]


def _given(node: Node, kind: Any) -> Plain:
    """Return the bare values; settings that were left empty count as not given.

    A name that one chooses, such as a document's, stays: it may be one that there is not.
    """
    if isinstance(node.value, dict):
        fields = kind.model_fields if is_model(kind) else {}
        values = get_args(kind)[1:] if get_origin(kind) is dict else ()
        if values:
            nothing: Plain = {} if model_in(values[0]) else ""
            return {
                key: nothing if child.value is None else _given(child, values[0])
                for key, child in node.value.items()
            }
        return {
            key: _given(child, fields[key].annotation if key in fields else None)
            for key, child in node.value.items()
            if child.value is not None
        }
    if isinstance(node.value, list):
        return [_given(child, model_in(kind)) for child in node.value]
    return plain(node)


def _only_follows(error: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Tell whether a list is called too short only because its items have errors."""
    path = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(path)] == path and len(other["loc"]) > len(path) for other in found
    )


def _written(node: Node, path: Path_) -> Path_:
    """Return the path without the names of a union's branches, which no file holds."""
    steps: list[str | int] = []
    for step in path:
        if isinstance(step, int) or not isinstance(node.nearest(tuple(steps)).value, (list, str)):
            steps.append(step)
    return tuple(steps)


def _finding(node: Node, model: type[BaseModel], error: ErrorDetails) -> Finding:
    path = _written(node, error["loc"])
    spot = node.nearest(path)
    code, message, fix = _words(error, path, model)
    return Finding(_place(node, path, error["type"], spot), code, message, fix)


def _place(node: Node, path: tuple[str | int, ...], kind: str, spot: Node) -> Place:
    at_key = kind in {"extra_forbidden", "missing"} and node.get(*path) is not None
    return spot.key_place if at_key and spot.key_place else spot.place


def _words(
    error: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]
) -> tuple[Code, str, str]:
    kind, context = error["type"], error.get("ctx", {})
    if kind in _BY_TYPE:
        return _BY_TYPE[kind](error, path, model)
    if kind in list(Code):  # one of ours; its message holds the remedy as well
        message, _, fix = error["msg"].rpartition("|")
        return Code(kind), message, fix
    limit = next(
        (context[key] for key in ("ge", "le", "max_length", "min_length") if key in context), ""
    )
    if kind in {"greater_than_equal", "less_than_equal"}:
        side = "at least" if kind == "greater_than_equal" else "at most"
        return (
            Code.OUT_OF_RANGE,
            f"{_shown(error)} is out of range.",
            f"{_name(path)} is {side} {limit}.",
        )
    text = isinstance(error["input"], str)
    if kind in {"string_too_long", "too_long"}:
        fix = f"use at most {limit} characters." if text else f"give at most {limit}."
        return Code.TOO_LONG, f"{_name(path)} is too long.", fix
    if kind in {"string_too_short", "too_short"}:
        what = "is too short" if error["input"] else "is empty"
        fix = "write something" if text else f"give at least {limit}"
        return Code.EMPTY, f"{_name(path)} {what}.", f"{fix}, or delete the line."
    if kind == "string_pattern_mismatch":
        fix = _PATTERNS.get(context["pattern"], f"it must match {context['pattern']}.")
        return Code.BAD_NAME, f"{_shown(error)} is not allowed here.", fix
    return (
        Code.BAD_TYPE,
        f"{_shown(error)} does not fit {_name(path)}: {error['msg']}.",
        "see content/program.yaml.",
    )


def _missing(
    _: ErrorDetails, path: tuple[str | int, ...], __: type[BaseModel]
) -> tuple[Code, str, str]:
    words = tuple(str(step) for step in path)
    return Code.MISSING, f"{_name(path)} is missing.", _MISSING.get(words, f"add `{words[-1]}:`.")


def _unknown(
    _: ErrorDetails, path: tuple[str | int, ...], model: type[BaseModel]
) -> tuple[Code, str, str]:
    return unknown_key(str(path[-1]), model, path[:-1])


def _choice(
    error: ErrorDetails, path: tuple[str | int, ...], _: type[BaseModel]
) -> tuple[Code, str, str]:
    allowed = re.findall(r"'([^']*)'", error.get("ctx", {}).get("expected", ""))
    if path == ("formgen",):
        return (
            Code.FORMAT,
            f"{_shown(error)} is not a format that this formgen reads.",
            "write `formgen: 1`, or install a newer formgen.",
        )
    typed = str(error["input"])[:80]
    fix = did_you_mean(typed, [each for each in allowed if each])
    listed = one_of(word or '""' for word in allowed)
    message = f"{_shown(error)} is not a choice for {_name(path)}."
    return Code.BAD_CHOICE, message, f"{fix} {listed}".strip()


def _kind(expected: str, example: str) -> Callable[..., tuple[Code, str, str]]:
    def words(
        error: ErrorDetails, path: tuple[str | int, ...], _: type[BaseModel]
    ) -> tuple[Code, str, str]:
        return (
            Code.BAD_TYPE,
            f"{_name(path)} should be {expected}, and is {_shown(error)}.",
            example,
        )

    return words


def _text(
    error: ErrorDetails, path: tuple[str | int, ...], _: type[BaseModel]
) -> tuple[Code, str, str]:
    cut = text_cut_by_colon(error["input"]) if isinstance(path[-1], int) else ""
    if cut:
        return Code.BAD_TYPE, f"a colon cuts {_name(path)} in two.", in_quotes(cut)
    return _kind("text", "write it on the line of its name; quote it if it holds { or [.")(
        error, path, _
    )


_BY_TYPE: dict[str, Callable[..., tuple[Code, str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _choice,
    "string_type": _text,
    "int_parsing_size": _kind("a whole number", "e.g. 3."),
    "int_parsing": _kind("a whole number", "e.g. 3."),
    "int_type": _kind("a whole number", "e.g. 3."),
    "bool_parsing": _kind("true or false", "write true or false."),
    "bool_type": _kind("true or false", "write true or false."),
    "tuple_type": _kind("a list", "write one item a line, each with `- ` before it, or [a, b]."),
    "model_type": _kind(
        "a group of settings", "write its settings below it, indented by two spaces."
    ),
    "dict_type": _kind(
        "a group of settings", "write its settings below it, indented by two spaces."
    ),
}


def _shown(error: ErrorDetails) -> str:
    value = error["input"]
    if isinstance(value, dict):
        return "a group of settings"
    return "a list" if isinstance(value, list) else f'"{brief(str(value))}"'


def _name(path: tuple[str | int, ...]) -> str:
    steps = (str(step + 1) if isinstance(step, int) else brief(step) for step in path)
    return ".".join(steps) or "the file"
