"""Show a document that was laid out as it is printed, or with its fields.

Both have one layout. What stands in one of them alone is taken out of the boxes while the other
is written: it is neither drawn nor tagged there, and nothing else moves.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from formgen.model.page_format import Edition

if TYPE_CHECKING:
    import weasyprint

# The class of an element that stands in this edition alone.
_CLASSES: dict[Edition, str] = {"print": "paper-only", "fillable": "screen-only"}


@contextlib.contextmanager
def shown_in(edition: Edition, document: weasyprint.Document) -> Iterator[weasyprint.Document]:
    """Yield a document with all that an edition shows, and nothing of the other one."""
    # A file has letters of what it shows alone: those that were drawn before are forgotten.
    shown = document.copy()
    (other,) = (name for each, name in _CLASSES.items() if each != edition)
    forms = [page.forms for page in document.pages]
    whole = []
    for page in document.pages:
        if edition == "print":
            page.forms = {None: []}
        whole += list(_parents(page._page_box, other, edition))  # noqa: SLF001  (see docs/developers.md)
    for box, _, kept in whole:
        box.children = kept
    try:
        yield shown
    finally:
        for box, children, _ in whole:
            box.children = children
        for page, before in zip(document.pages, forms, strict=True):
            page.forms = before


def _parents(box: Any, other: str, edition: Edition) -> Iterator[tuple[Any, list[Any], list[Any]]]:
    """Yield each box that holds what is not shown, with all of its children and those shown."""
    children = list(getattr(box, "children", ()))
    kept = [child for child in children if not _is_hidden(child, other, edition)]
    if len(kept) < len(children):
        yield box, box.children, kept
    for child in kept:
        yield from _parents(child, other, edition)


def _is_hidden(box: Any, other: str, edition: Edition) -> bool:
    element = box.element
    if element is None:
        return False
    if edition == "print" and box.is_input():
        return True
    return other in element.get("class", "").split()
