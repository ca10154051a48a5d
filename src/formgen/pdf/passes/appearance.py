"""Draw what a field shows: text in the fields' own font, marks for buttons.

Appearance streams are made here and not left to viewers, each of which would make its own
(ISO 32000-1, 12.7.3.3; WeasyPrint asks for that, and some then show nothing).
"""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# The names of the fields' fonts in the form's resources: what is typed is set in the first, what
# stands there already and has other letters in the second.
FONT_NAME = "FormgenField"
WIDE_FONT_NAME = "FormgenFieldWide"
# The letters of the first (Annex D.2), and its first code.
_ENCODING = "cp1252"
FIRST_CODE = 32
TEXT_SIZE = 10.5
SMALLEST_SIZE = 6.0
# What lets viewers choose a size at which all that is typed can be seen (12.7.3.3).
ANY_SIZE = 0.0
# Two lines of the smallest size fit the usual field.
_LEADING = 1.15
# Between a field's edge and its text, as viewers have it.
PADDING = 2.0
_INK = "0.1 g"
# The size and leading that Firefox begins with, and how full its lines get before they break, be
# it in capitals.
_WEB_SIZE, _WEB_LEADING, _FULL = 12.0, 1.35, 0.75
# Has letters as often as names and sentences do.
_USUAL = "Each of them came on Monday, and Mr. Anderson wrote it down for the others."


@dataclass(frozen=True)
class FieldFont:
    """A font's glyphs and widths, and its parts as a PDF wants them."""

    name: str
    # The compressed file, and its length before it was compressed.
    file: bytes
    length: int
    # Glyph numbers by code point; widths in thousandths of the size by glyph number.
    glyphs: Mapping[int, int]
    widths: tuple[float, ...]
    ascent: float
    descent: float
    cap_height: float
    bbox: tuple[float, float, float, float]
    # All widths as a PDF's array (9.7.4.3), and those of the simple font.
    width_array: str
    ansi_widths: str
    # The compressed map from glyphs to characters.
    to_unicode: bytes

    def missing(self, text: str) -> str:
        """Return the characters of a text that the font lacks."""
        return "".join(c for c in dict.fromkeys(text) if ord(c) not in self.glyphs and c != "\n")

    def encode(self, text: str, name: str) -> str:
        """Return a text as a hexadecimal string of the codes of a font."""
        if name == FONT_NAME:
            return f"<{text.encode(_ENCODING).hex()}>"
        return f"<{''.join(f'{self.glyphs.get(ord(c), 0):04x}' for c in text)}>"

    def width(self, text: str) -> float:
        """Return the width of a text, as a share of the font size."""
        return sum(self.widths[self.glyphs.get(ord(char), 0)] for char in text) / 1000


@functools.lru_cache(maxsize=4)
def read_font(path: Path) -> FieldFont:
    """Read a TrueType font for fields."""
    from fontTools.ttLib import TTFont

    data = path.read_bytes()
    font = TTFont(io.BytesIO(data), lazy=True)
    scale = 1000 / font["head"].unitsPerEm
    order = font.getGlyphOrder()
    cmap = font.getBestCmap()
    glyphs = {code: font.getGlyphID(name) for code, name in cmap.items()}
    head, os2 = font["head"], font["OS/2"]
    widths = tuple(round(font["hmtx"][name][0] * scale, 2) for name in order)
    return FieldFont(
        name=str(font["name"].getDebugName(6)),
        file=zlib.compress(data, 9),
        length=len(data),
        glyphs=glyphs,
        widths=widths,
        ascent=font["hhea"].ascent * scale,
        descent=font["hhea"].descent * scale,
        cap_height=os2.sCapHeight * scale,
        bbox=(head.xMin * scale, head.yMin * scale, head.xMax * scale, head.yMax * scale),
        width_array=f"[0 [{' '.join(f'{width:g}' for width in widths)}]]",
        ansi_widths=_ansi_widths(glyphs, widths),
        to_unicode=zlib.compress(_to_unicode(glyphs), 9),
    )


def _ansi_widths(glyphs: Mapping[int, int], widths: Sequence[float]) -> str:
    """Write the widths of the simple font; what has no letter is a bullet (Annex D.2)."""
    codes = bytes(range(FIRST_CODE, 256))
    letters = (bytes([code]).decode(_ENCODING, "ignore") or "\u2022" for code in codes)
    return f"[{' '.join(f'{widths[glyphs.get(ord(each), 0)]:g}' for each in letters)}]"


def _to_unicode(glyphs: Mapping[int, int]) -> bytes:
    """Write the CMap from glyphs to characters: of all, since any of them may be typed."""
    characters: dict[int, int] = {}
    for code, glyph in sorted(glyphs.items()):
        characters.setdefault(glyph, code)
    lines = [
        f"<{glyph:04x}> <{chr(code).encode('utf-16-be').hex()}>"
        for glyph, code in sorted(characters.items())
    ]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()


def font_for(text: str) -> str:
    """Return the name of the font that a text is set in."""
    try:
        text.encode(_ENCODING)
    except UnicodeEncodeError:
        return WIDE_FONT_NAME
    return FONT_NAME


def default_appearance(size: float, name: str = FONT_NAME) -> str:
    """Return the font, size and color in which viewers set what is typed."""
    return f"/{name} {size:g} Tf {_INK}"


def most_letters(width: float, height: float, font: FieldFont, *, lines: bool) -> int:
    """Return how many letters of usual text a field shows, in any viewer of docs/forms.md."""
    usual = font.width(_USUAL) / len(_USUAL)
    if not lines:
        return int((width - 2 * PADDING) / (usual * SMALLEST_SIZE))
    # Firefox shrinks what is typed by a third too little once it takes more lines than these.
    inside = height - PADDING
    rows = max(int(inside / (_WEB_LEADING * _WEB_SIZE)), 1)
    size = inside / rows / _WEB_LEADING
    return int(rows * (width - 2 * PADDING) / (usual * size) * _FULL)


def fitting_size(text: str, width: float, font: FieldFont) -> float:
    """Return the size at which one line of text fits a field of a width, in points."""
    natural = font.width(text)
    if natural * TEXT_SIZE <= width - 2 * PADDING:
        return TEXT_SIZE
    return max(SMALLEST_SIZE, int((width - 2 * PADDING) / natural * 10) / 10)


def draw_line(text: str, size: float, width: float, height: float, font: FieldFont) -> str:
    """Draw one line of text, in the middle of its field's height."""
    y = (height - font.cap_height * size / 1000) / 2
    return _text([(PADDING, y, text)], size, width, height, font)


def draw_comb(text: str, cells: int, width: float, height: float, font: FieldFont) -> str:
    """Draw one character to a cell."""
    y = (height - font.cap_height * TEXT_SIZE / 1000) / 2
    places = [
        ((number + 0.5) * width / cells - font.width(char) * TEXT_SIZE / 2, y, char)
        for number, char in enumerate(text[:cells])
    ]
    return _text(places, TEXT_SIZE, width, height, font)


def size_in_lines(text: str, width: float, height: float, font: FieldFont) -> float:
    """Return the size at which a text fits a field in several lines, in points."""
    sizes = (tenths / 10 for tenths in range(int(TEXT_SIZE * 10), int(SMALLEST_SIZE * 10), -1))
    fitting = (size for size in sizes if fits_lines(text, size, width, height, font))
    return next(fitting, SMALLEST_SIZE)


def draw_lines(text: str, size: float, width: float, height: float, font: FieldFont) -> str:
    """Draw text in as many lines as it takes, from the top."""
    top = height - PADDING - font.ascent * size / 1000
    lines = wrap(text, (width - 2 * PADDING) / size, font)
    places = [(PADDING, top - number * _LEADING * size, line) for number, line in enumerate(lines)]
    return _text(places, size, width, height, font)


def fits_line(text: str, size: float, width: float, font: FieldFont) -> bool:
    """Tell whether a field so many points wide shows the whole of a text on one line."""
    return font.width(text) * size <= width - 2 * PADDING + 0.01


def fits_lines(text: str, size: float, width: float, height: float, font: FieldFont) -> bool:
    """Tell whether a field of so many points shows the whole of a text in its lines."""
    lines = sum(1 for _ in wrap(text, (width - 2 * PADDING) / size, font))
    # An empty one fits any.
    return not text or lines * _LEADING * size <= height - 2 * PADDING


def wrap(text: str, width: float, font: FieldFont) -> Iterator[str]:
    """Yield the lines of a text, each no wider than ``width`` font sizes."""
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and font.width(longer) > width:
                yield line
                longer = word
            while font.width(longer) > width and len(longer) > 1:
                end = next(n for n in range(len(longer), 0, -1) if font.width(longer[:n]) <= width)
                yield longer[:end]
                longer = longer[end:]
            line = longer
        yield line


def _text(
    places: list[tuple[float, float, str]],
    size: float,
    width: float,
    height: float,
    font: FieldFont,
) -> str:
    name = font_for("".join(text for _, _, text in places))
    shown = " ".join(
        f"1 0 0 1 {x:.2f} {y:.2f} Tm {font.encode(text, name)} Tj" for x, y, text in places if text
    )
    if not shown:
        return "/Tx BMC EMC"
    clip = f"1 1 {width - 2:.2f} {height - 2:.2f} re W n"
    return f"/Tx BMC q {clip} BT {default_appearance(size, name)} {shown} ET Q EMC"


def draw_cross(width: float, height: float) -> str:
    """Draw the mark of a box that is ticked: a cross in its middle, as a pen makes it."""
    arm = min(width, height) * 0.2
    x, y = width / 2, height / 2
    return (
        f"q 0.1 G 1.5 w 1 J {x - arm:.2f} {y - arm:.2f} m {x + arm:.2f} {y + arm:.2f} l "
        f"{x - arm:.2f} {y + arm:.2f} m {x + arm:.2f} {y - arm:.2f} l S Q"
    )


def draw_dot(width: float, height: float) -> str:
    """Draw the mark of a choice: a filled circle in its middle."""
    return f"q {_INK} {_circle(width / 2, height / 2, min(width, height) * 0.17)} f Q"


def draw_ring(width: float, height: float) -> str:
    """Draw the mark of a step on a scale: a heavy ring round its number."""
    return f"q 0.1 G 2.4 w {_circle(width / 2, height / 2, min(width, height) / 2 - 1.6)} S Q"


def _circle(x: float, y: float, radius: float) -> str:
    # Four Bézier curves; the constant makes them a circle to a thousandth.
    k = radius * 0.5523
    return (
        f"{x + radius:.2f} {y:.2f} m "
        f"{x + radius:.2f} {y + k:.2f} {x + k:.2f} {y + radius:.2f} {x:.2f} {y + radius:.2f} c "
        f"{x - k:.2f} {y + radius:.2f} {x - radius:.2f} {y + k:.2f} {x - radius:.2f} {y:.2f} c "
        f"{x - radius:.2f} {y - k:.2f} {x - k:.2f} {y - radius:.2f} {x:.2f} {y - radius:.2f} c "
        f"{x + k:.2f} {y - radius:.2f} {x + radius:.2f} {y - k:.2f} {x + radius:.2f} {y:.2f} c h"
    )
