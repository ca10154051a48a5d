"""Measure how far down a page of a PDF something is printed, above what runs along its foot."""

from __future__ import annotations

_DPI = 36
_POINTS = 72
# Points from the lower edge that are left to what runs along the foot of every page.
_FOOT = 62
# What is darker than this was printed.
_PAPER = 245


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def fullness(pdf: bytes, number: int) -> float:
    """Return how much of a page is used, from 0 to 1; the first page is 0."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        drawn = page.render(scale=_DPI / _POINTS, grayscale=True, draw_annots=False).to_pil()
    last = drawn.height - round(_FOOT * _DPI / _POINTS)
    inked = drawn.convert("L").crop((0, 0, drawn.width, last)).point(lambda v: 255 * (v < _PAPER))
    box = inked.getbbox()
    return box[3] / last if box else 0.0
