"""Conditions of packs on settings: XLSForm's `relevant`, as a Jinja expression."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment


@functools.cache
def _compiled(expression: str) -> Callable[..., Any]:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    return environment.compile_expression(expression, undefined_to_none=False)


def holds(expression: str, values: Mapping[str, Any]) -> bool:
    """Tell whether a condition holds for the settings; an empty one always does.

    Raises ValueError with a plain sentence if the expression is not valid.
    """
    if not expression:
        return True
    try:
        return bool(_compiled(expression)(**values))
    except (TemplateError, TypeError, ArithmeticError) as problem:
        message = f'the condition "{expression}" does not work: {problem}.'
        raise ValueError(message) from None
