"""The shape of what `formgen status` prints with `--json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formgen.json_shapes.base import FindingShape, Shape
from formgen.json_shapes.manifest import HiddenSettingShape, OwnFileShape


@dataclass(frozen=True)
class ApprovalShape(Shape):
    """Who approved the finished words of something that a pack locks."""

    thing: str
    """The clause or document, such as `letter-of-understanding#disclosure`."""
    sha256: str
    """The SHA-256 of the finished words."""
    by: str
    """Who approved them."""
    role: str
    """In which role."""
    day: str
    """The day, such as `2026-11-29`."""


@dataclass(frozen=True)
class StatusPack(Shape):
    """A pack that a local builds on."""

    id: str
    """The pack's id."""
    name: str
    """The pack's name."""
    edition: str
    """The edition that the local has."""
    sha256: str
    """The SHA-256 of the archive that it was installed from; empty if it was not installed."""
    key: str
    """The public key that signed it; empty if nobody did."""
    behind: bool
    """Whether a newer edition is known."""
    notes: list[str]
    """What is new in this edition, in words for people, line by line."""
    approvals: list[ApprovalShape]
    """Who approved the words that it locks."""


@dataclass(frozen=True)
class ReviewShape(Shape):
    """The last review of an own file, or of a value in it, that somebody put a name to."""

    path: str
    """The file's path in the local's folder; after a `#` the name of a value in it."""
    by: str
    """Who took it for up to date."""
    on: str
    """The day, such as `2026-11-29`."""
    because: str
    """Why, if that was said."""


@dataclass(frozen=True)
class BuiltShape(Shape):
    """The last build of a kit."""

    on: str
    """The day on which a file of the kit was last changed, such as `2026-11-29`."""
    edition: str
    """The edition that stands on its pages."""
    packs: dict[str, str]
    """The edition of each pack that it was built on, by the pack's id."""


@dataclass(frozen=True)
class StatusLocal(Shape):
    """How one local stands; what could not be read is empty, and among the findings."""

    local: str
    """Its `local.yaml`."""
    id: str
    """Its id."""
    number: str
    """The local's number."""
    name: str
    """The local's name."""
    edition: str
    """The edition that stands on its pages, if they are built now."""
    packs: list[StatusPack]
    """The packs that it builds on, nearest first."""
    shared: bool
    """Whether its packs lie beside the locals, and serve others as well."""
    files: list[OwnFileShape]
    """Its own files that replace others, or add to them."""
    settings: list[HiddenSettingShape]
    """Its own settings that hide a pack's."""
    stale: list[str]
    """Own files that miss what changed below, and values, such as `local.yaml#archive.years`."""
    reviews: list[ReviewShape]
    """Who took which of its own files for up to date."""
    built: BuiltShape | None
    """Its last build; null if its kit is not there."""
    findings: list[FindingShape]
    """What is wrong with its settings and files; pages are looked at by `check` alone."""


@dataclass(frozen=True)
class NewestPack(Shape):
    """The newest edition of a pack that is known."""

    id: str
    """The pack's id."""
    edition: str
    """The newest edition of those that were named and those that locals have."""


@dataclass(frozen=True)
class StatusOutput(Shape):
    """What `formgen status --json` prints."""

    format: Literal[1]
    """The version of this shape."""
    exit: int
    """The exit code: 1 if any local is behind."""
    newest: list[NewestPack]
    """The newest edition of each pack, by its id."""
    locals: list[StatusLocal]
    """How each local stands, in the order in which they were named or found."""
