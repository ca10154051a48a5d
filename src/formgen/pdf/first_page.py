"""Draw the first page of a PDF as a small picture."""

from __future__ import annotations

import io

# The greys of a picture: enough for a page that is as small as that.
_GREYS = 8
_BITS = 4
_WHITE = 255


def first_page(pdf: bytes, box: tuple[int, int]) -> tuple[bytes, tuple[int, int]]:
    """Return the first page as a PNG that fits into a box of pixels, and its size."""
    return page_in_greys(pdf, box, 0)


def page_in_greys(pdf: bytes, box: tuple[int, int], number: int) -> tuple[bytes, tuple[int, int]]:
    """Return a page as a small PNG that fits into a box of pixels, and its size; 0 is the first."""
    import pypdfium2
    from PIL import Image

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        width, height = page.get_size()
        scale = min(box[0] / width, box[1] / height)
        drawn = page.render(scale=scale, grayscale=True, draw_annots=False).to_pil()
    top = _GREYS - 1
    steps = [round(level * top / _WHITE) for level in range(_WHITE + 1)]
    picture = Image.frombytes("P", drawn.size, drawn.convert("L").point(steps).tobytes())
    picture.putpalette([round(step * _WHITE / top) for step in range(_GREYS) for _ in range(3)])
    png = io.BytesIO()
    picture.save(png, "PNG", optimize=True, bits=_BITS)
    return png.getvalue(), picture.size
