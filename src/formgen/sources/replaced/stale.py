"""Own files and values that miss something: what they replace has changed since they were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.files import File
from formgen.sources.layers import BASE, Layer, Stack
from formgen.sources.replaced.basis import (
    Basis,
    Replaced,
    basis_of,
    basis_of_value,
    known_bases,
    read_bases,
    replaced_at,
)
from formgen.sources.replaced.file_diff import difference, says_the_same, text_of
from formgen.sources.replaced.hidden import hidden_values
from formgen.sources.replaced.text_diff import values_changed
from formgen.sources.tree import Node

_MOST_LINES = 40


def check_stale(stack: Stack, own: Node) -> Iterator[Finding]:
    """Yield a warning for each file of a local, or of its packs, that misses what changed below it.

    ``own`` is the local's `local.yaml`, whose values are told as files are. An installed pack is
    its publisher's to review, who is told when it is built.
    """
    for depth, layer in enumerate(stack.layers[:-1]):
        if layer.only is None:
            try:
                below, bases = Stack(stack.layers[depth:]), read_bases(layer)
                yield from (
                    stale_files(below, bases) if depth else missed(below, own, bases).values()
                )
            except InputError as problem:
                yield from problem.findings


def missed(stack: Stack, own: Node, bases: Mapping[str, Basis]) -> dict[str, Finding]:
    """Return what a local's own files and values miss, by their paths and keys.

    ``own`` is its `local.yaml`, ``bases`` says what they were made from. Raises InputError.
    """
    folder = stack.local.folder
    files = {
        each.place.file.relative_to(folder).as_posix(): each for each in stale_files(stack, bases)
    }
    return {**files, **dict(_stale_values(stack, own, bases))}


def _stale_values(
    stack: Stack, own: Node, bases: Mapping[str, Basis]
) -> Iterator[tuple[str, Finding]]:
    """Yield a warning for each value of a local that hides another one than it did."""
    if not any(map(_is_value, bases)):
        return
    for key, each in hidden_values(stack, own).items():
        before = bases[key].text or "" if key in bases else each.below
        if each.below in {before, each.value}:
            continue
        message = f"{owner_of(each.layer)} changed what {each.name} hides."
        # Where nothing between says anything any more, formgen has changed nothing.
        message = f"what {each.name} hides has changed." if each.layer.name == BASE else message
        fix = "take over what you like, then run `formgen pack review FILE --by NAME`."
        old, now = ({each.name: text} if text else {} for text in (before, each.below))
        details = tuple(values_changed(old, now))
        yield key, Finding(each.place, Code.STALE_OVERLAY, message, fix, details=details)


def _is_value(key: str) -> bool:
    return "#" in key


def bases_before(stack: Stack, now: Stack, own: Node) -> dict[str, Basis]:
    """Return what a local's own files and values are made from, with other packs ``now`` below.

    Of its values, those alone whose hidden ones change. Raises InputError.
    """
    try:
        before, after = hidden_values(stack, own), hidden_values(now, own)
    except InputError:
        # A check tells what is wrong with a file of the local's.
        before, after = {}, {}
    changed = {
        key: basis_of_value(each.below)
        for key, each in before.items()
        if key in after and after[key].below != each.below
    }
    return {**changed, **known_bases(stack)}


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
            fix = "keep yours or delete it, then run `formgen pack review FILE --by NAME`."
            yield Finding(Place(mine.path), Code.STALE_OVERLAY, message, fix)
            continue
        missed = _missed(path, basis, below, mine)
        if missed:
            yield Finding(
                Place(mine.path),
                Code.STALE_OVERLAY,
                f"{owner_of(below.layer)} changed what this file replaces.",
                "take over what you like, then run `formgen pack review FILE --by NAME`.",
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
