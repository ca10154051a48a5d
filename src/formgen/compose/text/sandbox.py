"""The sandbox that words and templates are rendered in: no way out, and nothing that explodes."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Sized
from typing import Any

from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from formgen.codes import Code
from formgen.compose.text.limits import MOST_LETTERS, MOST_ON_A_PAGE
from formgen.compose.text.problems import BadReferenceError

_MOST_BITS = 10_000


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own, in which no sum makes a text or a number that fills the memory."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether words may ask for an attribute, as Jinja does.

        Jinja looks at the type and the name alone, hundreds of thousands of times a kit.
        """
        key = (type(obj), attr)
        safe = self._safe.get(key)
        if safe is None:
            safe = self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return safe

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Put the parts of a text together, as long as it is not far too long."""
        kept: list[str] = []
        length = 0
        for part in parts:
            length += len(part)
            if length > MOST_ON_A_PAGE:
                problem = _too_long(MOST_ON_A_PAGE)
                # Raised where the template is at work, which tells its line.
                if isinstance(parts, Generator):
                    parts.throw(problem)
                raise problem
            kept.append(part)
        return "".join(kept)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out a product or a power, unless it is far too large."""
        if _is_huge(operator, left, right):
            raise _too_long(MOST_LETTERS)
        return super().call_binop(context, operator, left, right)


def _is_huge(operator: str, left: Any, right: Any) -> bool:
    if operator == "**":
        numbers = isinstance(left, int) and isinstance(right, int)
        return numbers and abs(right) * math.log2(abs(left) + 1) > _MOST_BITS
    for each, times in ((left, right), (right, left)):
        if isinstance(each, Sized) and isinstance(times, int):
            return len(each) * times > MOST_LETTERS
    return False


def in_length(text: str, most: int = MOST_LETTERS) -> str:
    """Return a text that is not too long; raise BadReferenceError for another."""
    if len(text) > most:
        raise _too_long(most)
    return text


def _too_long(most: int) -> BadReferenceError:
    message = f"this makes a text of more than {most:,} letters."
    return BadReferenceError(Code.TOO_LONG, message, "look for what repeats something very often.")
