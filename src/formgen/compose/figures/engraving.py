"""The engraved border of a certificate and the rosette of its seal, as SVG in a local's colors.

All of it is lines: nothing is filled, so that it is good on parchment and in the grays of a copier.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence

# In points, as paper is measured.
_EDGE, _MIDDLE, _INNER = 30.0, 45.0, 60.0
_WAVE = 16.0
_LINE, _FINE = 0.42, 0.35
# Half the height of each wave of the border; those of one sign and the other make a chain.
_HEIGHTS = (10.5, 8.2, 5.9, 3.6)
_CORNER = 20.0
ROSETTE = 108.0
# Its corners take 69 points of each side, as web.css says, and four waves lie between them.
_TILE = 2 * 69.0 + 4 * _WAVE

_Point = tuple[float, float]


# A run for people makes very many certificates of one local.
@functools.lru_cache(maxsize=16)
def draw_border(width: float, height: float, brand: str, accent: str) -> bytes:
    """Return the border of a page of this size."""
    far, low = width - _MIDDLE, height - _MIDDLE
    sides = (
        ((_MIDDLE, _MIDDLE), (far, _MIDDLE)),
        ((far, _MIDDLE), (far, low)),
        ((_MIDDLE, low), (far, low)),
        ((_MIDDLE, _MIDDLE), (_MIDDLE, low)),
    )
    signed = [each * sign for each in _HEIGHTS for sign in (1, -1)]
    chain = " ".join(_wave(*side, each, 0) for side in sides for each in signed)
    crossing = " ".join(_wave(*side, each, 0.5) for side in sides for each in (6.6, -6.6))
    corners = [(x, y) for x in (_MIDDLE, far) for y in (_MIDDLE, low)]
    parts = (
        _lines(chain, brand, _LINE),
        _lines(crossing, accent, _LINE),
        _frame(_EDGE, width, height, brand, 1.3),
        _frame(_INNER, width, height, brand, 0.8),
        _frame(_INNER + 3.4, width, height, accent, 0.4),
        *(part for corner in corners for part in _corner(corner, brand, accent)),
    )
    return _svg(width, height, parts)


def draw_tile(brand: str, accent: str) -> bytes:
    """Return a small border, of which a screen repeats the sides: whole waves between corners."""
    return draw_border(_TILE, _TILE, brand, accent)


@functools.lru_cache(maxsize=16)
def draw_rosette(brand: str, accent: str) -> bytes:
    """Return the rosette round a seal; what stands in it has four fifths of its width."""
    middle = (ROSETTE / 2, ROSETTE / 2)
    parts = (
        _lines(_loops(middle, 48.5, 5.0, 24, 4), brand, _LINE),
        _lines(_loops(middle, 48.5, 2.2, 48, 2), accent, _FINE),
        _circle(middle, 42.6, brand, 0.9),
        _circle(middle, 40.6, accent, 0.4),
    )
    return _svg(ROSETTE, ROSETTE, parts)


def _corner(middle: _Point, brand: str, accent: str) -> Iterator[str]:
    x, y = middle
    # What runs on behind it is covered: all waves end there.
    yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{_CORNER}" fill="#ffffff"/>'
    yield _circle(middle, _CORNER - 0.4, brand, 0.8)
    yield _lines(_loops(middle, 13.0, 5.4, 12, 4), brand, _LINE)
    yield _lines(_loops(middle, 4.3, 2.0, 6, 3), accent, _LINE)


def _wave(start: _Point, end: _Point, height: float, shift: float) -> str:
    """Return a wave from one point to another, a whole number of times."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = math.hypot(along_x, along_y)
    halves = 2 * round(length / _WAVE)
    step = length / halves
    dx, dy = along_x / length, along_y / length
    sign, bend = 1, height * 4 / 3

    def at(along: float, across: float) -> str:
        x = start[0] + dx * along - dy * across
        y = start[1] + dy * along + dx * across
        return f"{x:.2f} {y:.2f}"

    path = [f"M{at(shift * step, 0)}"]
    for number in range(halves):
        # A half of a sine, to the breadth of a line.
        first = (number + shift) * step
        path.append(
            f"C{at(first + 0.3642 * step, sign * bend)} "
            f"{at(first + 0.6358 * step, sign * bend)} {at(first + step, 0)}"
        )
        sign = -sign
    return "".join(path)


def _loops(middle: _Point, radius: float, height: float, petals: int, number: int) -> str:
    """Return circles that wave, each turned a little from the one before it."""
    return " ".join(
        _closed(_circling(middle, radius, height, petals, each / number)) for each in range(number)
    )


def _circling(
    middle: _Point, radius: float, height: float, petals: int, turn: float
) -> Iterator[_Point]:
    points = petals * 8
    for number in range(points):
        angle = 2 * math.pi * number / points
        out = radius + height * math.cos(petals * angle + 2 * math.pi * turn)
        yield middle[0] + out * math.cos(angle), middle[1] + out * math.sin(angle)


def _closed(points: Iterable[_Point]) -> str:
    return f"M{' '.join(f'{x:.2f} {y:.2f}' for x, y in points)}Z"


def _lines(path: str, color: str, wide: float) -> str:
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{wide}"/>'


def _circle(middle: _Point, radius: float, color: str, wide: float) -> str:
    place = f'cx="{middle[0]:.2f}" cy="{middle[1]:.2f}" r="{radius:.2f}"'
    return f'<circle {place} fill="none" stroke="{color}" stroke-width="{wide}"/>'


def _frame(edge: float, width: float, height: float, color: str, wide: float) -> str:
    size = f'width="{width - 2 * edge:.2f}" height="{height - 2 * edge:.2f}"'
    return (
        f'<rect x="{edge}" y="{edge}" {size} fill="none" stroke="{color}" stroke-width="{wide}"/>'
    )


def _svg(width: float, height: float, parts: Sequence[str]) -> bytes:
    size = f'width="{width:.2f}pt" height="{height:.2f}pt" viewBox="0 0 {width:.2f} {height:.2f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'.encode()
