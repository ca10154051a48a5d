"""Lists of people as tables: read, look at what was pasted, save, and what was made for whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from formgen.api.rosters import composer_of

if TYPE_CHECKING:
    from formgen.drafts.people import Grid, List


def read_list(place: Path) -> List:
    """Return the list of people of a sound local. Raises InputError."""
    from formgen.drafts import people

    return people.read_list(composer_of(place))


def look_at_list(place: Path, pasted: str = "", name: str = "", data: bytes = b"") -> List:
    """Return what was copied from a spreadsheet, or a file, as a list; nothing is kept of it."""
    from formgen.drafts import people

    composer = composer_of(place)
    if data:
        return people.look_at_file(composer, name, data)
    return people.look_at_rows(composer, people.rows_of_paste(pasted))


def look_at_rows(place: Path, rows: Grid) -> List:
    """Return rows as a list of people of a sound local. Raises InputError."""
    from formgen.drafts import people

    return people.look_at_rows(composer_of(place), rows)


def save_list(place: Path, digest: str, rows: Grid) -> str:
    """Write rows as the list of a local, and return its hash.

    Raises InputError, OSError, and ChangedMeanwhileError if somebody else wrote there.
    """
    from formgen.drafts import people

    return people.save_rows(composer_of(place), digest, rows)


def save_list_file(place: Path, digest: str, name: str, data: bytes) -> str:
    """Write a file as the list of a local in place of the one there is; raises as `save_list`."""
    from formgen.drafts import people

    return people.save_file(composer_of(place), digest, name, data)
