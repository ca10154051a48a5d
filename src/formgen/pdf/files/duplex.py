"""Which part of a bound file comes to lie on which page: fronts, and the backs that stay blank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Where a part lies: its first page, counted from nought, its pages, and blank ones after."""

    first: int
    pages: int
    blanks: int

    @property
    def end(self) -> int:
        """Return the page after its last one and the blank ones."""
        return self.first + self.pages + self.blanks


def lay_out(parts: Iterable[tuple[int, bool]], *, fronts: bool = True) -> list[Span]:
    """Return where parts lie, given the pages of each and whether it has its sheets to itself.

    With ``fronts``, every part starts on a front side. Without, only those with sheets of their
    own do, and what comes after them.
    """
    spans: list[Span] = []
    end = 0
    for pages, own_sheet in parts:
        if own_sheet and end % 2:
            before = spans.pop()
            spans.append(Span(before.first, before.pages, before.blanks + 1))
            end += 1
        blanks = (end + pages) % 2 if fronts or own_sheet else 0
        spans.append(Span(end, pages, blanks))
        end = spans[-1].end
    return spans
