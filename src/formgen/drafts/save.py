"""Save changes of a local's settings, and nothing that somebody else wrote meanwhile."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.build.publish import write_file
from formgen.drafts.draft import Change, changed_text
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.sources.edit.drafts import data_of, text_of
from formgen.sources.paths import local_file
from formgen.sources.text_files import read_text


class ChangedMeanwhileError(Exception):
    """Raised where a file is not any more what the changes were made to; nothing was written."""

    def __init__(self, text: str, digest: str) -> None:
        """Keep what stands in the file now."""
        super().__init__(digest)
        self.text, self.digest = text, digest

    def __reduce__(self) -> tuple[type[ChangedMeanwhileError], tuple[str, str]]:
        """Come back whole from another process."""
        return type(self), (self.text, self.digest)


@dataclass(frozen=True)
class Saved:
    """The text of a file before and after it was saved, and the hash of what it is now."""

    before: str
    after: str
    digest: str


def save(
    place: Path, digest: str, changes: Sequence[Change], waiting: Waiting = wait_silently
) -> Saved:
    """Write changes into a local's settings, if they still have this hash.

    Raises InputError for what cannot be written there, ChangedMeanwhileError, and OSError.
    """
    file = local_file(place)
    with locked(file.parent, waiting):
        data, before = _read(file, digest)
        after = changed_text(before, file, changes)
        return _written(file, data, before, after)


def restore(place: Path, digest: str, text: str, waiting: Waiting = wait_silently) -> Saved:
    """Write a text that stood in a local's file before, if that still has this hash.

    Raises ChangedMeanwhileError and OSError.
    """
    file = local_file(place)
    with locked(file.parent, waiting):
        data, before = _read(file, digest)
        return _written(file, data, before, text)


def difference(before: str, after: str) -> list[str]:
    """Return the lines that differ, each with + or - in front, and a line around them."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def _read(file: Path, digest: str) -> tuple[bytes, str]:
    data = file.read_bytes()
    read_text(file)
    text, now = text_of(data), hashlib.sha256(data).hexdigest()
    if now != digest:
        raise ChangedMeanwhileError(text, now)
    return data, text


def _written(file: Path, data: bytes, before: str, after: str) -> Saved:
    made = data_of(after, data)
    write_file(file, made)
    return Saved(before, after, hashlib.sha256(made).hexdigest())
