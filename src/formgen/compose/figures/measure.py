"""How wide words are when they are drawn, and where to break them: SVG does neither.

The widths are those of the sans at its heavier weight, rounded up, so that nothing is loaded for
them; `tests/test_figures_measure.py` compares them with the font.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

# Thousandths of the size of type, and the characters that are no wider.
_WIDTHS = MappingProxyType(
    {
        character: width
        for width, characters in (
            (200, " \u00a0"),
            (260, "|"),
            (280, "',.:;ijl‘’·ı"),
            (300, "I"),
            (320, "!f"),
            (340, "()-[]{}•ł"),
            (360, "/\\"),
            (380, "rt"),
            (440, "*s"),
            (460, "?z"),
            (480, "c–"),
            (500, '"J_vxy“”'),
            (520, "#$+0123456789<=>FLY^aeg~€£§"),
            (540, "EVZkŁ"),
            (560, "ASTX`hnouø"),
            (580, "Cbdpqđ"),
            (600, "BKPR"),
            (620, "ß"),
            (640, "&DG"),
            (660, "NUĐ"),
            (680, "HOQØ"),
            (760, "Mw"),
            (780, "æ"),
            (800, "W—"),
            (840, "½Æœ"),
            (860, "%mŒ"),
            (880, "@"),
            (980, "…"),
        )
        for character in characters
    }
)
# Of letters of other scripts: as wide as the widest that are common.
_OTHER, _WIDE = 780, 1000
# Typefaces of a screen that stand in for ours are wider.
_SLACK = 1.05
# What rounding up adds, on the whole.
_ROUNDED = 1.03
# After these, a word may be broken.
_JOINTS = re.compile(r"(?<=[-–—/@.])(?=\w)")


def width_of(text: str, size: float) -> float:
    """Return how wide a text is when it is drawn so large, or a little more."""
    return sum(_letter(each) for each in text) * size * _SLACK / 1000


def drawn_width(text: str, size: float) -> float:
    """Return about how wide a text is in our own typeface, or 0 if a letter of it is unknown."""
    known = all(unicodedata.normalize("NFD", each)[0] in _WIDTHS for each in text)
    return width_of(text, size) / _SLACK / _ROUNDED if known else 0.0


def _letter(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    # With an accent, a letter is as wide as without.
    base = unicodedata.normalize("NFD", character)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    if unicodedata.combining(character):
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in {"W", "F"} else _OTHER


def lines_of(text: str, width: float, size: float) -> tuple[str, ...]:
    """Return a text in lines that are no wider; a word that is longer is broken."""
    lines: list[str] = []
    # A blank that holds words together stays within its line.
    for word in re.split(r"[ \t\n]+", text.strip()) if text.strip() else ():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines += _parts(word, width, size)
    return tuple(lines)


def _parts(word: str, width: float, size: float) -> list[str]:
    """Return a word in parts that fit, broken at its joints, or else by its letters."""
    if width_of(word, size) <= width:
        return [word]
    lines = [""]
    for piece in _JOINTS.split(word):
        if width_of(lines[-1] + piece, size) <= width:
            lines[-1] += piece
            continue
        if lines[-1]:
            lines.append("")
        for letter in piece:
            if lines[-1] and width_of(f"{lines[-1]}{letter}-", size) > width:
                lines[-1] += "-"
                lines.append("")
            lines[-1] += letter
    return lines
