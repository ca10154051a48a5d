"""Words that run over: onto the page of another copy, onto a second page, through other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from formgen.codes import Code
from formgen.pdf.sheet import Cut, Defect

_FIX = "shorten what is longest in it, such as a name."
# Lines that are set close overlap by less of their height.
_SHARE = 0.4


def overruns(
    document: Any, root: Any, cuts: Sequence[Cut], *, fits_one_page: bool
) -> Iterator[Defect]:
    """Yield what is wrong with the places of words in a document that was laid out.

    ``root`` is the element that it was made of; with ``fits_one_page``, so is each copy.
    """
    if cuts and any(_strays(document, root, cuts)):
        yield Defect(Code.TOO_LONG, "its words run over onto the next one's page.", _FIX)
        return
    if not fits_one_page:
        return
    lengths = [cut.end - cut.first for cut in cuts] or [len(document.pages)]
    if max(lengths) > 1:
        yield Defect(Code.TOO_LONG, "its words do not fit on its one page.", _FIX)
    elif any(_is_overprinted(page) for page in document.pages):
        yield Defect(Code.TOO_LONG, "its words run into each other.", _FIX)


def _strays(document: Any, root: Any, cuts: Sequence[Cut]) -> Iterator[bool]:
    """Yield whether each piece of a copy lies on another copy's page."""
    articles = [
        each for each in root.iter("article") if "copy" in (each.get("class") or "").split()
    ]
    owners = {
        element: cut
        for article, cut in zip(articles, cuts, strict=False)
        for element in article.iter()
    }
    for number, page in enumerate(document.pages):
        for box in _boxes(page):
            cut = owners.get(box.element)
            yield cut is not None and not cut.first <= number < cut.end


def _boxes(page: Any) -> Iterator[Any]:
    """Yield what stands on a page; heads and feet are those of the first copy on all of them."""
    from weasyprint.formatting_structure.boxes import MarginBox

    for box in page._page_box.children:  # noqa: SLF001  (see docs/developers.md)
        if not isinstance(box, MarginBox):
            # Placeholders stand for what was put in its place by itself.
            yield from box.descendants(placeholders=True)


def _is_overprinted(page: Any) -> bool:
    """Tell whether two pieces of text lie on each other."""
    boxes = [
        (box.position_x, box.position_y, box.position_x + box.width, box.position_y + box.height)
        for box in _boxes(page)
        if getattr(box, "text", "").strip() and box.width and box.height
    ]
    return any(_overlap(first, second) for first, second in combinations(boxes, 2))


def _overlap(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    wide = min(first[2], second[2]) - max(first[0], second[0])
    high = min(first[3], second[3]) - max(first[1], second[1])
    return wide > 1 and high > _SHARE * min(first[3] - first[1], second[3] - second[1])
