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
    files: list[ManifestFile]
    """Every file of the kit but the manifest itself, in the order of their paths."""
