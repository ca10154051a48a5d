"""The bookmarks of a bound file: one for each part, with the part's own below it (12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf

from formgen.pdf.files.extract_parts import Extract


def write_outline(pdf: pikepdf.Pdf, titles: Sequence[str], parts: Sequence[Extract]) -> None:
    """Give a file its bookmarks, closed below those of the parts, and let readers show them."""
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    items = []
    for title, part in zip(titles, parts, strict=True):
        item = pdf.make_indirect(
            pikepdf.Dictionary(Title=pikepdf.String(title), Dest=top_of(part.pages[0]))
        )
        # A lone one at the top is the part's own title.
        alone = len(part.outline) == 1
        _hang(item, _below(part.outline[0]) if alone else part.outline, closed=True)
        items.append(item)
    _hang(root, items, closed=False)
    pdf.Root.Outlines = root
    pdf.Root.PageMode = pikepdf.Name.UseOutlines


def top_of(page: Any) -> pikepdf.Array:
    """Return the place where a page begins, at the reader's own zoom."""
    box = [float(side) for side in page["/MediaBox"]]
    return pikepdf.Array([page, pikepdf.Name.XYZ, min(box[0::2]), max(box[1::2]), 0])


def _below(item: Any) -> list[Any]:
    """Return the bookmarks directly below one."""
    found = []
    below = item.get("/First")
    while below is not None:
        found.append(below)
        below = below.get("/Next")
    return found


def _hang(above: Any, items: Sequence[Any], *, closed: bool) -> None:
    """Hang bookmarks below one or the root, in their order."""
    for number, item in enumerate(items):
        item["/Parent"] = above
        for key, near in (("/Prev", number - 1), ("/Next", number + 1)):
            if 0 <= near < len(items):
                item[key] = items[near]
            elif key in item:
                del item[key]
    if items:
        above["/First"], above["/Last"] = items[0], items[-1]
        shown = sum(1 + max(0, int(item.get("/Count", 0))) for item in items)
        above["/Count"] = -shown if closed else shown
