"""Move what fits from the foot of a page to the next one, where few words stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from formgen.pdf.engine.boxes import bottom, flow, goes_on, grow, has_class, paint_anew

# Words of a form go down to here at least, as a part of the page's height.
LEAST = 0.35


def balance_pages(document: Any) -> None:
    """Take sections over to pages that are nearly empty, without making others so."""
    for number in range(len(document.pages) - 1, 0, -1):
        page, after = (document.pages[each]._page_box for each in (number - 1, number))  # noqa: SLF001
        moved = False
        while _words_end(after) < LEAST * after.margin_height() and _take_over(page, after):
            moved = True
        if moved:
            paint_anew(document, number - 1)
            paint_anew(document, number)


def _take_over(page: Any, after: Any) -> bool:
    """Move the end of a page to the top of the next one; tell whether that can be.

    It is the fewest rows of the last section that are enough, or else all of that section.
    """
    first, last = _path(after, 0), _path(page, -1)
    if first is None or last is None or any(goes_on(child) for child in last[-1].children):
        return False
    section, holder = last[-1], last[-2]
    # What is framed would have to be framed anew.
    cuts = [0] if has_class(section, "office") else [*reversed(_cuts(section)), 0]
    for cut in cuts:
        moved = section.children[cut:]
        begin = section.border_box_y() if cut == 0 else moved[0].border_box_y()
        height = bottom(section) - begin
        enough = _words_end(after) + height >= LEAST * after.margin_height()
        if (cut == 0 or enough) and _may_move(page, after, moved, height + section.margin_top):
            break
    else:
        return False
    if cut:
        section.children = section.children[:cut]
        section.remove_decoration(start=False, end=True)
    else:
        holder.children = [box for box in holder.children if box is not section]
    rest = first[-1]
    if section.element is rest.element:
        _put(first, moved, height, rest.content_box_y() - moved[0].border_box_y())
        return True
    into = next((number for number, box in enumerate(first) if box.element is holder.element), 0)
    whole = section.copy_with_children(moved)
    if cut:
        whole.remove_decoration(start=True, end=False)
        whole.position_y, whole.height = moved[0].border_box_y(), height
    by = first[into].children[0].border_box_y() - whole.border_box_y()
    _put(first[: into + 1], [whole], height + section.margin_top, by)
    return True


def _cuts(section: Any) -> list[int]:
    """Return before which rows a section may be parted: what belongs to the one above may not."""
    return [
        number
        for number, box in enumerate(section.children)
        if has_class(box, "row")
        and has_class(section.children[number - 1], "row")
        and not has_class(box, "row-with-above")
        and not has_class(box, "row-signing")
    ]


def _put(path: tuple[Any, ...], moved: Sequence[Any], height: float, by: float) -> None:
    """Put boxes before all that the last of nested boxes holds."""
    holder = path[-1]
    for box in moved:
        box.translate(0, by)
    holder.children = [*moved, *holder.children]
    grow((*path, moved[-1]), height)


def _may_move(page: Any, after: Any, moved: Sequence[Any], height: float) -> bool:
    """Tell whether there is room for boxes, and enough words are left before them."""
    room = after.content_box_y() + after.height - max(map(bottom, flow(after)))
    left = _words_end(page, without=moved)
    return bool(height <= room and left >= LEAST * page.margin_height())


def _path(page: Any, end: int) -> tuple[Any, ...] | None:
    """Return the boxes from a page to the section that stands first (0) or last (-1) on it."""
    path = [page, *flow(page)]
    while not has_class(path[-1], "section"):
        inside = [child for child in path[-1].children if child.is_in_normal_flow()]
        if not inside:
            return None
        path.append(inside[end])
    return tuple(path)


def _words_end(page: Any, without: Sequence[Any] = ()) -> float:
    """Return where the last words on a page end."""
    ends = [0.0]
    left_out = set(map(id, without))
    stack = flow(page)
    while stack:
        box = stack.pop()
        if id(box) in left_out:
            continue
        if getattr(box, "text", "").strip():
            ends.append(box.position_y + box.height)
        stack.extend(box.children)
    return max(ends)
