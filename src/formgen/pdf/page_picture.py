"""Draw a page of a PDF in its colors, as a screen shows it."""

from __future__ import annotations

import io


def page_picture(pdf: bytes, number: int, width: int) -> tuple[bytes, int]:
    """Return a page as a PNG so many pixels wide, and how many pages there are; 0 is the first.

    A number behind the last page means the last.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[min(number, len(document) - 1)]
        drawn = page.render(scale=width / page.get_width(), may_draw_forms=False).to_pil()
        png = io.BytesIO()
        # To pack it tighter takes longer than to show it.
        drawn.save(png, "PNG", compress_level=1)
        return png.getvalue(), len(document)
