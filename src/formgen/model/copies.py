"""A document made many times in one go: a copy for each person."""

from __future__ import annotations

from dataclasses import dataclass

from formgen.model.acroform import AcroForm


@dataclass(frozen=True)
class Copy:
    """One of the copies that a page of HTML holds, by a name that tells nothing of the person."""

    name: str
    form: AcroForm | None = None

    @property
    def anchor(self) -> str:
        """Return the id of the element that holds the copy."""
        return f"copy-{self.name}"

    @property
    def end(self) -> str:
        """Return the id of the element that stands at its end."""
        return f"end-{self.name}"
