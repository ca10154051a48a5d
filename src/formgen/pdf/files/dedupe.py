"""Store what is the same once: the fonts, pictures and pages of files that were bound together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pikepdf

# Within an object as it is written, this leads to another one.
_REFERS = b" R"


class SharedObjects:
    """Finds the one object of a file that stands for all that are equal to it.

    Those that nothing refers to any more are not written.
    """

    def __init__(self) -> None:
        """Know of no object yet."""
        self._by_content: dict[bytes, Any] = {}
        self._known: dict[tuple[int, int], Any] = {}

    def one(self, thing: Any) -> Any:
        """Return what stands for an object; what it refers to is shared first."""
        if not isinstance(thing, pikepdf.Object) or not thing.is_indirect:
            self.inside(thing)
            return thing
        known = self._known.get(thing.objgen)
        if known is not None:
            return known
        # In a circle, an object stands for itself.
        self._known[thing.objgen] = thing
        facts = _facts(thing)
        if _REFERS in facts:
            self.inside(thing)
            facts = _facts(thing)
        found = self._by_content.setdefault(_digest(thing, facts), thing)
        self._known[thing.objgen] = found
        return found

    def inside(self, thing: Any) -> None:
        """Share what an object refers to, and leave the object alone."""
        for key, value in _references(thing):
            found = self.one(value)
            if found is not value:
                thing[key] = found


def _references(thing: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the objects that an object holds or refers to, and what it knows them by."""
    # Neither leaves nor long arrays of numbers are worth a look at all that they hold.
    if not isinstance(thing, pikepdf.Object) or _REFERS not in _facts(thing):
        return
    held: Any = enumerate(thing) if isinstance(thing, pikepdf.Array) else thing.items()
    holders = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)
    yield from [(key, value) for key, value in held if isinstance(value, holders)]


def _digest(thing: pikepdf.Object, facts: bytes) -> bytes:
    data = thing.read_raw_bytes() if isinstance(thing, pikepdf.Stream) else b""
    return hashlib.sha256(facts + b"\0" + data).digest()


def _facts(thing: Any) -> bytes:
    """Return an object as it is written, without the data of a stream."""
    if isinstance(thing, pikepdf.Stream):
        return thing.stream_dict.unparse()
    whole: bytes = thing.unparse(resolved=True)
    return whole
