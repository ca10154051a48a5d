"""The colours of a local's pages: its own, made darker or lighter where they could not be read."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

from formgen.model.looks.colour import TEXT_CONTRAST, contrast, mix

Look = Literal["classic", "plain"]

WHITE = "#ffffff"
# As in tokens.css and web.css; tests/test_palette.py compares them.
INK = "#1a1a1a"
DARK_PAPER = "#16191c"
# More than the standard asks for: thin letters are harder to read on a dark ground.
_DARK_CONTRAST = 7.0
_TINT_SHARE = 0.08
_DARK_TINT_SHARE = 0.08
_STEPS = 100


@dataclass(frozen=True)
class Palette:
    """What pages are painted with: on white paper, and on a screen that is dark."""

    brand: str
    accent: str
    tint: str
    brand_in_dark: str
    accent_in_dark: str
    tint_in_dark: str


# Each page of a local asks for it.
@functools.lru_cache(maxsize=64)
def palette_of(primary: str, accent: str, look: Look = "classic") -> Palette:
    """Return the colours that a look makes of a local's two."""
    if look == "plain":
        light = lightened(WHITE)
        return Palette(INK, INK, WHITE, light, light, DARK_PAPER)
    brand = readable(primary)
    in_dark = lightened(primary)
    tint_in_dark = _dark_tint(in_dark)
    return Palette(
        brand,
        readable(accent, WHITE),
        tint_of(brand),
        in_dark,
        lightened(accent, tint_in_dark),
        tint_in_dark,
    )


def tint_of(brand: str) -> str:
    """Return the ground of boxes."""
    return mix(brand, WHITE, _TINT_SHARE)


def readable(colour: str, ground: str = "") -> str:
    """Return the nearest shade of a colour that can be read on white and on a ground.

    Without one, the ground is its own tint.
    """
    for step in range(_STEPS, 0, -1):
        shade = mix(colour, "#000000", step / _STEPS)
        if contrast(shade, ground or tint_of(shade)) >= TEXT_CONTRAST:
            return shade
    return INK


def lightened(colour: str, ground: str = "") -> str:
    """Return the nearest tone of a colour that can be read on a dark ground."""
    for step in range(_STEPS, 0, -1):
        tone = mix(colour, WHITE, step / _STEPS)
        if contrast(tone, ground or _dark_tint(tone)) >= _DARK_CONTRAST:
            return tone
    return WHITE


def _dark_tint(tone: str) -> str:
    return mix(tone, DARK_PAPER, _DARK_TINT_SHARE)
