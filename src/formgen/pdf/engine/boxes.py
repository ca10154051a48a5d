"""Boxes of a page that was laid out: what they are, where they end, what moves with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def flow(page: Any) -> list[Any]:
    """Return what stands on a page but its head and foot."""
    from weasyprint.formatting_structure.boxes import MarginBox

    return [box for box in page.children if not isinstance(box, MarginBox)]


def has_class(box: Any, name: str) -> bool:
    """Tell whether a box is of an element of a class."""
    element = box.element
    return element is not None and name in (element.get("class") or "").split()


def goes_on(box: Any) -> bool:
    """Tell whether a box goes on overleaf: it then reaches to the foot of the page."""
    return "bottom" in box.remove_decoration_sides


def bottom(box: Any) -> float:
    """Return where what a box holds ends."""
    inside = [child for child in box.children if child.is_in_normal_flow()]
    if inside and goes_on(box):
        return max(map(bottom, inside))
    return float(box.border_box_y() + box.border_height())


def grow(path: Sequence[Any], by: float) -> None:
    """Make what holds the last of nested boxes higher, and move what comes after it."""
    from weasyprint.formatting_structure.boxes import PageBox, TableRowBox

    for parent, child in zip(path[-2::-1], path[:0:-1], strict=True):
        if isinstance(parent, PageBox):
            break
        if not goes_on(parent):
            parent.height += by
        if isinstance(parent, TableRowBox):
            for cell in parent.children:
                cell.height += by if cell is not child else 0
            continue
        for after in parent.children[parent.children.index(child) + 1 :]:
            after.translate(0, by)


def paint_anew(document: Any, number: int) -> None:
    """Put a page's backgrounds, links, anchors and fields where their boxes are now."""
    from weasyprint.document import Page
    from weasyprint.layout.background import layout_box_backgrounds

    page = document.pages[number]._page_box  # noqa: SLF001  (see docs/developers.md)
    for top in flow(page):
        for box in top.descendants():
            if getattr(box, "background", None) is not None:
                pairs = zip(box.style["background_image"], box.background.layers, strict=False)
                known = iter([layer.image for (kind, _), layer in pairs if kind == "url"])
                layout_box_backgrounds(
                    page, box, lambda known=known, **_: next(known), layout_children=False
                )
    document.pages[number] = Page(page)
