"""Who is who: a pair keeps its id when a name is corrected, and an id tells nothing of its names.

Of names and addresses, only keyed digests are kept. From them one can tell that two are the same,
or nearly the same, and no more.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from formgen.model.rosters.columns import MENTEE, MENTOR
from formgen.model.rosters.people import RosterEntry, contact_of, plain_name

_ID_LENGTH = 8
_DIGITS = 16
# So much of two names has to be the same if nothing else tells that they are one person's, and
# so much if an address does: a school's telephone can be that of whoever comes next.
_NEARLY = 0.6
_SOMEWHAT = 0.3


@dataclass(frozen=True)
class Trace:
    """What is remembered of a person: digests of the name, its letters, addresses."""

    name: str
    letters: tuple[str, ...]
    contacts: tuple[str, ...]

    def is_like(self, other: Trace) -> bool:
        """Tell whether it is the same person, with a name that was corrected perhaps."""
        if self.name == other.name:
            return True
        alike = _alike(self.letters, other.letters)
        if not (self.contacts and other.contacts):
            return alike >= _NEARLY
        return self._shares_contact(other) and alike >= _SOMEWHAT

    def is_surely(self, other: Trace) -> bool:
        """Tell whether more than a likeness says that it is the same person."""
        return self.name == other.name or self._shares_contact(other)

    def _shares_contact(self, other: Trace) -> bool:
        return not set(self.contacts).isdisjoint(other.contacts)


@dataclass(frozen=True)
class Known:
    """A pair as it is remembered."""

    mentee: Trace
    mentor: Trace

    @property
    def names(self) -> tuple[str, str]:
        """Return the digests of both names."""
        return self.mentee.name, self.mentor.name

    @property
    def digests(self) -> set[str]:
        """Return the digests by which either of the two is surely known."""
        return {*self.names, *self.mentee.contacts, *self.mentor.contacts}

    def is_corrected(self, now: Known) -> bool:
        """Tell whether it is the same pair with a name corrected, and not another partner."""
        both = ((self.mentee, now.mentee), (self.mentor, now.mentor))
        like = all(old.is_like(new) for old, new in both)
        return like and any(old.is_surely(new) for old, new in both)

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> Self:
        """Return the pair that was written as JSON."""
        return cls(
            *(
                Trace(each["name"], tuple(each["letters"]), tuple(each["contacts"]))
                for each in (facts["mentee"], facts["mentor"])
            )
        )

    def facts(self) -> dict[str, Any]:
        """Return the pair to be written as JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Identities:
    """The key of a folder of people, and the pairs that it remembers by their ids."""

    key: bytes
    known: Mapping[str, Known]

    def digest(self, kind: str, text: str) -> bytes:
        """Return a digest of a text that nobody has without the key."""
        return hmac.new(self.key, f"{kind}\n{text}".encode(), hashlib.sha256).digest()

    def trace(self, entry: RosterEntry) -> Known:
        """Return what is remembered of a pair."""
        return Known(self._person(entry, MENTEE), self._person(entry, MENTOR))

    def named(self, name: str) -> set[str]:
        """Return the ids of the remembered pairs in which somebody has this name."""
        digest = self.digest("name", plain_name(name)).hex()[:_DIGITS]
        return {id_ for id_, pair in self.known.items() if digest in pair.names}

    def _person(self, entry: RosterEntry, who: str) -> Trace:
        name = plain_name(entry.values[f"{who}_name"])
        pairs = {first + second for first, second in itertools.pairwise(name)}
        contacts = filter(None, (contact_of(entry, who, what) for what in ("email", "phone")))
        return Trace(
            self.digest("name", name).hex()[:_DIGITS],
            # Few digits: enough to compare two names, too few to put one together again.
            tuple(sorted(self.digest("letters", pair).hex()[:3] for pair in pairs)),
            tuple(sorted(self.digest("contact", each).hex()[:_DIGITS] for each in contacts)),
        )

    def assign(self, entries: Iterable[RosterEntry]) -> Assigned:
        """Return the id of each entry: the one that its pair had, or a new one."""
        now = {entry.place: self.trace(entry) for entry in entries}
        by_names = {pair.names: id_ for id_, pair in self.known.items()}
        ids = {place: by_names[pair.names] for place, pair in now.items() if pair.names in by_names}
        free = {id_: pair for id_, pair in self.known.items() if id_ not in ids.values()}
        corrected = self._corrected({p: pair for p, pair in now.items() if p not in ids}, free)
        taken = {*self.known, *ids.values()}
        people: dict[str, RosterEntry] = {}
        for entry in entries:
            id_ = ids.get(entry.place) or corrected.get(entry.place) or self._new_id(entry, taken)
            taken.add(id_)
            people[id_] = entry
        pairs = {id_: now[entry.place] for id_, entry in people.items()}
        return Assigned(people, pairs, frozenset(corrected.values()))

    @staticmethod
    def _corrected(new: Mapping[Any, Known], free: Mapping[str, Known]) -> dict[Any, str]:
        """Return the ids of those that can be one pair of earlier, and no other can be it."""
        # One of the two has the same name, or an address: those are looked up, not all compared.
        by_digest: dict[str, set[str]] = {}
        for id_, pair in free.items():
            for digest in pair.digests:
                by_digest.setdefault(digest, set()).add(id_)
        could = {}
        for place, pair in new.items():
            near = set().union(*(by_digest.get(digest, ()) for digest in pair.digests))
            could[place] = [id_ for id_ in sorted(near) if free[id_].is_corrected(pair)]
        claims = [id_ for ids in could.values() for id_ in ids]
        return {
            place: ids[0]
            for place, ids in could.items()
            if len(ids) == 1 and claims.count(ids[0]) == 1
        }

    def _new_id(self, entry: RosterEntry, taken: set[str]) -> str:
        names = "\n".join(plain_name(entry.values[f"{who}_name"]) for who in (MENTEE, MENTOR))
        number = 0
        while True:
            # A number, only if another pair had these names before one of them was corrected.
            whole = names + "\n" * bool(number) + "2" * number
            digest = hmac.new(self.key, whole.encode(), hashlib.sha256).digest()
            id_ = base64.b32encode(digest).decode().lower()[:_ID_LENGTH]
            if id_ not in taken:
                return id_
            number += 1


@dataclass(frozen=True)
class Assigned:
    """The ids of a roster: whose they are, what is remembered of them, whose name was corrected."""

    people: Mapping[str, RosterEntry]
    known: Mapping[str, Known]
    corrected: frozenset[str]


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return how much of two names is the same, from 0 to 1."""
    both = len(one) + len(other)
    return 2 * len(set(one) & set(other)) / both if both else 0.0
