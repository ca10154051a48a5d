"""Values that can be found again on the page where they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

# Private-use characters, which no input may hold, around a setting's name and its value.
_OPEN, _BETWEEN, _CLOSE = "\ue003", "\ue004", "\ue005"
_MARK = re.compile(f"({_OPEN}[^{_BETWEEN}]*{_BETWEEN}|{_CLOSE})")


class Marked(str):
    """A value that is as any other text, but is printed between marks."""

    __slots__ = ("setting",)
    setting: str

    def __new__(cls, text: str, setting: str) -> Self:
        """Return the text as a value of a setting."""
        made = super().__new__(cls, text)
        made.setting = setting
        return made

    def __str__(self) -> str:
        """Return what is printed."""
        return f"{_OPEN}{self.setting}{_BETWEEN}{super().__str__()}{_CLOSE}"


class MarkedNumber(int):
    """A number that is as any other, but is printed between marks."""

    setting: str

    def __new__(cls, number: int, setting: str) -> Self:
        """Return the number as a value of a setting."""
        made = super().__new__(cls, number)
        made.setting = setting
        return made

    def __str__(self) -> str:
        """Return what is printed."""
        return f"{_OPEN}{self.setting}{_BETWEEN}{int(self)}{_CLOSE}"


def unmarked(value: Any) -> Any:
    """Return a value as what it is when nothing is marked."""
    if isinstance(value, MarkedNumber):
        return int(value)
    return "".join(value) if isinstance(value, Marked) else value


def marked_like(value: Any, text: str) -> str:
    """Return a text that was made of a value, marked if that is."""
    is_marked = text and isinstance(value, (Marked, MarkedNumber))
    return Marked(text, value.setting) if is_marked else text


@dataclass(frozen=True)
class Part:
    """A piece of a text: a value of a setting, or what stands between values."""

    text: str
    # Of a value: the setting that it is of.
    setting: str = ""


def parts_of(text: str) -> Iterator[Part]:
    """Yield the pieces of a text with marks."""
    setting, depth = "", 0
    for piece in _MARK.split(text):
        if piece.startswith(_OPEN):
            setting, depth = (piece[1:-1], 1) if not depth else (setting, depth + 1)
        elif piece == _CLOSE:
            depth -= 1
            setting = setting if depth > 0 else ""
        elif piece:
            yield Part(piece, setting)


def without_marks(text: str) -> str:
    """Return the text alone."""
    return _MARK.sub("", text)
