"""A blank page, for the back of a sheet that nothing is printed on."""

from __future__ import annotations

from typing import Any

import pikepdf

_BOXES = ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox")


def blank_like(pdf: pikepdf.Pdf, page: Any) -> pikepdf.Page:
    """Return a page of the same size with nothing on it."""
    boxes = {key: pikepdf.Array(list(page[key])) for key in _BOXES if key in page}
    blank = pikepdf.Dictionary(boxes)
    blank["/Type"], blank["/Resources"] = pikepdf.Name.Page, pikepdf.Dictionary()
    return pikepdf.Page(pdf.make_indirect(blank))
