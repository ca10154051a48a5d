"""What is to be made for the people of a roster, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from formgen.build.publish import Entry
from formgen.findings import Finding
from formgen.model.roster import RosterEntry


@dataclass(frozen=True)
class Wanted:
    """What to make: which documents as which outputs, for whom, in which order."""

    documents: tuple[str, ...] = ()
    variants: tuple[str, ...] = ("print",)
    # Ids of people; without any, all.
    people: tuple[str, ...] = ()
    # A column of the roster; without one, the order of its rows.
    order: str = ""
    # Folders are called by names, not by ids alone.
    names: bool = False
    # Printed on letters, as ISO 8601 writes it.
    date: str = ""
    # Every copy starts on a front side; blank backs are put in where it takes them.
    fronts: bool = True

    @property
    def everything(self) -> bool:
        """Tell whether all is made that a roster yields, so that what else there is may go."""
        return not (self.documents or self.people)


@dataclass
class PeopleReport:
    """What became of a roster."""

    folder: Path
    # The id of each entry that documents were made for, with its row, in order.
    people: dict[str, RosterEntry] = field(default_factory=dict)
    made: list[Entry] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
