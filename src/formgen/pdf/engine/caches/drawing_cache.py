"""Pictures that were drawn before, kept for the next page that shows them.

WeasyPrint works out the operators of an SVG anew for each page, and the frame and seal of a
certificate take two thirds of its time (measured). What comes out depends on the picture, its
size and the colors set before; pictures with words or of several parts are left to WeasyPrint.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

# The one whose source was read for this; any other draws all its pictures itself.
VERSION = "70.0"
# A kit has a mark, a frame and a seal, each in a few sizes. The least recently used go.
MOST_DRAWINGS = 40
# What is drawn by lines and areas alone.
_SHAPES = frozenset(
    ("svg", "g", "path", "circle", "ellipse", "line", "polyline", "polygon", "rect", "title")
)
# What WeasyPrint remembers of the operators that it wrote last.
_REMEMBERED = (
    "_current_color",
    "_current_color_stroke",
    "_current_alpha",
    "_current_alpha_stroke",
    "_current_font",
)
_NAME = re.compile(rb"/([^\s/<>\[\]()]+)(?: (\w+))?")
_STATES = "ExtGState"


@dataclass(frozen=True)
class _Drawing:
    """A picture's operators, the graphics states that they name, and what is remembered after."""

    operators: bytes
    states: tuple[tuple[str, Any], ...]
    remembered: tuple[Any, ...]


_kept: OrderedDict[tuple[Any, ...], _Drawing] = OrderedDict()


def keep_drawings() -> None:
    """Let each picture of shapes be drawn once."""
    import weasyprint

    forget_drawings()
    if weasyprint.VERSION != VERSION:
        return
    from weasyprint.svg import SVG

    # WeasyPrint offers no place for this.
    if not hasattr(SVG.draw, "__wrapped__"):
        SVG.draw = _keeping(SVG.draw)


def forget_drawings() -> None:
    """Forget all pictures."""
    _kept.clear()


def _keeping(draw: Callable[..., None]) -> Callable[..., None]:
    """Return a method that draws as WeasyPrint's does, and each picture of shapes once."""

    def draw_once(svg: Any, stream: Any, width: float, height: float, *rest: Any) -> None:
        root = svg.tree._etree_node  # noqa: SLF001
        if not all(_is_shape(node) for node in root.iter()):
            draw(svg, stream, width, height, *rest)
            return
        key = (ET.tostring(root), width, height, _remembered(stream))
        known = _kept.get(key)
        if known:
            _kept.move_to_end(key)
            _write(known, stream)
            return
        before = len(stream.stream)
        draw(svg, stream, width, height, *rest)
        drawn = _drawn(stream, before)
        if drawn:
            _kept[key] = drawn
            if len(_kept) > MOST_DRAWINGS:
                _kept.popitem(last=False)

    draw_once.__wrapped__ = draw  # type: ignore[attr-defined]
    return draw_once


def _is_shape(node: ET.Element) -> bool:
    return str(node.tag).rpartition("}")[2] in _SHAPES


def _remembered(stream: Any) -> tuple[Any, ...]:
    return tuple(getattr(stream, name) for name in _REMEMBERED)


def _drawn(stream: Any, before: int) -> _Drawing | None:
    """Return what was drawn since then, if another page can have it as it is."""
    operators = stream.stream[before:]
    if not operators or not all(isinstance(each, bytes) for each in operators):
        return None
    joined = b"\n".join(operators)
    states = _states_of(joined, stream._resources[_STATES])  # noqa: SLF001
    return None if states is None else _Drawing(joined, states, _remembered(stream))


def _states_of(operators: bytes, known: Mapping[str, Any]) -> tuple[tuple[str, Any], ...] | None:
    """Return the states of opacity that operators name, or None if they name anything else.

    WeasyPrint calls these by their values, so that one name means the same on all pages.
    """
    # In the order of their first use, as WeasyPrint adds them to a page.
    names = dict.fromkeys(_NAME.findall(operators))
    if not all(operator == b"gs" and name[:1] in b"aA" for name, operator in names):
        return None
    return tuple((name.decode(), known[name.decode()]) for name, _ in names)


def _write(drawing: _Drawing, stream: Any) -> None:
    resources = stream._resources[_STATES]  # noqa: SLF001
    for name, state in drawing.states:
        if name not in resources:
            resources[name] = type(state)(dict(state))
    stream.stream.append(drawing.operators)
    for name, value in zip(_REMEMBERED, drawing.remembered, strict=True):
        setattr(stream, name, value)
