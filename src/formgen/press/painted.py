"""Read a laid-out page as a reader sees it: its runs of text, and whether each can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from formgen.model.colour import contrast, mix

# In points on paper; what is smaller than a footer counts as hidden.
_SMALLEST = 7.0
_POINTS = 0.75
# WCAG's least contrast, for large text.
_LEAST_CONTRAST = 3.0
_LEAST_ALPHA = 0.5
# Letters that are set over each other take less of the type size than this.
_LEAST_ADVANCE = 0.2
# A text is covered if more than this share of it is.
_MOST_COVERED = 0.3
# A border this wide, in pixels, can hide a line of text.
_WIDE = 3.0
_WHITE = "#ffffff"
_SIDES = ("left", "top", "right", "bottom")

# Left, top, right and bottom, in pixels.
Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Run:
    """A run of text on a page: its element, its words, and whether people can read them."""

    element: Any
    text: str
    shows: bool


@dataclass(frozen=True)
class _Around:
    """What the boxes around a box do to it."""

    clip: Rect
    alpha: float = 1.0
    background: str = _WHITE
    spoilt: bool = False
    boxes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Set:
    """A run of text where it is set, before anything else is known of the page."""

    run: Run
    rect: Rect
    boxes: frozenset[int]


def runs_of(document: Any, zoom: float) -> Iterator[Run]:
    """Yield all runs of text of a document that WeasyPrint laid out, page by page."""
    # The head of a table stands again on each page that the table runs on to.
    heads: set[Any] = set()
    for page in document.pages:
        here: set[Any] = set()
        texts, covers = _read(page, zoom, heads, here)
        heads |= here
        for text in texts:
            shows = text.run.shows and not _covered(text, texts, covers)
            yield replace(text.run, shows=shows)


def _read(
    page: Any, zoom: float, heads: set[Any], here: set[Any]
) -> tuple[list[_Set], list[tuple[Rect, int]]]:
    """Return the texts of a page, and the areas that are painted over, with the painting box."""
    texts: list[_Set] = []
    covers: list[tuple[Rect, int]] = []

    def walk(box: Any, around: _Around) -> None:
        if getattr(box, "is_header", False):
            if box.element in heads:
                return
            here.add(box.element)
        around = _within(box, around)
        if hasattr(box, "text"):
            if not str(box.element_tag).endswith("::marker"):
                texts.append(_set(box, around, zoom))
            return
        covers.extend((rect, id(box)) for rect in _painted(box, around))
        for child in box.all_children():
            walk(child, around)

    whole = (0.0, 0.0, float(page.width), float(page.height))
    # WeasyPrint has no other way to its boxes.
    walk(page._page_box, _Around(whole))  # noqa: SLF001
    return texts, covers


def _within(box: Any, around: _Around) -> _Around:
    """Return what is true inside a box."""
    style = box.style
    background, spoilt = around.background, around.spoilt
    painted = getattr(box, "background", None)
    if painted is not None:
        background = mix(_hex(painted.color), background, float(painted.color.alpha))
        # What a picture does to the words on it, nobody can tell.
        spoilt = spoilt or any(layer.image is not None for layer in painted.layers)
    clip = around.clip
    if style["overflow"] != "visible" and _has_size(box):
        left, top = box.padding_box_x(), box.padding_box_y()
        inner = (left, top, left + box.padding_width(), top + box.padding_height())
        clip = _overlap(clip, inner)
    return _Around(
        clip,
        around.alpha * float(style["opacity"]),
        background,
        spoilt
        or bool(style["transform"])
        or bool(style["clip"])
        or "line-through" in style["text_decoration_line"]
        or style["mask_border_source"][0] != "none"
        or any(shadow[-1] for shadow in style["box_shadow"])
        or (float(style["outline_width"]) > _WIDE and float(style["outline_offset"]) < 0),
        around.boxes | {id(box)},
    )


def _set(box: Any, around: _Around, zoom: float) -> _Set:
    style = box.style
    left, top = float(box.position_x), float(box.position_y)
    rect = (left, top, left + float(box.width), top + float(box.height))
    size = float(style["font_size"])
    alpha = float(style["color"].alpha) * around.alpha
    seen = mix(_hex(style["color"]), around.background, alpha)
    shows = (
        not around.spoilt
        and style["visibility"] == "visible"
        and size * zoom * _POINTS >= _SMALLEST
        and alpha >= _LEAST_ALPHA
        and contrast(seen, around.background) >= _LEAST_CONTRAST
        and box.width >= len(box.text.strip()) * size * _LEAST_ADVANCE
        and _share(rect, around.clip) > 1 - _MOST_COVERED
    )
    return _Set(Run(box.element, box.text, shows), rect, around.boxes)


def _painted(box: Any, around: _Around) -> Iterator[Rect]:
    """Yield the areas that a box paints over."""
    style = box.style
    if not _has_size(box) or style["visibility"] != "visible" or around.alpha < _LEAST_ALPHA:
        return
    if isinstance(style["z_index"], int) and style["z_index"] < 0:
        return
    left, top = box.border_box_x(), box.border_box_y()
    right, bottom = left + box.border_width(), top + box.border_height()
    painted = getattr(box, "background", None)
    if (
        hasattr(box, "replacement")
        or style["border_image_source"][0] != "none"
        or (painted is not None and _is_opaque(painted))
    ):
        yield left, top, right, bottom
    for far in _reaches(style):
        yield left - far, top - far, right + far, bottom + far
    width = {side: float(style[f"border_{side}_width"]) for side in _SIDES}
    borders = {
        "left": (left, top, left + width["left"], bottom),
        "right": (right - width["right"], top, right, bottom),
        "top": (left, top, right, top + width["top"]),
        "bottom": (left, bottom - width["bottom"], right, bottom),
    }
    yield from (rect for side, rect in borders.items() if width[side] > _WIDE)


def _is_opaque(painted: Any) -> bool:
    return painted.color.alpha >= _LEAST_ALPHA or any(
        layer.image is not None for layer in painted.layers
    )


def _reaches(style: Any) -> Iterator[float]:
    """Yield how far an outline or a shadow reaches out of its box."""
    outline = float(style["outline_width"])
    if outline > _WIDE:
        yield outline + max(0.0, float(style["outline_offset"]))
    for shadow in style["box_shadow"]:
        across, down, blur, spread = (
            abs(float(getattr(part, "value", part))) for part in shadow[:4]
        )
        yield max(across, down) + blur + spread


def _covered(text: _Set, texts: Iterable[_Set], covers: Iterable[tuple[Rect, int]]) -> bool:
    """Tell whether something is painted over a text, or another text is set over it."""
    if any(
        maker not in text.boxes and _share(text.rect, rect) > _MOST_COVERED
        for rect, maker in covers
    ):
        return True
    core = _core(text.rect)
    return any(
        other is not text and _share(core, _core(other.rect)) > _MOST_COVERED for other in texts
    )


def _core(rect: Rect) -> Rect:
    """Return where the small letters of a line stand: lines may be close, but not so close."""
    left, top, right, bottom = rect
    quarter = (bottom - top) / 4
    return left, top + quarter, right, bottom - quarter


def _has_size(box: Any) -> bool:
    sizes = (getattr(box, "width", None), getattr(box, "height", None))
    return all(isinstance(size, int | float) for size in sizes)


def _overlap(one: Rect, other: Rect) -> Rect:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    return left, top, min(one[2], other[2]), min(one[3], other[3])


def _share(rect: Rect, other: Rect) -> float:
    """Return how much of a rectangle another one covers."""
    left, top, right, bottom = _overlap(rect, other)
    area = (rect[2] - rect[0]) * (rect[3] - rect[1])
    return max(0.0, right - left) * max(0.0, bottom - top) / area if area > 0 else 0.0


def _hex(colour: Any) -> str:
    parts = (float(part or 0) for part in colour.to("srgb").coordinates[:3])
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in parts)
