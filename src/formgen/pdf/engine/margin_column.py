"""Arrange what stands beside the text of the manual, once its pages were laid out.

A note stands where its place in the text is. Where two of them meet, or one reaches below the
page, they are moved apart; lines for notes get the room that is left in the margin, and lines
for answers the room that is left on a chapter's last page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from formgen.pdf.engine.boxes import grow, has_class

MM = 96 / 25.4
_GAP = 5 * MM
_LINE = 8 * MM
_FEWEST_NOTES = 4
_MOST_ANSWERS = 4
# A page is to read: lines to write on take no more of it.
_SHARE_OF_LINES = 0.38


def has_margin(html: str) -> bool:
    """Tell whether a page of HTML has anything that stands beside its text."""
    return any(f'class="{name}' in html for name in ("margin", "notes", "talk"))


def arrange_margin(document: Any) -> None:
    """Move, fill and thin out what stands beside the text on all pages of a document."""
    for index, page in enumerate(document.pages):
        box = page._page_box  # noqa: SLF001  (see docs/developers.md)
        talk = next(_of_class(box, "talk"), None)
        # In large print, they stand in the text.
        notes = [each for each in _of_class(box, "margin") if not each.is_in_normal_flow()]
        around = list(_of_class(box, "notes"))
        if not (talk or notes or around):
            continue
        bottom = box.content_box_y() + box.height
        lowest = _move_apart(notes, list(_reaching_over(box)), box.content_box_y(), bottom)
        room = bottom - max(lowest, box.content_box_y()) - 2 * _GAP
        written = 0.0
        if talk:
            written = _give_lines(talk, bottom - _bottom(talk), box.margin_height())
        for each in around:
            _thin_out(box, each, room, box.margin_height() * _SHARE_OF_LINES - written)
        # Where links lie was noted before.
        document.pages[index] = type(page)(box)


def _of_class(box: Any, name: str) -> Iterator[Any]:
    """Yield the boxes of the elements of a class, the outermost of each element."""
    for each in getattr(box, "children", ()):
        inner = getattr(each, "_box", each)
        if has_class(inner, name):
            yield inner
        else:
            yield from _of_class(inner, name)


def _reaching_over(page: Any) -> Iterator[Any]:
    """Yield what is wider than the text: tables and figures that go over the margin, too."""
    edge = page.content_box_x() + page.width + _GAP

    def wide(box: Any) -> Iterator[Any]:
        for each in getattr(box, "children", ()):
            # Placeholders are of what stands beside the text.
            if getattr(each, "_box", None) is not None or not each.is_in_normal_flow():
                continue
            if each.border_box_x() + each.border_width() > edge:
                yield each
            else:
                yield from wide(each)

    roots = [each for each in page.children if each.element_tag == "html"]
    for root in roots:
        yield from wide(root)


def _bottom(box: Any) -> float:
    end: float = box.border_box_y() + box.border_height()
    return end


def _move_apart(notes: Sequence[Any], obstacles: Sequence[Any], top: float, bottom: float) -> float:
    """Move notes down until none lies on another, then up until all are on the page.

    Returns where the lowest ends.
    """
    taken = sorted((each.position_y, _bottom(each)) for each in obstacles)
    free = top
    places = []
    for note in notes:
        height = note.border_height()
        wanted = max(note.border_box_y(), free)
        for start, end in taken:
            if wanted < end + _GAP and wanted + height > start - _GAP:
                wanted = end + _GAP
        places.append(wanted)
        free = wanted + height + _GAP
    limit = bottom
    for at in reversed(range(len(notes))):
        height = notes[at].border_height()
        wanted = min(places[at], limit - height)
        for start, end in reversed(taken):
            if wanted < end + _GAP and wanted + height > start - _GAP:
                wanted = start - _GAP - height
        places[at] = wanted
        limit = wanted - _GAP
    for note, place in zip(notes, places, strict=True):
        note.translate(0, place - note.border_box_y())
    return max([top, *map(_bottom, notes), *(end for _, end in taken)])


def _give_lines(talk: Any, left: float, page: float) -> float:
    """Give each question as many lines as there is room for; return their height in all."""
    groups = list(_of_class(talk, "lines"))
    if not groups:
        return 0.0
    room = min(left, page * _SHARE_OF_LINES)
    count = min(_MOST_ANSWERS, int(room / (_LINE * len(groups))))
    for group in groups:
        lines = list(group.children)
        group.children = lines[:count]
        for number, line in enumerate(lines[:count], 1):
            line.translate(0, number * _LINE)
        group.height += count * _LINE
        grow(_path(talk, group), count * _LINE)
    return count * _LINE * len(groups)


def _path(whole: Any, part: Any) -> list[Any]:
    """Return the boxes from one down to another that is in it."""
    if whole is part:
        return [whole]
    for each in getattr(whole, "children", ()):
        found = _path(each, part)
        if found:
            return [whole, *found]
    return []


def _thin_out(page: Any, notes: Any, room: float, most: float) -> None:
    """Leave as many lines for notes as there is room for, or none of them."""
    lines = [each for each in notes.children if each.element_tag == "i"]
    label = notes.margin_height() - len(lines) * _LINE
    count = min(len(lines), int((room - label) / _LINE), int(most / _LINE))
    if count < _FEWEST_NOTES:
        for margin_box in page.children:
            if notes in getattr(margin_box, "children", ()):
                margin_box.children = ()
        return
    gone = len(lines) - count
    dropped = lines[:gone]
    notes.children = [each for each in notes.children if each not in dropped]
    for each in notes.children:
        if each.element_tag != "i":
            each.translate(0, gone * _LINE)
