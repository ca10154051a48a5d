"""What stands where on the pages of a PDF: words, rules, and how far a page is filled."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdf
from PIL import Image

MM = 72 / 25.4
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)


@dataclass(frozen=True)
class Word:
    """A word as printed, with its box in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Rule:
    """A horizontal rule, in points from the upper left corner of the page."""

    left: float
    right: float
    top: float
    thickness: float
    grey: bool
    cell: bool  # the lower side of a cell of a table


@dataclass(frozen=True)
class Type:
    """A piece of text as drawn: its size, its place from the upper left corner, in points."""

    size: float
    left: float
    top: float
    colour: tuple[float, float, float]


@dataclass(frozen=True)
class Page:
    """One page: its size in points, and its words in the order in which they are printed."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]

    def within(self, top: float, bottom: float) -> list[Word]:
        """Return the words between two heights, given in mm from the upper edge."""
        return [w for w in self.words if w.top >= top * MM and w.bottom <= bottom * MM]


@cache
def pages_of(pdf: Path) -> tuple[Page, ...]:
    """Return the pages of a PDF, by pdftotext."""
    command = ["pdftotext", "-raw", "-bbox", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return tuple(
        Page(number, float(page[1]), float(page[2]), tuple(_words(page[3])))
        for number, page in enumerate(_PAGE.finditer(text), 1)
    )


def _words(text: str) -> Iterator[Word]:
    for left, top, right, bottom, word in _WORD.findall(text):
        yield Word(html.unescape(word), float(left), float(top), float(right), float(bottom))


def squeezed(text: str) -> str:
    """Return a text without spaces, cases and soft hyphens, to find it however it is set."""
    return re.sub(r"[\s\u00ad]+", "", text).casefold()


def overlaps(page: Page) -> list[str]:
    """Return the pairs of words that are printed over each other."""
    # A box reaches from the font's highest to its lowest mark, further than the letters do.
    cores = [
        (
            w.left + 0.6,
            w.top + 0.32 * (w.bottom - w.top),
            w.right - 0.6,
            w.bottom - 0.3 * (w.bottom - w.top),
            w.text,
        )
        for w in page.words
    ]
    cores.sort(key=lambda core: core[1])
    found = []
    for index, one in enumerate(cores):
        for other in cores[index + 1 :]:
            if other[1] >= one[3]:
                break
            if one[0] < other[2] and other[0] < one[2]:
                found.append(f"page {page.number}: {one[4]!r} and {other[4]!r}")
    return found


def rules_of(page: pypdf.PageObject) -> list[Rule]:
    """Return the horizontal rules that WeasyPrint draws on a page: borders, and lines of tables."""
    text, scale = _drawing(page)
    number = r"(-?[\d.]+)"
    rules = []
    # The side of a border: a clip of four corners, then a colour.
    sides = re.compile(
        rf"{number} {number} m\n" + rf"{number} {number} l\n" * 3 + r"W\*\nn\n(?:/\S+ gs\n)?"
        rf"{number} {number} {number} rg"
    )
    for side in sides.finditer(text):
        values = [float(value) for value in side.groups()]
        xs, ys = values[0:8:2], values[1:8:2]
        rules.append(_rule(scale, min(xs), max(xs), min(ys), max(ys) - min(ys), values[8:]))
    lines = re.compile(
        rf"{number} {number} {number} RG\n{number} w\n{number} {number} m\n{number} {number} l\nS"
    )
    for line in lines.finditer(text):
        values = [float(value) for value in line.groups()]
        *colour, width, left, top, right, bottom = values
        if top == bottom:
            rules.append(_rule(scale, left, right, top - width / 2, width, colour, cell=True))
    # Upright sides are taller than they are wide, and no rule is as thick as a pencil.
    return [rule for rule in rules if rule.thickness < 4 < rule.right - rule.left]


def _rule(
    scale: float,
    left: float,
    right: float,
    top: float,
    thickness: float,
    colour: list[float],
    *,
    cell: bool = False,
) -> Rule:
    grey = max(colour) - min(colour) < 0.02
    return Rule(left * scale, right * scale, top * scale, thickness * scale, grey, cell)


def type_of(page: pypdf.PageObject) -> list[Type]:
    """Return the pieces of text that WeasyPrint draws on a page."""
    text, scale = _drawing(page)
    number = r"(-?[\d.]+)"
    steps = re.compile(
        rf"^(q|Q)$|^{number} {number} {number} rg$"
        rf"|^BT\n1 0 0 -1 {number} {number} Tm\n/\S+ {number} Tf$",
        re.MULTILINE,
    )
    found = []
    colours = [(0.0, 0.0, 0.0)]
    for step in steps.finditer(text):
        if step[1] == "q":
            colours.append(colours[-1])
        elif step[1] == "Q":
            colours.pop()
        elif step[2]:
            colours[-1] = (float(step[2]), float(step[3]), float(step[4]))
        else:
            left, top, size = (scale * float(value) for value in step.groups()[4:])
            found.append(Type(size, left, top, colours[-1]))
    # All of them were understood. Words for screen readers alone are drawn as nothing.
    assert len(found) == len(re.findall(r"^BT\n(?!ET$)", text, re.MULTILINE))
    return found


def _drawing(page: pypdf.PageObject) -> tuple[str, float]:
    """Return what draws a page, and how many points one of its CSS pixels is."""
    contents = page.get_contents()
    text = "" if contents is None else contents.get_data().decode("latin-1")
    scale = re.search(r"^(\S+) 0 0 \1 0 0 cm$", text, re.MULTILINE)
    return text, float(scale[1]) if scale else 0.75


def picture_of(pdf: Path, page: int, resolution: int, folder: Path) -> Image.Image:
    """Return a page as a picture in greys."""
    target = folder / f"{pdf.parent.parent.name}-{pdf.stem}-{page}"
    command = ["pdftoppm", "-gray", "-singlefile", "-r", str(resolution), "-f", str(page)]
    subprocess.run([*command, str(pdf), str(target)], check=True)
    with Image.open(target.with_suffix(".pgm")) as picture:
        picture.load()
        return picture
