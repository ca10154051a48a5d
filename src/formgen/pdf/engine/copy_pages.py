"""Where each of many copies lies in a file that was laid out in one go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from formgen.model.copies import Copy
from formgen.pdf.sheet import Cut


def cuts_of(document: Any, copies: Sequence[Copy]) -> list[Cut]:
    """Return the pages on which each copy begins and ends."""
    if not copies:
        return []
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for name in page.anchors:
            # What takes several pages is found on each of them.
            pages.setdefault(name, number)
    firsts = [pages[copy.anchor] for copy in copies]
    ends = [*firsts[1:], len(document.pages)]
    return [
        Cut(first, end, *((copy.form.root, copy.form.document) if copy.form else ("", "")))
        for copy, first, end in zip(copies, firsts, ends, strict=True)
    ]
