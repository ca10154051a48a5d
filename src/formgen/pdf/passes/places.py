"""Write the places of fields and links as other programs look for them.

WeasyPrint gives a place by its upper corner first and its element a list, even of one. Either is
allowed (ISO 32000-1, 7.9.5 and 14.7.2), but programs that draw a field where it lies, or that
ask whether a signed file was changed, understand only the plainer way.
"""

from __future__ import annotations

from formgen.pdf.engine.objects import PDF, Array, type_of


def write_places(pdf: PDF) -> None:
    """Give each place its lower left corner first, and an element that holds but it, itself."""
    for each in pdf.objects:
        if isinstance(each, dict) and "Rect" in each:
            x0, y0, x1, y1 = each["Rect"]
            each["Rect"] = Array([min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)])
        elif type_of(each) == "/StructElem" and len(each["K"]) == 1:
            (kid,) = each["K"]
            if type_of(kid) == "/OBJR":
                each["K"] = kid
