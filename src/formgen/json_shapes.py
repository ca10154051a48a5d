"""The shapes of what programs read, `--json` and `manifest.json`: their fields, and JSON Schemas.

A shape that changes so that a program could break gets another `format`; keys may be added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

FORMAT: Literal[1] = 1


class _Shape:
    """Has its fields described by the texts below them."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"use_attribute_docstrings": True}


@dataclass(frozen=True)
class FilePlace(_Shape):
    """A spot in a file."""

    file: str
    """The file, as seen from the folder that formgen was started in if it lies below it."""
    line: int
    """The line, from 1; 0 is the whole file."""
    column: int
    """The column, from 1; 0 is the whole line."""


@dataclass(frozen=True)
class FindingShape(_Shape):
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


@dataclass(frozen=True)
class SentencePart(_Shape):
    """A piece of a sentence: a value, or what stands around values."""

    text: str
    """What is printed."""
    setting: str
    """The setting whose value it is; or empty."""


@dataclass(frozen=True)
class ReadSentence(_Shape):
    """A sentence that holds a value of a local's own."""

    local: str
    """The `local.yaml` of the local."""
    document: str
    """The document's id."""
    code: str
    """The document's code."""
    title: str
    """The document's title."""
    parts: list[SentencePart]
    """Its pieces, in order."""


@dataclass(frozen=True)
class CheckOutput(_Shape):
    """What `formgen check --json` prints."""

    format: Literal[1]
    """The version of this shape."""
    findings: list[FindingShape]
    """All that is wrong, in the order of files and lines."""
    sentences: list[ReadSentence]
    """With `--read`, every sentence that holds a value, by document; none if there is a mistake."""


@dataclass(frozen=True)
class BuiltLocal(_Shape):
    """What became of one local."""

    local: str
    """Its `local.yaml`."""
    id: str
    """Its id; empty if it could not be read."""
    name: str
    """Its name; empty if it could not be read."""
    edition: str
    """Its edition; empty if it could not be read."""
    state: Literal["built", "unchanged", "partly", "failed"]
    """What became of it: all built, nothing changed, some of it failed, or nothing was built."""
    documents: int
    """How many documents its kit has."""
    overlays: list[str]
    """Its own files that stand in for files of its packs."""
    folder: str | None
    """The folder of its kit; null if nothing was built."""
    built: list[str]
    """The files that were asked for, as paths in the folder."""
    pages: int
    """How many pages the PDFs among them have."""
    removed: list[str]
    """The files of the build before that are not built any more, and are gone."""
    why: list[str]
    """With `--why`, why each thing was made, in words."""
    findings: list[FindingShape]
    """What is wrong with it."""


@dataclass(frozen=True)
class BuildOutput(_Shape):
    """What `formgen build --json` prints."""

    format: Literal[1]
    """The version of this shape."""
    exit: int
    """The exit code."""
    seconds: float
    """How long it took."""
    locals: list[BuiltLocal]
    """What became of each local, in the order in which they were named or found."""


@dataclass(frozen=True)
class RosterRow(_Shape):
    """A row of the roster."""

    row: int
    """Its number in the file."""
    id: str
    """The id of its people; it tells nothing about them."""


@dataclass(frozen=True)
class PeopleFile(_Shape):
    """A file that was made for people."""

    path: str
    """Its path in the folder, with ids for names: `all/` holds the files for the printer."""
    document: str
    """The id of its document."""
    pages: int
    """How many pages it has."""


@dataclass(frozen=True)
class PeopleOutput(_Shape):
    """What `formgen people --json` prints; nobody's name is in it."""

    format: Literal[1]
    """The version of this shape."""
    folder: str
    """The folder of what is made for people."""
    people: list[RosterRow]
    """The rows that documents were made for."""
    files: list[PeopleFile]
    """The files that were made."""
    mail: str
    """The path in the folder of the list for mail-merge programs; it holds names and addresses."""
    gone: list[str]
    """The ids of those for whom there are files, and who are on the roster no more."""
    earlier: list[str]
    """The paths of files that hold a name as it was before it was corrected."""
    findings: list[FindingShape]
    """What is wrong with the roster, and with what was made."""


@dataclass(frozen=True)
class ListedDocument(_Shape):
    """A document of a kit."""

    code: str
    """The code that stands on its pages."""
    id: str
    """Its id."""
    title: str
    """Its title."""
    privacy: Literal["public", "program", "archive", "private"]
    """Who may see it."""
    variants: str
    """The kinds of file that every kit has of it, with commas between them."""


@dataclass(frozen=True)
class ListedPacket(_Shape):
    """A packet of a kit."""

    code: str
    """The code that stands on its cover."""
    id: str
    """Its id."""
    title: str
    """Its title."""
    readers: str
    """For whom it is."""
    documents: str
    """The codes of what is in it, with commas between them."""


@dataclass(frozen=True)
class ListedPromise(_Shape):
    """A promise that the setting `pledges` can remove."""

    document: str
    """The id of the document that it stands in."""
    whose: str
    """Whose promise it is, as in the setting."""
    name: str
    """Its name, as in the setting."""
    text: str
    """Its words."""


@dataclass(frozen=True)
class SeenThing(_Shape):
    """One thing that formgen needs of a machine."""

    name: str
    """What was looked at."""
    seen: str
    """What was found."""
    remedy: str
    """What mends it; empty if it is well."""


@dataclass(frozen=True)
class ManifestFile(_Shape):
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
class Manifest(_Shape):
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


# The shape of each file in docs/json. A list has no room for a format of its own.
SHAPES: Mapping[str, Any] = {
    "check": CheckOutput,
    "build": BuildOutput,
    "people": PeopleOutput,
    "list": list[ListedDocument | ListedPacket],
    "promises": list[ListedPromise],
    "doctor": list[SeenThing],
    "manifest": Manifest,
}
