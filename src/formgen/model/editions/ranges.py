"""Whether packs lie on editions of each other that they ask for, and were tried with."""

from __future__ import annotations

from collections.abc import Iterator

from formgen.codes import Code
from formgen.findings import Finding, Place, brief
from formgen.model.editions.record import read_record
from formgen.model.pack import fits, numbered
from formgen.sources.layers import Layer, Stack
from formgen.sources.pack_files.requirement import Requirement, asked_for
from formgen.sources.paths import PACK_FILE
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node

# Who asks, if it is no pack.
_LOCAL = "this local"


def check_ranges(stack: Stack, own: Node) -> Iterator[Finding]:
    """Yield a finding for each layer that asks for another edition of the pack below it."""
    who, tree = _LOCAL, own
    for layer in stack.layers[1:-1]:
        asked, facts = asked_for(tree), _facts(layer)
        if asked and asked[0].pack == layer.name:
            found = out_of_range(who, asked[0], facts.text("edition"), asked[1].place)
            if found:
                yield found
        who, tree = f"pack {layer.name} {facts.text('edition')}".rstrip(), facts


def _facts(layer: Layer) -> Node:
    file = layer.file(PACK_FILE)
    return read_yaml(file, layer.name) if file else Node({}, Place(layer.folder))


def out_of_range(who: str, asked: Requirement, edition: str, place: Place) -> Finding | None:
    """Return the finding for a pack whose edition is not one that is asked for, or None."""
    if not asked.editions or fits(asked.editions, edition):
        return None
    has = f"and edition {edition} is installed" if edition else "and the one here has no edition"
    message = f"{who} builds on {asked.pack} {brief(asked.editions)}, {has}."
    otherwise = "change the range" if who == _LOCAL else "ask its publisher for a wider range"
    fix = f"install an edition of {asked.pack} that will do, or {otherwise}."
    return Finding(place, Code.PACK_RANGE, message, fix)


def check_tried(stack: Stack) -> Iterator[Finding]:
    """Yield a warning for each edition of a pack that an installed one above was not tried with."""
    for depth, layer in enumerate(stack.layers[1:-1], 1):
        record = read_record(layer) if layer.only is not None else None
        here = editions_below(Stack(stack.layers[depth:])) if record and record.tried_with else {}
        for name, edition in record.tried_with.items() if record else ():
            if name in here and numbered(here[name]) != numbered(edition):
                facts = _facts(layer)
                message = f"pack {layer.name} {facts.text('edition')} was tried with {brief(name)}"
                message += f" {brief(edition)}, and edition {brief(here[name])} is installed."
                fix = "look at your papers; its publisher may have a newer edition."
                place = facts.nearest(("extends",)).place
                yield Finding(place, Code.UNTRIED_EDITION, message, fix)


def editions_below(stack: Stack) -> dict[str, str]:
    """Return the edition of each pack that the nearest layer builds on, where it has one."""
    found = {layer.name: _facts(layer).text("edition") for layer in stack.layers[1:-1]}
    return {name: edition for name, edition in found.items() if edition}
