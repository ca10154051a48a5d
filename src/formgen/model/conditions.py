"""Conditions of packs on settings: XLSForm's `relevant`, as a Jinja expression."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
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
        why = brief(str(problem), 200).rstrip(".")
        message = f'the condition "{brief(expression)}" does not work: {why}.'
        raise ValueError(message) from None
