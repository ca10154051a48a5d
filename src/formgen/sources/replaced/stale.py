"""Own files that miss something: what they replace has changed since they were made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.files import File
from formgen.sources.layers import BASE, Layer, Stack
from formgen.sources.replaced.basis import Basis, Replaced, basis_of, read_bases, replaced_at
from formgen.sources.replaced.file_diff import difference, says_the_same, text_of

_MOST_LINES = 40


def check_stale(stack: Stack) -> Iterator[Finding]:
    """Yield a warning for each file of a local, or of its packs, that misses what changed below it.

    An installed pack is its publisher's to review, who is told when it is built.
    """
    for depth, layer in enumerate(stack.layers[:-1]):
        if layer.only is None:
            try:
                yield from stale_files(Stack(stack.layers[depth:]), read_bases(layer))
            except InputError as problem:
                yield from problem.findings


def stale_files(stack: Stack, bases: Mapping[str, Basis]) -> Iterator[Finding]:
    """Yield a warning for each file of the nearest layer that was made from what is below no more.

    ``bases`` says what each was made from.
    """
    for path, basis in bases.items():
        mine = stack.local.file(path)
        if mine is None:
            continue
        below = replaced_at(stack, path)
        if below is None:
            message = "the file that this one replaces was removed."
            fix = "keep yours or delete it, then run `formgen pack review` on it."
            yield Finding(Place(mine.path), Code.STALE_OVERLAY, message, fix)
            continue
        missed = _missed(path, basis, below, mine)
        if missed:
            yield Finding(
                Place(mine.path),
                Code.STALE_OVERLAY,
                f"{owner_of(below.layer)} changed what this file replaces.",
                "take over what you like, then run `formgen pack review` on it.",
                details=missed,
            )


def owner_of(layer: Layer) -> str:
    """Name whose files a layer's are."""
    return "formgen" if layer.name == BASE else f"pack {layer.name}"


def _missed(path: str, basis: Basis, below: Replaced, mine: File) -> tuple[str, ...]:
    """Return what changed below since a file was made, unless that says the same by now."""
    if basis_of(path, below.data).sha256 == basis.sha256:
        return ()
    now, said = text_of(path, below.data), text_of(path, mine.read_bytes())
    if now is None:
        return () if below.data == mine.read_bytes() else ("It is another picture.",)
    if said is not None and says_the_same(path, said, now):
        return ()
    if basis.text is None:
        return ("How it was is not known.",)
    shown = difference(path, basis.text, now)
    more = len(shown) - _MOST_LINES
    return (*shown[:_MOST_LINES], *([f"… and {more} lines more"] if more > 0 else []))
