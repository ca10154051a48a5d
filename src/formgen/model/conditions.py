"""Conditions of packs on settings: XLSForm's `relevant`, as a Jinja expression."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from formgen.findings import brief

# Compiling takes the cube of the depth, so a long condition could keep a run busy for minutes.
LONGEST = 150

# What a sandboxed expression can raise, or Python when it compiles one that is nested too deeply.
_PROBLEMS = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    SyntaxError,
    MemoryError,
)


# The name in what Jinja says of one that there is not.
_NAME = re.compile(r"^'(\w+)' is undefined$|has no attribute '(\w+)'$")


@functools.cache
def _compiled(expression: str) -> Callable[..., Any]:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    environment.globals.clear()
    return environment.compile_expression(expression, undefined_to_none=False)


def holds(expression: str, values: Mapping[str, Any]) -> bool:
    """Tell whether a condition holds for the settings; an empty one always does.

    Raises ValueError with a plain sentence if the expression is not valid.
    """
    if not expression:
        return True
    if len(expression) > LONGEST:
        message = f'the condition "{brief(expression)}" is longer than {LONGEST} characters.'
        raise ValueError(message)
    try:
        return bool(_compiled(expression)(**values))
    except _PROBLEMS as problem:
        message = f'the condition "{brief(expression)}" does not work: {_reason(problem)}.'
        raise ValueError(message) from None


def _reason(problem: Exception) -> str:
    """Return what is wrong with a condition, for someone who does not know Jinja."""
    said = brief(str(problem), 200).rstrip(".")
    named = _NAME.search(said)
    if isinstance(problem, UndefinedError) and named:
        return f'there is no setting "{named[1] or named[2]}"'
    if isinstance(problem, TemplateSyntaxError):
        return f"it is one setting, or what a setting is: a == 'b', not a = b ({said})"
    return said
