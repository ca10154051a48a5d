"""Let what stands in the margins of pages be no part of the text: running heads and feet.

WeasyPrint marks its words like those of the text, and gives the marks to elements that nothing
leads to. As artifacts (ISO 32000-1, 14.8.2.2.2) they are passed over also by readers that go by
the marks, and the elements need not be in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from formgen.pdf.engine.objects import PDF, Dictionary, number_of, type_of


def make_artifacts(pdf: PDF, root: Any, elements: Mapping[int, Any]) -> set[int]:
    """Turn what nothing leads to into artifacts; return the numbers of elements without a use.

    A file in which that cannot be done, such as one with a link in a margin, stays as it is.
    """
    lost = set(elements) - set(_reached(root, elements))
    nums = pdf.objects[number_of(root["ParentTree"])]["Nums"]
    places = dict(zip(nums[::2], nums[1::2], strict=True))
    if any(number_of(place) in lost for place in places.values()):
        return set()
    turned = []
    for page in (each for each in pdf.objects if type_of(each) == "/Page"):
        holders = places[page["StructParents"]]
        marks = {mark for mark, holder in enumerate(holders) if number_of(holder) in lost}
        drawn = pdf.objects[number_of(page["Contents"])].stream
        found = list(_found(marks, drawn))
        if len(found) != len(marks):
            return set()
        turned.append((holders, marks, drawn, found))
    for holders, marks, drawn, found in turned:
        for at in found:
            drawn[at : at + 2] = ["/Artifact", Dictionary({"Type": "/Pagination"})]
        holders[:] = [b"null" if mark in marks else each for mark, each in enumerate(holders)]
        while holders and holders[-1] == b"null":
            holders.pop()
    return lost


def _reached(element: Any, elements: Mapping[int, Any]) -> Iterator[int]:
    """Yield the numbers of all elements below one."""
    for kid in element["K"]:
        number = number_of(kid)
        if number in elements:
            yield number
            yield from _reached(elements[number], elements)


def _found(marks: Collection[int], drawn: list[Any]) -> Iterator[int]:
    """Yield where marks are set: the tag and its properties, as pydyf puts them down."""
    if marks:
        for at, each in enumerate(drawn):
            if isinstance(each, dict) and each.get("MCID") in marks:
                yield at - 1
