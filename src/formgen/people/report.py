"""What became of a roster."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from formgen.build.publish import Entry
from formgen.findings import Finding
from formgen.model.roster import RosterEntry


@dataclass
class PeopleReport:
    """What was made for the people of a roster, and what is wrong with it."""

    folder: Path
    # The id of each entry that documents were made for, with its row, in order.
    people: dict[str, RosterEntry] = field(default_factory=dict)
    made: list[Entry] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
