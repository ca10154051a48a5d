"""For whom a document is made: each pair of the roster, or each person in it once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from formgen.compose.mail_merge import Person
from formgen.findings import Place
from formgen.kit import KitDocument
from formgen.model.rosters.columns import MENTEE, MENTOR
from formgen.model.rosters.people import RosterEntry, is_same, plain_name
from formgen.model.rosters.roster import DATE

# Writes names as a list: «a, b and c».
Listing = Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Recipient:
    """Whom one copy is for: what is printed on it, and the pairs whose names it holds."""

    person: Person
    pairs: tuple[str, ...]
    place: Place


def recipients(
    document: KitDocument, people: Mapping[str, RosterEntry], date: str, listing: Listing
) -> list[Recipient]:
    """Return for whom a document is made: with `once`, a person in two rows gets one copy."""
    who = document.entry.person
    once = document.entry.once and who in {MENTEE, MENTOR}
    groups = same_people(people, who) if once else [[id_] for id_ in people]
    made = []
    for ids in groups:
        entries = [people[id_] for id_ in ids]
        values = {**_together(entries, who, listing), DATE: date}
        made.append(Recipient(Person(ids[0], values), tuple(ids), entries[0].place))
    return made


def same_people(people: Mapping[str, RosterEntry], who: str) -> list[list[str]]:
    """Return the ids of the rows in which the mentor, or the mentee, is the same person."""
    groups: list[list[str]] = []
    by_name: dict[str, list[list[str]]] = {}
    for id_, entry in people.items():
        named = by_name.setdefault(plain_name(entry.values[f"{who}_name"]), [])
        for group in named:
            if all(is_same(people[each], entry, who) for each in group):
                group.append(id_)
                break
        else:
            named.append([id_])
            groups.append(named[-1])
    return groups


def _together(entries: Sequence[RosterEntry], who: str, listing: Listing) -> Mapping[str, str]:
    """Return what several rows say of one person, all partners named."""
    first = entries[0].values
    if len(entries) == 1:
        return first
    partner = f"{MENTEE if who == MENTOR else MENTOR}_"
    values = {}
    for column in first:
        held = [text for entry in entries if (text := entry.values.get(column, ""))]
        if column == f"{partner}name":
            values[column] = listing(list(dict.fromkeys(held)))
        elif column.startswith(partner):
            # What is true of one partner alone is not printed as if it were of all.
            values[column] = held[0] if len(held) == len(entries) and len(set(held)) == 1 else ""
        else:
            values[column] = held[0] if held else ""
    return values
