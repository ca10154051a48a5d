"""Give a local words of its own, take them back, and tell what it says differently."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from formgen.folder_lock import Waiting, wait_silently

if TYPE_CHECKING:
    from formgen.own.copying import Copied, GivenBack
    from formgen.own.look import Difference


def own(place: Path, document: str, *, waiting: Waiting = wait_silently) -> Copied:
    """Copy the words of a document, or of a chapter, into a local; nothing is overwritten.

    ``document`` is an id, a code, or a chapter such as `manual/30-why`. Raises InputError, also
    for what a pack locks.
    """
    from formgen.own import copying

    return copying.own(place, document, waiting)


def give_back(place: Path, document: str, *, waiting: Waiting = wait_silently) -> GivenBack:
    """Put a local's own words of a document away, so that those below count again.

    What nobody changed is deleted, the rest is kept. Raises InputError.
    """
    from formgen.own import copying

    return copying.give_back(place, document, waiting)


def diff(place: Path) -> list[Difference]:
    """Return what a local says differently from what it builds on. Raises InputError."""
    from formgen.own.differences import differences

    return differences(place)
