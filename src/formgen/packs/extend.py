"""Let a local build on a pack: `extends` in its `local.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from formgen.build.publish import write_file
from formgen.findings import InputError
from formgen.sources.layers import Stack, read_stack
from formgen.sources.tree import Node

# `extends` was written, is there already, or must be changed by hand.
Extended = Literal["written", "there", "missing"]


def extend(local_yaml: Path, tree: Node, pack: str) -> Extended:
    """Write `extends` into a `local.yaml` that has none, below its `id`."""
    if tree.get("extends") is not None:
        read = read_or_none(local_yaml)
        return "there" if read and pack in {layer.name for layer in read[0].layers} else "missing"
    identity = tree.get("id")
    if identity is None or identity.key_place is None or identity.key_place.column != 1:
        return "missing"
    with local_yaml.open(encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    lines.insert(identity.place.line, f"extends: {pack}{ending}")
    write_file(local_yaml, "\n".join(lines).encode("utf-8"))
    return "written"


def read_or_none(local_yaml: Path) -> tuple[Stack, Node] | None:
    """Return the stack and settings of a local, or none if it asks for a pack that is not there."""
    try:
        return read_stack(local_yaml)
    except InputError:
        return None
