"""Contrast of colours, as WCAG 2.2 defines it."""

from __future__ import annotations

# WCAG 2.2: success criterion 1.4.3 for text, which is more than 1.4.11 asks of marks.
TEXT_CONTRAST = 4.5


def contrast(colour: str, other: str = "#ffffff") -> float:
    """Return the contrast ratio of two colours written as #rrggbb, from 1 to 21."""
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (_linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """Undo the gamma of sRGB, with the numbers of WCAG's definition."""
    if channel <= 0.04045:  # noqa: PLR2004
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def mix(colour: str, other: str, share: float) -> str:
    """Return a colour between two, with the given share of the first, as #rrggbb."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
