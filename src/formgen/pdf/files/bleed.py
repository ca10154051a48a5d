"""Pages for a print shop: larger than the paper, with marks where to cut.

What is painted up to the edge of the paper has to reach beyond it, since no cut is exact. Pages
are laid out to end at the edge, whichever template drew them. So the bleed is a reflection of
each page's outermost 3 mm, drawn as sharply as the page: plain areas go on as they are.
"""

from __future__ import annotations

import math

from formgen.pdf.files.page_xobjects import number, plain_copy

_MM = 72 / 25.4
BLEED = 3 * _MM
# Marks stand clear of the bleed, so that none of them is left when the cut is not exact.
_GAP = 1 * _MM
_LENGTH = 5 * _MM
# The reflections go on a little under the page, in points, so that no seam shines through.
_UNDER = 0.5
# In whole points, so that the edges of letter paper fall between the pixels of a screen.
MARGIN = float(math.ceil(BLEED + _GAP + _LENGTH + 1 * _MM))


def add_bleed(pdf: bytes) -> tuple[bytes, int]:
    """Return a file's pages with bleed and marks, and the number of pages. Raises PdfError.

    TrimBox is the paper, BleedBox 3 mm larger on each side, MediaBox begins at 0, 0.
    """
    with plain_copy(pdf) as (plain, made):
        for page, (_, wide, high) in enumerate(plain.pictures):
            width, height = wide + 2 * MARGIN, high + 2 * MARGIN
            drawn = f"{_page_and_edges(wide, high)}\n{_marks(wide, high)}"
            sheet = plain.add_page(width, height, drawn, {"P": page})
            for name, around in (("BleedBox", BLEED), ("TrimBox", 0.0)):
                edge = MARGIN - around
                plain.box(sheet, name, (edge, edge, width - edge, height - edge))
    return made.getvalue(), len(plain.pictures)


def _page_and_edges(wide: float, high: float) -> str:
    """Return what draws the reflections of a page's edges, and over them the page."""
    strips = [
        f"q {_texts(x, y, width, height)} re W n {_texts(sx, 0, 0, sy, tx, ty)} cm /P Do Q"
        for x, width, sx, tx in _along(wide)
        for y, height, sy, ty in _along(high)
        if (sx, sy) != (1, 1)
    ]
    return "\n".join([*strips, f"q {_texts(1, 0, 0, 1, MARGIN, MARGIN)} cm /P Do Q"])


def _along(length: float) -> tuple[tuple[float, float, int, float], ...]:
    """Return, along one side, where each strip begins, how long it is, and what places it."""
    strip = BLEED + _UNDER
    return (
        (MARGIN - BLEED, strip, -1, MARGIN + _UNDER),
        (MARGIN, length, 1, MARGIN),
        (MARGIN + length - _UNDER, strip, -1, MARGIN + 2 * length - _UNDER),
    )


def _marks(wide: float, high: float) -> str:
    """Return what draws the two marks at each corner, outside of the bleed."""
    near, far = BLEED + _GAP, BLEED + _GAP + _LENGTH
    lines = []
    for x, outwards in ((MARGIN, -1), (MARGIN + wide, 1)):
        for y, upwards in ((MARGIN, -1), (MARGIN + high, 1)):
            lines += [
                (x + outwards * near, y, x + outwards * far, y),
                (x, y + upwards * near, x, y + upwards * far),
            ]
    strokes = "\n".join(f"{_texts(a, b)} m {_texts(c, d)} l S" for a, b, c, d in lines)
    return f"/Artifact BMC q 0 G 0.25 w\n{strokes}\nQ EMC"


def _texts(*values: float) -> str:
    return " ".join(str(number(each)) for each in values)
