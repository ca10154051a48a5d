"""What the parts of an SVG refer to: nothing that leads back to itself, nothing that multiplies."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from formgen.sources.pictures.svg_allowed import OWN_ADDRESS

# What is drawn when each part is drawn wherever it is used.
_MOST_DRAWN = 50_000
_DEEPEST = 300


def unsafe_reference(root: ET.Element) -> str:
    """Say what is wrong with the references in an SVG, or nothing."""
    named: dict[str, ET.Element] = {}
    for element in root.iter():
        name = element.get("id")
        if name:
            named.setdefault(name, element)
    try:
        drawn = _Counter(named).drawn(root, 0)
    except _CircleError as problem:
        return str(problem)
    return f"draws more than {_MOST_DRAWN} parts" if drawn > _MOST_DRAWN else ""


class _CircleError(Exception):
    pass


class _Counter:
    """Counts what is drawn of each element, each looked at once."""

    def __init__(self, named: dict[str, ET.Element]) -> None:
        self.named = named
        self.known: dict[ET.Element, int] = {}
        self.open: set[ET.Element] = set()

    def drawn(self, element: ET.Element, depth: int) -> int:
        if element in self.known:
            return self.known[element]
        if element in self.open:
            message = "holds a part that refers to itself"
            raise _CircleError(message)
        if depth > _DEEPEST:
            message = "is nested too deep"
            raise _CircleError(message)
        self.open.add(element)
        used = (self.named[name] for name in references(element) if name in self.named)
        count = 1 + sum(self.drawn(each, depth + 1) for each in (*element, *used))
        self.open.remove(element)
        # Enough to be refused; larger numbers would only grow.
        self.known[element] = min(count, _MOST_DRAWN + 1)
        return self.known[element]


def references(element: ET.Element) -> Iterator[str]:
    """Yield the ids that an element refers to."""
    for name, value in element.attrib.items():
        if name.rpartition("}")[2].rpartition(":")[2] == "href" and value.startswith("#"):
            yield value[1:]
        elif "(" in value:
            yield from (a or b or c for a, b, c in OWN_ADDRESS.findall(value))
