"""Leave out the elements of a file's structure that say nothing, and number the rest anew.

WeasyPrint makes one for each line of text and for each tag that PDF has no word for: a third of
all objects of a manual. What they hold belongs to the element around them just as well
(ISO 32000-1, 14.8.4), and a file without them is smaller, and quicker to write and to bind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from formgen.pdf.engine.objects import PDF, Array, Dictionary, number_of, type_of
from formgen.pdf.passes.artifacts import make_artifacts

_HEADINGS = {f"/H{level}" for level in range(1, 7)}
# What holds words itself.
_WORDS = {"/P", *_HEADINGS, "/Lbl", "/LBody", "/TD", "/TH", "/Span", "/Caption"}
# What nothing but its own parts stands in.
_STRICT = {"/L", "/LI", "/Table", "/TR", "/THead", "/TBody", "/TFoot"}
# What stands for itself, so that nothing around it need keep it from what comes next.
_BLOCKS = {"/P", *_HEADINGS, "/L", "/Table", "/Figure", "/Div", "/Sect", "/Part", "/BlockQuote"}
# The keys of an element that says no more than what and where it is.
_PLAIN = {"Type", "S", "K", "Pg", "P"}


def simplify_tags(pdf: PDF) -> None:
    """Simplify the structure of a file, to which nothing was added since it was tagged."""
    root = next((each for each in pdf.objects if type_of(each) == "/StructTreeRoot"), None)
    if root is None:
        return
    first = number_of(root["ParentTree"])
    tree = _Tree(pdf.objects[first:])
    useless = make_artifacts(pdf, root, tree.elements)
    for top in root["K"]:
        tree.settle(tree.elements[number_of(top)])
    _renumber(pdf, first, tree.gone, useless)


class _Tree:
    """The elements of a structure by their numbers, and what became of those that are gone."""

    def __init__(self, objects: list[Any]) -> None:
        self.elements = {each.number: each for each in objects if type_of(each) == "/StructElem"}
        self.places = {each.number: each for each in objects if type_of(each) == "/OBJR"}
        self.gone: dict[int, int] = {}

    def settle(self, element: Any) -> None:
        """Simplify what is below an element."""
        element["K"][:] = [kid for each in element["K"] for kid in self.kept(each, element)]

    def kept(self, kid: Any, around: Any) -> Iterator[Any]:
        """Yield a kid of an element, or what it holds, if that is as good."""
        element = self.element(kid)
        if element is None:
            yield self.place(kid, around)
        elif self.is_nothing(element, around):
            self.gone[element.number] = around.number
            for each in element["K"]:
                yield from self.kept(each, around)
        else:
            element["P"] = around.reference
            self.settle(element)
            if not self.is_mere_block(element, around):
                yield kid
                return
            self.gone[element.number] = around.number
            for each in element["K"]:
                self.elements[number_of(each)]["P"] = around.reference
                yield each

    def is_nothing(self, element: Any, around: Any) -> bool:
        """Tell whether an element within a line only passes on what it holds."""
        if element["S"] not in ("/Span", "/NonStruct") or not _is_plain(element):
            return False
        if around["S"] in _STRICT:
            return not element["K"]
        if around["S"] in _WORDS and around.get("Pg") == element["Pg"]:
            return True
        return all(self.element(kid) for kid in element["K"])

    def is_mere_block(self, element: Any, around: Any) -> bool:
        """Tell whether a block stands around nothing but blocks."""
        if element["S"] != "/Div" or not _is_plain(element) or around["S"] in _STRICT:
            return False
        kids = [self.element(kid) for kid in element["K"]]
        return all(kid is not None and kid["S"] in _BLOCKS for kid in kids)

    def place(self, kid: Any, around: Any) -> Any:
        """Return the place of a field or link itself, which is in no need of a number."""
        number = number_of(kid)
        if number not in self.places:
            return kid
        self.gone[number] = around.number
        return self.places[number]

    def element(self, kid: Any) -> Any:
        """Return the element that a kid is; None for a mark or the place of a field or link."""
        return self.elements.get(number_of(kid))


def _renumber(pdf: PDF, first: int, gone: dict[int, int], useless: set[int]) -> None:
    """Take objects out of a file. Nothing before the first of its structure refers to those."""
    out = useless | set(gone)
    kept = [each for each in pdf.objects[first:] if each.number not in out]
    numbers = {each.number: number for number, each in enumerate(kept, start=first)}
    numbers |= {old: numbers[_last(old, gone)] for old in gone}
    for each in kept:
        each.number = numbers[each.number]
        _refer(each, numbers)
    _refer(pdf.catalog, numbers)
    pdf.objects[first:] = kept


def _last(number: int, gone: dict[int, int]) -> int:
    """Return what has the marks of an element that is gone."""
    while number in gone:
        number = gone[number]
    return number


def _refer(thing: Any, numbers: dict[int, int]) -> None:
    """Let what an object refers to be known by new numbers."""
    held: Any = ()
    if isinstance(thing, Dictionary):
        held = list(thing.items())
    elif isinstance(thing, Array):
        held = list(enumerate(thing))
    for key, value in held:
        if isinstance(value, bytes):
            number = number_of(value)
            if number in numbers:
                thing[key] = b"%d 0 R" % numbers[number]
        else:
            _refer(value, numbers)


def _is_plain(element: Any) -> bool:
    return set(element) <= _PLAIN
