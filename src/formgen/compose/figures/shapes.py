"""What figures consist of: words and shapes at their places, in points.

What each looks like is for `templates/figures/figure.html.j2` to say, by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Literal, TypeAlias

from formgen.compose.figures.measure import drawn_width, width_of

# How wide figures are drawn: in the manual's column, and over the whole page.
COLUMN, PAGE = 340.0, 499.0
# The sizes of type, and from one line to the next.
TEXT, NAME, LINE = 8.8, 9.6, 11.4
# What a page has room for beside a heading.
_HIGHEST = 560.0

Anchor: TypeAlias = Literal["start", "middle", "end"]
Look: TypeAlias = Literal["text", "name", "code", "number"]


@dataclass(frozen=True)
class Words:
    """One line of words; its place is on the base line."""

    kind: ClassVar[str] = "words"
    x: float
    y: float
    text: str
    look: Look = "text"
    anchor: Anchor = "start"
    size: float = TEXT

    @property
    def fitted(self) -> float:
        """Return how wide another typeface may make the words; 0 if that is not known."""
        return drawn_width(self.text, self.size)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return where the words are: left, top, right and bottom."""
        wide = width_of(self.text, self.size)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, self.y - self.size * 0.75, left + wide, self.y + self.size * 0.22


@dataclass(frozen=True)
class Box:
    """A rectangle; with words, they stand in it."""

    kind: ClassVar[str] = "box"
    x: float
    y: float
    width: float
    height: float
    look: Literal["card", "tinted", "bar", "column", "square"] = "card"


@dataclass(frozen=True)
class Disc:
    """A round mark."""

    kind: ClassVar[str] = "disc"
    x: float
    y: float
    radius: float
    look: Literal["ring", "dot", "circle"] = "ring"


@dataclass(frozen=True)
class Line:
    """A line through some places."""

    kind: ClassVar[str] = "line"
    points: tuple[tuple[float, float], ...]
    look: Literal["rule", "strong", "way", "again", "link"] = "rule"
    arrow: bool = False

    @property
    def path(self) -> str:
        """Return the line as SVG draws it."""
        return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in self.points)

    @property
    def head(self) -> str:
        """Return the tip of an arrow at its end."""
        (x0, y0), (x, y) = self.points[-2:]
        along = ((x > x0) - (x < x0), (y > y0) - (y < y0))
        back = (x - 5 * along[0], y - 5 * along[1])
        side = (3 * along[1], 3 * along[0])
        corners = (
            (x, y),
            (back[0] + side[0], back[1] + side[1]),
            (back[0] - side[0], back[1] - side[1]),
        )
        return "M" + " L".join(f"{a:.1f} {b:.1f}" for a, b in corners) + "Z"


@dataclass(frozen=True)
class Lens:
    """What two circles share that are beside each other."""

    kind: ClassVar[str] = "lens"
    x: float
    y: float
    # How far its tips are from its middle, and the radius of the circles.
    half: float
    radius: float

    @property
    def path(self) -> str:
        """Return it as SVG draws it."""
        x, top, bottom, r = self.x, self.y - self.half, self.y + self.half, self.radius
        return (
            f"M{x:.1f} {top:.1f} A{r:.1f} {r:.1f} 0 0 1 {x:.1f} {bottom:.1f} "
            f"A{r:.1f} {r:.1f} 0 0 1 {x:.1f} {top:.1f}Z"
        )


Shape: TypeAlias = Words | Box | Disc | Line | Lens


@dataclass(frozen=True)
class Drawing:
    """A figure: its shapes from back to front, and the same in words."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    # What it says, an item for each thing.
    said: tuple[str, ...]

    @property
    def is_too_high(self) -> bool:
        """Tell whether it does not fit on a page, so that its words have to stand there."""
        return self.height > _HIGHEST


def stack(  # noqa: PLR0913  (a place, and how words are set there)
    lines: Sequence[str],
    x: float,
    y: float,
    *,
    look: Look = "text",
    anchor: Anchor = "start",
    size: float = TEXT,
) -> list[Words]:
    """Return lines one below the other, the first of them at a place."""
    return [Words(x, y + at * LINE, line, look, anchor, size) for at, line in enumerate(lines)]


def middle_of(lines: Sequence[str], y: float) -> float:
    """Return where the first of some lines stands, if their middle is at a height."""
    return y - height_of(lines) / 2 + 8.6


def height_of(lines: Sequence[object]) -> float:
    """Return how high so many lines are."""
    return len(lines) * LINE


def joined(*groups: Iterable[Shape]) -> tuple[Shape, ...]:
    """Return shapes one after another."""
    return tuple(chain.from_iterable(groups))
