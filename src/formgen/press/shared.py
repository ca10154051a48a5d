"""Store what is the same once: the fonts, pictures and pages of files that were bound together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf


class Shared:
    """Finds the one object of a file that stands for all that are equal to it.

    Those that nothing refers to any more are not written.
    """

    def __init__(self) -> None:
        """Know of no object yet."""
        self._by_content: dict[bytes, Any] = {}
        self._known: dict[tuple[int, int], Any] = {}

    def one(self, thing: Any) -> Any:
        """Return what stands for an object; what it refers to is shared first."""
        import pikepdf

        if not isinstance(thing, pikepdf.Object) or not thing.is_indirect:
            self.inside(thing)
            return thing
        known = self._known.get(thing.objgen)
        if known is not None:
            return known
        # In a circle, an object stands for itself.
        self._known[thing.objgen] = thing
        self.inside(thing)
        found = self._by_content.setdefault(_digest(thing), thing)
        self._known[thing.objgen] = found
        return found

    def inside(self, thing: Any) -> None:
        """Share what an object refers to, and leave the object alone."""
        for key, value in _references(thing):
            found = self.one(value)
            if found is not value:
                thing[key] = found


def _references(thing: Any) -> Iterator[tuple[Any, pikepdf.Object]]:
    import pikepdf

    held: Any = ()
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        held = thing.items()
    # Long arrays of numbers are not worth a look at each of them.
    elif isinstance(thing, pikepdf.Array) and b" R" in _facts(thing):
        held = enumerate(thing)
    holders = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)
    yield from [(key, value) for key, value in held if isinstance(value, holders)]


def _digest(thing: pikepdf.Object) -> bytes:
    import pikepdf

    data = thing.read_raw_bytes() if isinstance(thing, pikepdf.Stream) else b""
    return hashlib.sha256(_facts(thing) + b"\0" + data).digest()


def _facts(thing: Any) -> bytes:
    """Return an object as it is written, without the data of a stream."""
    import pikepdf

    if isinstance(thing, pikepdf.Stream):
        return pikepdf.Dictionary(dict(thing.items())).unparse()
    whole: bytes = thing.unparse(resolved=True)
    return whole
