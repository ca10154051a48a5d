"""What became of a roster."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from formgen.build.publish import Entry
from formgen.findings import Finding
from formgen.model.rosters.people import RosterEntry


@dataclass
class PeopleReport:
    """What was made for the people of a roster, and what is wrong with it."""

    folder: Path
    # The id of each entry that documents were made for, with its row, in order.
    people: dict[str, RosterEntry] = field(default_factory=dict)
    made: list[Entry] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    # The ids of those for whom something was made and who are on the roster no more.
    gone: list[str] = field(default_factory=list)
    # Files that hold a name as it was before it was corrected, by their paths.
    earlier: list[str] = field(default_factory=list)
    # The list for a mail-merge program by its path, and how many on it have no address.
    mail: str = ""
    unaddressed: int = 0
