"""A document made many times in one go: a copy for each person."""

from __future__ import annotations

from dataclasses import dataclass

from formgen.model.forms.acroform import AcroForm, place_prefix


@dataclass(frozen=True)
class Copy:
    """One of the copies that a page of HTML holds, by a name that tells nothing of the person.

    A copy without a name is the document itself.
    """

    name: str = ""
    form: AcroForm | None = None
    # How many pages it is expected to take, and says that it takes.
    pages: int = 1
    # It stands before the others, and what runs along on all pages stands in it.
    leads: bool = True

    def __bool__(self) -> bool:
        """Tell whether it is one of several."""
        return bool(self.name)

    @property
    def anchor(self) -> str:
        """Return the id of the element that holds the copy."""
        return f"copy-{self.name}"

    @property
    def prefix(self) -> str:
        """Return what the names of its places on the page begin with."""
        return place_prefix(self.name)


ALONE = Copy()
