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
        stack = stack_or_none(local_yaml)
        return "there" if stack and pack in {layer.name for layer in stack.layers} else "missing"
    identity = tree.get("id")
    if identity is None or identity.key_place is None or identity.key_place.column != 1:
        return "missing"
    with local_yaml.open(encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    lines.insert(identity.place.line, f"extends: {pack}{ending}")
    write_file(local_yaml, "\n".join(lines).encode("utf-8"))
    return "written"


def stack_or_none(local_yaml: Path) -> Stack | None:
    """Return the stack before a first pack; none if the local asks for that very pack already."""
    try:
        return read_stack(local_yaml)[0]
    except InputError:
        return None
