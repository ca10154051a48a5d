"""Compare a kit as it was with what it will be: which documents differ, and what is on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from formgen.compare.pages import Pages, pages_changed
from formgen.compose.pages import Composed, composer
from formgen.findings import InputError
from formgen.kit import Kit
from formgen.model.page_format import PAPER

# A document; of one that has an error, what that is.
Made: TypeAlias = Composed | str


def both_composed(before: Kit, now: Kit) -> tuple[dict[str, Made], dict[str, Made]]:
    """Return the documents of two kits for print; the edition in their footers is that of one."""
    return composed(before), composed(replace(now, edition=before.edition))


def composed(kit: Kit) -> dict[str, Made]:
    """Return each document of a kit for print; of one that has an error, what it is."""
    try:
        maker = composer(kit)
    except InputError as problem:
        return {"every document": f"error: {problem.findings[0].message}"}
    pages: dict[str, Made] = {}
    for document in kit.documents:
        try:
            pages[document.id] = maker.compose(document, PAPER)
        except InputError as problem:
            pages[document.id] = f"error: {problem.findings[0].message}"
    return pages


def differing(old: Mapping[str, Made], new: Mapping[str, Made]) -> dict[str, tuple[Made, Made]]:
    """Return the documents that are in both and not the same, as they were and will be."""
    both = {name: (old[name], new[name]) for name in old if name in new}
    return {name: pair for name, pair in both.items() if _made_of(pair[0]) != _made_of(pair[1])}


def pages_of(changed: Mapping[str, tuple[Made, Made]]) -> dict[str, Pages]:
    """Typeset the documents that differ, and say which of their pages do."""
    return pages_changed(
        {
            name: (one, other)
            for name, (one, other) in changed.items()
            if isinstance(one, Composed) and isinstance(other, Composed)
        }
    )


def _made_of(page: Made) -> tuple[Any, ...]:
    """Return all that makes a page, apart from where its words come from."""
    if isinstance(page, str):
        return (page,)
    return page.html, page.styles, sorted(page.assets.items())
