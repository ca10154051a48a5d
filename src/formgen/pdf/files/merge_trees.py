"""Put together what several files have each: names in order, and dictionaries that agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf

from formgen.codes import Code
from formgen.pdf.sheet import PdfError


def name_tree(pdf: pikepdf.Pdf, named: Sequence[tuple[str, Any]]) -> pikepdf.Object:
    """Return a name tree (7.9.6): one leaf, in the order of the names' bytes."""
    pairs = sorted(((pikepdf.String(name), value) for name, value in named), key=_name_bytes)
    leaf = pikepdf.Dictionary(Names=pikepdf.Array([x for pair in pairs for x in pair]))
    return pdf.make_indirect(leaf)


def _name_bytes(pair: tuple[Any, Any]) -> bytes:
    return bytes(pair[0])


def merged(maps: Sequence[Any], what: str) -> pikepdf.Dictionary:
    """Return one dictionary of several; raises PdfError where they contradict each other."""
    whole = pikepdf.Dictionary()
    for each in maps:
        for key, value in each.items():
            if key in whole and whole[key] != value:
                message = f"the parts do not mean the same by {key} ({what[1:]})."
                raise PdfError(Code.OTHER_PARTS, message, "build all parts with one edition.")
            whole[key] = value
    return whole
