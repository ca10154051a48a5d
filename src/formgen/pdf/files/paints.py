"""What shows on white paper: the colors that pages are painted with."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from formgen.sources.pictures.bitmap import PALE

_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_FILLING = _TEXT | {"f", "F", "f*"}
_STROKING = frozenset({"S", "s"})
_BOTH = frozenset({"B", "B*", "b", "b*"})
_FILL_COLOURS = frozenset({"g", "rg", "k", "sc", "scn"})
_STROKE_COLOURS = frozenset({each.upper() for each in _FILL_COLOURS})
_INVISIBLE_TEXT = 3
_DEEPEST = 30


@dataclass
class _State:
    """What of the state of graphics decides whether paint shows."""

    fill: bool = True
    stroke: bool = True
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    text_shows: bool = True

    def take(self, name: str, operands: list[Any], resources: Any) -> None:
        """Take in what an operator sets."""
        if name in _FILL_COLOURS:
            self.fill = _is_dark(operands)
        elif name in _STROKE_COLOURS:
            self.stroke = _is_dark(operands)
        elif name == "Tr":
            self.text_shows = int(operands[0]) != _INVISIBLE_TEXT
        elif name == "gs":
            given = _named(resources, "/ExtGState", operands[0]) or {}
            self.fill_alpha = float(given.get("/ca", self.fill_alpha))
            self.stroke_alpha = float(given.get("/CA", self.stroke_alpha))

    def is_seen(self, name: str) -> bool:
        """Tell whether what an operator paints shows."""
        if name in {"sh", "INLINE IMAGE"}:
            return True
        fills = name in _FILLING | _BOTH and self.fill and self.fill_alpha > 0
        strokes = name in _STROKING | _BOTH and self.stroke and self.stroke_alpha > 0
        return (fills or strokes) and (self.text_shows or name not in _TEXT)


def shows_on_white(pdf: bytes) -> bool:
    """Tell whether anything on the pages of a file is painted in more than white."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return any(_shows(page.obj, page.obj.get("/Resources"), _State(), 0) for page in file.pages)


def _shows(content: Any, resources: Any, state: _State, depth: int) -> bool:
    saved: list[_State] = []
    for each in pikepdf.parse_content_stream(content):
        name, operands = str(each.operator), list(each.operands)
        if name == "q":
            saved.append(replace(state))
        elif name == "Q":
            state = saved.pop() if saved else state
        elif name == "Do":
            if _shown_object(_named(resources, "/XObject", operands[0]), resources, state, depth):
                return True
        elif state.is_seen(name):
            return True
        else:
            state.take(name, operands, resources)
    return False


def _shown_object(inner: Any, resources: Any, state: _State, depth: int) -> bool:
    """Tell whether a picture or a group of shapes shows; of a picture, it is taken for granted."""
    if not state.fill_alpha:
        return False
    if inner is None or inner.get("/Subtype") != "/Form" or depth > _DEEPEST:
        return True
    return _shows(inner, inner.get("/Resources", resources), replace(state), depth + 1)


def _named(resources: Any, kind: str, name: Any) -> Any:
    return (resources or {}).get(kind, {}).get(str(name))


def _is_dark(operands: list[Any]) -> bool:
    """Tell whether a color is seen on white; of a pattern, that is taken for granted."""
    try:
        numbers = [float(each) for each in operands]
    except (TypeError, ValueError):
        return True
    if len(numbers) == 1:
        light = numbers[0]
    elif len(numbers) == 3:  # noqa: PLR2004  (red, green, blue)
        light = 0.299 * numbers[0] + 0.587 * numbers[1] + 0.114 * numbers[2]
    elif len(numbers) == 4:  # noqa: PLR2004  (cyan, magenta, yellow, black)
        light = 1 - min(1.0, numbers[3] + max(numbers[:3]))
    else:
        return True
    return light * 255 < PALE
