"""Impose a booklet: two pages a side, in the order that folding and stapling puts right.

Pages are put where they belong as they are, so they stay sharp. How far the inner sheets of a
thick booklet creep outwards depends on the paper, and is left to the printer.
"""

from __future__ import annotations

from formgen.model.printing import Imposition, booklet_order, sheet_of
from formgen.pdf.files.page_xobjects import number, plain_copy


def impose(pdf: bytes, paper: str, imposition: Imposition) -> tuple[bytes, int]:
    """Return a booklet of a file's pages, and the number of its sides. Raises PdfError.

    A page that lies on its side is turned to the left, so that its head is at the outer edge of
    a left-hand page and at the fold of a right-hand one, as tables in books are.
    """
    width, height = sheet_of(paper, imposition)
    with plain_copy(pdf) as (plain, made):
        order = booklet_order(len(plain.pictures))
        for side in order:
            drawn = []
            pictures = {}
            for half, page in enumerate(side):
                if page >= len(plain.pictures):
                    continue
                _, wide, high = plain.pictures[page]
                place = _placed(wide, high, half * width / 2, width / 2, height)
                drawn.append(f"q {place} cm /P{half} Do Q")
                pictures[f"P{half}"] = page
            sheet = plain.add_page(width, height, "\n".join(drawn), pictures)
            plain.box(sheet, "TrimBox", (0, 0, width, height))
    return made.getvalue(), len(order)


def _placed(wide: float, high: float, left: float, width: float, height: float) -> str:
    """Return the matrix that puts a page into the middle of a half of a sheet.

    It is turned if it lies on its side, and made smaller where it must be.
    """
    turned = wide > high
    across, up = (high, wide) if turned else (wide, high)
    scale = min(1.0, width / across, height / up)
    x = left + (width - across * scale) / 2
    y = (height - up * scale) / 2
    # A quarter turn to the left takes (x, y) to (-y, x): what was below comes to the right.
    matrix = (0, scale, -scale, 0, x + across * scale, y) if turned else (scale, 0, 0, scale, x, y)
    return " ".join(str(number(each)) for each in matrix)
