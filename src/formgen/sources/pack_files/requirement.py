"""What `extends` asks for: a pack, and which of its editions will do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from formgen.sources.tree import Node

_PARTS = re.compile(r"\s*([^\s<>=]*)\s*(.*?)\s*", re.DOTALL)


@dataclass(frozen=True)
class Requirement:
    """A pack by its id, and a range of its editions such as `>=2027.1,<2028`; none is any."""

    pack: str
    editions: str = ""


def requirement_of(text: str) -> Requirement:
    """Return what a text after `extends` asks for: `prairie-state >=2027.1,<2028`."""
    found = _PARTS.fullmatch(text)
    return Requirement(found[1], found[2]) if found else Requirement(text)


def asked_for(tree: Node) -> tuple[Requirement, Node] | None:
    """Return what a `local.yaml` or `pack.yaml` builds on, and where it says so, if it does."""
    node = tree.get("extends")
    if node is None or not isinstance(node.value, str):
        return None
    return requirement_of(node.value), node
