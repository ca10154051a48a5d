"""The people of a roster: which rows name the same pair, and which the same person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.model.rosters.columns import BOTH, MENTEE, MENTOR, NAME


@dataclass(frozen=True)
class RosterEntry:
    """One row: where it stands, and its texts by column; dates are as ISO 8601 writes them."""

    place: Place
    values: Mapping[str, str]

    @property
    def row(self) -> int:
        """Return the row's number in its file."""
        return self.place.line


def once(entries: Iterable[RosterEntry], findings: list[Finding]) -> Iterator[RosterEntry]:
    """Yield the entries, and a finding instead of one whose pair came before."""
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        pair = pair_of(entry)
        if pair in seen:
            message = f"row {entry.row}: the same pair as in row {seen[pair]}."
            findings.append(Finding(entry.place, Code.REPEATED_ROW, message, "delete one of them."))
            continue
        seen[pair] = entry.row
        yield entry


def doubles(entries: Sequence[RosterEntry]) -> Iterator[Finding]:
    """Yield what may be a mistake where a name stands in several rows."""
    for who in BOTH:
        seen: dict[str, list[RosterEntry]] = {}
        for entry in entries:
            before = seen.setdefault(plain_name(entry.values[f"{who}_{NAME}"]), [])
            other = next((each for each in before if not is_same(each, entry, who)), None)
            if other:
                message = (
                    f"row {entry.row}: the {who} has the name of the one in row {other.row} and "
                    "another address or telephone, so they are taken for two people."
                )
                fix = "if it is one person, write the same in both rows."
                yield Finding(entry.place, Code.REPEATED_PERSON, message, fix)
            elif before and who == MENTEE:
                message = (
                    f"row {entry.row}: the {who} of row {before[0].row} with another {MENTOR}."
                )
                fix = f"leave it, if there are two; if the {MENTOR} changed, delete the old row."
                yield Finding(entry.place, Code.REPEATED_PERSON, message, fix)
            before.append(entry)


def pair_of(entry: RosterEntry) -> tuple[str, str]:
    """Return what tells a pair from others, however its names are written."""
    mentee, mentor = (plain_name(entry.values[f"{who}_name"]) for who in (MENTEE, MENTOR))
    return mentee, mentor


def plain_name(name: str) -> str:
    """Return a name so that it can be compared, however it is written."""
    return " ".join(name.casefold().split())


def is_same(one: RosterEntry, other: RosterEntry, who: str) -> bool:
    """Tell whether two of the same name are one person: no address says otherwise."""
    for what in ("email", "phone"):
        both = [contact_of(entry, who, what) for entry in (one, other)]
        if all(both):
            return both[0] == both[1]
    return True


def contact_of(entry: RosterEntry, who: str, what: str) -> str:
    """Return an address of a person so that it can be compared; a telephone by its digits."""
    text = entry.values.get(f"{who}_{what}", "").casefold()
    return "".join(filter(str.isdigit, text)) if what == "phone" else text
