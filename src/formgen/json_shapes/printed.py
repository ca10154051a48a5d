"""The shapes of what commands print with `--json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formgen.json_shapes.base import FindingShape, Shape


@dataclass(frozen=True)
class SentencePart(Shape):
    """A piece of a sentence: a value, or what stands around values."""

    text: str
    """What is printed."""
    setting: str
    """The setting whose value it is; or empty."""


@dataclass(frozen=True)
class ReadSentence(Shape):
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
class CheckOutput(Shape):
    """What `formgen check --json` prints."""

    format: Literal[1]
    """The version of this shape."""
    findings: list[FindingShape]
    """All that is wrong, in the order of files and lines."""
    sentences: list[ReadSentence]
    """With `--read`, every sentence that holds a value, by document; none if there is a mistake."""


@dataclass(frozen=True)
class BuiltLocal(Shape):
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
class BuildOutput(Shape):
    """What `formgen build --json` prints."""

    format: Literal[1]
    """The version of this shape."""
    exit: int
    """The exit code."""
    seconds: float
    """How long it took."""
    locals: list[BuiltLocal]
    """What became of each local, in the order in which they were named or found."""
    pruned: list[str]
    """The folders of kits that were taken away with `--prune`, since their locals are gone."""


@dataclass(frozen=True)
class RosterRow(Shape):
    """A row of the roster."""

    row: int
    """Its number in the file."""
    id: str
    """The id of its people; it tells nothing about them."""


@dataclass(frozen=True)
class PeopleFile(Shape):
    """A file that was made for people."""

    path: str
    """Its path in the folder, with ids for names: `all/` holds the files for the printer."""
    document: str
    """The id of its document."""
    pages: int
    """How many pages it has."""


@dataclass(frozen=True)
class PeopleOutput(Shape):
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
class ListedDocument(Shape):
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
class ListedPacket(Shape):
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
class ListedPromise(Shape):
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
class DifferenceShape(Shape):
    """One thing that a local says differently from what it builds on."""

    group: Literal["words", "settings", "forms", "promises", "documents", "packets", "looks"]
    """What kind of thing it is."""
    name: str
    """What it is called: a document, a setting, a packet, a file."""
    file: str
    """Its file, as a path in the local's folder; empty if it has none of its own."""
    lines: list[str]
    """What differs: `[-words-]` are below, `{+words+}` are here."""


@dataclass(frozen=True)
class DiffOutput(Shape):
    """What `formgen diff --json` prints."""

    format: Literal[1]
    """The version of this shape."""
    differences: list[DifferenceShape]
    """All that the local says differently; empty if that is nothing."""


@dataclass(frozen=True)
class SeenThing(Shape):
    """One thing that formgen needs of a machine."""

    name: str
    """What was looked at."""
    seen: str
    """What was found."""
    remedy: str
    """What mends it; empty if it is well."""
