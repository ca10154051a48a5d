"""Places that hold wherever the layers lie: the number of a layer, and a path below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from formgen.findings import Finding, Place
from formgen.sources.layers import Stack

_LAYER = "@"


def layer_place(place: Place, *stacks: Stack) -> Place:
    """Return a place by its layer in the first of these stacks that holds it; else as it is."""
    for stack in stacks:
        for number, layer in enumerate(stack.layers):
            if place.file.is_relative_to(layer.folder):
                file = Path(f"{_LAYER}{number}", place.file.relative_to(layer.folder))
                return replace(place, file=file)
    return place


def layer_file(number: int, path: str) -> Place:
    """Return the place of a file of a layer, by the layer's number."""
    return Place(Path(f"{_LAYER}{number}", path))


def disk_place(place: Place, stack: Stack) -> Place:
    """Return a place by its layer as the place on the disk that it means now."""
    first, *rest = place.file.parts or ("",)
    number = first.removeprefix(_LAYER)
    if number == first or not number.isdecimal() or int(number) >= len(stack.layers):
        return place
    return replace(place, file=stack.layers[int(number)].folder.joinpath(*rest))


def by_layers(findings: Iterable[Finding], *stacks: Stack) -> tuple[Finding, ...]:
    """Return findings whose places hold wherever the layers lie."""
    return tuple(replace(each, place=layer_place(each.place, *stacks)) for each in findings)


def on_disk(findings: Iterable[Finding], stack: Stack) -> list[Finding]:
    """Return findings with the places on the disk that they mean now."""
    return [replace(each, place=disk_place(each.place, stack)) for each in findings]
