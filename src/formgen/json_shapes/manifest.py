"""The shape of `manifest.json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formgen.json_shapes.base import Shape


@dataclass(frozen=True)
class ManifestFile(Shape):
    """A file of a kit."""

    path: str
    """Its path in the kit's folder."""
    sha256: str
    """The SHA-256 of its bytes, in hexadecimal."""
    bytes: int
    """How many bytes it has."""
    document: str
    """The id of its document; empty if it is of none."""
    variant: str
    """The id of the output that it is."""
    privacy: Literal["", "public", "program", "archive", "private"]
    """Who may see it."""
    pages: int
    """How many pages it has; 0 if it has none."""
    sources: list[str]
    """The files that its words come from, as `layer:path`."""
    state: str
    """A hash of all that it may be made from: another one tells that this has changed."""


@dataclass(frozen=True)
class ManifestPack(Shape):
    """A pack that a kit is built on."""

    id: str
    """The pack's id."""
    name: str
    """The pack's name."""
    edition: str
    """The pack's own edition, whatever the local calls its own."""
    sha256: str
    """The SHA-256 of the archive that it was installed from; empty if it was not installed."""
    key: str
    """The public key that signed it; empty if nobody did."""


@dataclass(frozen=True)
class OwnFileShape(Shape):
    """A local's own file that replaces another one, or adds to it."""

    path: str
    """Its path in the local's folder."""
    of: str
    """The id of the pack whose file that is; `base` is formgen itself."""


@dataclass(frozen=True)
class HiddenSettingShape(Shape):
    """A setting to which a local gives another value than a pack does."""

    name: str
    """Its dotted name."""
    value: str
    """The local's value."""
    hidden: str
    """The pack's value."""
    of: str
    """The id of that pack."""


@dataclass(frozen=True)
class ManifestOverrides(Shape):
    """What a local has of its own in place of what it builds on."""

    files: list[OwnFileShape]
    """Its own files, in the order of their paths."""
    settings: list[HiddenSettingShape]
    """Its own settings that hide a pack's."""


@dataclass(frozen=True)
class ManifestFinding(Shape):
    """Something that was wrong when a kit was built."""

    severity: Literal["error", "warning"]
    """Whether it kept something from being built."""
    message: str
    """What is wrong, and what to do about it, in plain words without a place."""


@dataclass(frozen=True)
class Manifest(Shape):
    """What `manifest.json` says of a kit."""

    format: Literal[1]
    """The version of this shape."""
    formgen: str
    """The version of formgen that made it."""
    id: str
    """The local's id."""
    name: str
    """The local's name."""
    edition: str
    """The edition that stands on its pages."""
    packs: list[ManifestPack]
    """The packs that it is built on, nearest first."""
    overrides: ManifestOverrides
    """What the local has of its own in place of theirs."""
    findings: list[ManifestFinding]
    """What was found when it was built."""
    files: list[ManifestFile]
    """Every file of the kit but the manifest itself, in the order of their paths."""
