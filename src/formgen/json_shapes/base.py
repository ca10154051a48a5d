"""What all shapes have, and the shape of a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

FORMAT: Literal[1] = 1


class Shape:
    """Has its fields described by the texts below them."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"use_attribute_docstrings": True}


@dataclass(frozen=True)
class FilePlace(Shape):
    """A spot in a file."""

    file: str
    """The file, as seen from the folder that formgen was started in if it lies below it."""
    line: int
    """The line, from 1; 0 is the whole file."""
    column: int
    """The column, from 1; 0 is the whole line."""


@dataclass(frozen=True)
class FindingShape(Shape):
    """One problem."""

    place: FilePlace
    """Where it is."""
    code: str
    """What kind of problem it is."""
    message: str
    """What is wrong."""
    fix: str
    """What to do about it; may be empty."""
    severity: Literal["error", "warning"]
    """Whether it keeps something from being built."""
    policy: bool
    """Whether formgen refuses, whatever is corrected."""
    details: list[str]
    """Lines that help to see it, such as a difference."""
