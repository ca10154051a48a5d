"""The shape of what `formgen register` prints with `--json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formgen.json_shapes.base import FindingShape, Shape


@dataclass(frozen=True)
class RegisteredLocal(Shape):
    """A row without a local."""

    number: str
    """The local's number."""
    name: str
    """The local's name."""
    folder: str
    """The folder that it gets."""


@dataclass(frozen=True)
class ChangedSetting(Shape):
    """A setting whose cell says something else than it did."""

    setting: str
    """The setting, such as `local.president`."""
    before: str | list[str]
    """What the local's file said; empty if it said nothing."""
    after: str | list[str]
    """What it says then."""


@dataclass(frozen=True)
class ChangedLocalShape(Shape):
    """A local whose file is changed."""

    number: str
    """The local's number."""
    name: str
    """The local's name."""
    folder: str
    """Its folder."""
    settings: list[ChangedSetting]
    """What is changed in it."""


@dataclass(frozen=True)
class LeftLocalShape(Shape):
    """A local without a row."""

    number: str
    """The local's number."""
    name: str
    """The local's name."""
    folder: str
    """Its folder."""
    moved_to: str
    """Where its folder is now; empty if it stayed."""
    people: list[str]
    """Its lists of people, and the folder of papers that were made for them."""


@dataclass(frozen=True)
class RegisterOutput(Shape):
    """What `formgen register --json` prints."""

    format: Literal[1]
    """The version of this shape."""
    exit: int
    """The exit code."""
    done: bool
    """Whether anything was written: not after an error, and not in a dry run."""
    new: list[RegisteredLocal]
    """The rows without a local, for each of which one is made."""
    changed: list[ChangedLocalShape]
    """The locals whose rows say something new."""
    left: list[LeftLocalShape]
    """The locals without a row."""
    unnumbered: list[str]
    """The `local.yaml` of each local that has no number, which are left alone."""
    findings: list[FindingShape]
    """What is wrong with the sheet and the locals."""
