"""What is asked when a year ends: each value of `local.yaml` that is of one year, or of people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from formgen.compose.text.language import Language
from formgen.model.pack_locks import Locked
from formgen.rollover.year import SchoolYear, moved_day, moved_years, school_year, year_of
from formgen.sources.tree import Node, Path_

YEAR: Path_ = ("program", "school_year")
MONTHS: Path_ = ("program", "months")
EDITION: Path_ = ("edition",)
PHONE: Path_ = ("coordinator", "phone")
EMAIL: Path_ = ("coordinator", "email")
_DATES = ("applications_due", "matched_by", "exit_forms_due")
_OFFICERS: tuple[Path_, ...] = (
    ("local", "president"),
    ("coordinator", "name"),
    PHONE,
    EMAIL,
    ("archive", "custodian"),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What the file may lack and is asked for all the same, since a new coordinator may have it.
_ALWAYS = {PHONE, EMAIL}


@dataclass(frozen=True)
class Question:
    """One value: where it stands, what it is now, and what is proposed."""

    path: Path_
    now: str
    proposed: str
    # What it is the date of, for an event.
    event: str = ""

    @property
    def setting(self) -> str:
        """Return the setting's name as people write it: items count from 1."""
        return ".".join(str(s + 1) if isinstance(s, int) else s for s in self.path)


def days_of(own: Node) -> list[str]:
    """Return all days that a local's own file gives."""
    events = own.get("events")
    count = len(events.value) if events and isinstance(events.value, list) else 0
    paths: list[Path_] = [("dates", name) for name in _DATES]
    paths += [("events", number, "date") for number in range(count)]
    return [text for path in paths if (text := own.text(*path))]


def own_year(own: Node) -> SchoolYear | None:
    """Return the school year that a local's file is of: as it or its edition says, or its days."""
    said = school_year(own.text(*YEAR)) or school_year(own.text(*EDITION))
    return said or year_of(days_of(own))


def questions(
    own: Node, old: SchoolYear, new: SchoolYear, packs: Collection[str] = ()
) -> Iterator[Question]:
    """Yield what is asked, in the order of asking; only what the local's own file sets.

    The school year itself comes first, and is not asked but told. An edition that is one of its
    ``packs`` is theirs to raise.
    """
    edition = own.text(*EDITION)
    if own.text(*YEAR):
        yield _of(own, YEAR, moved_years(own.text(*YEAR), old, new))
    if edition and edition not in packs:
        moved = moved_years(edition, old, new)
        yield _of(own, EDITION, moved if moved != edition else str(new))
    months = listed(own.get(*MONTHS))
    if months:
        said = ", ".join(months)
        yield Question(MONTHS, said, said)
    for name in _DATES:
        day = own.text("dates", name)
        if day:
            yield _of(own, ("dates", name), moved_day(day, old, new))
    yield from _events(own, old, new)
    for path in _OFFICERS:
        if path in _ALWAYS or own.text(*path):
            yield _of(own, path, own.text(*path))


def _events(own: Node, old: SchoolYear, new: SchoolYear) -> Iterator[Question]:
    events = own.get("events")
    for number, event in enumerate(
        events.value if events and isinstance(events.value, list) else ()
    ):
        day = event.text("date")
        path: Path_ = ("events", number, "date")
        yield Question(path, day, moved_day(day, old, new), event.text("name"))


def _of(own: Node, path: Path_, proposed: str) -> Question:
    return Question(path, own.text(*path), proposed)


def asked(question: Question, language: Language) -> str:
    """Return what is asked, in the words of the language, with what the value was."""
    words = language.words.nearest(("roll",))
    if question.event:
        text = words.text("event").replace("{name}", question.event)
    else:
        text = words.text("ask", question.setting)
    if _DAY.fullmatch(question.now):
        day = words.text("day").replace("{weekday}", language.weekday(question.now))
        return f"{text} {day.replace('{day}', question.now)}"
    if question.now != question.proposed:
        return f"{text} {words.text('was').replace('{value}', question.now)}"
    return text


def listed(node: Node | None) -> list[str]:
    """Return the texts of a list."""
    items = node.value if node and isinstance(node.value, list) else []
    return [str(item.value) for item in items]


def split_list(answer: str) -> list[str]:
    """Return the items of an answer that names several, with commas between them."""
    return [item for part in answer.split(",") if (item := part.strip())]


def kept_by_packs(
    own: Node, whole: Node, locks: tuple[Locked, ...], packs: Collection[str] = ()
) -> Iterator[str]:
    """Yield, of what else would be asked, what a pack decides and the local does not."""
    for path in (YEAR, EDITION, MONTHS, *(("dates", name) for name in _DATES), *_OFFICERS):
        name = ".".join(map(str, path))
        by = [lock.by for lock in locks if f"{name}.".startswith(f"{lock.thing}.")]
        node = whole.get(*path)
        if by:
            yield f"{name} is locked by {by[0]} and stays as it is there."
        elif path == YEAR and node and node.value and not own.text(*path):
            yield f"{name} is {node.value}, as {node.layer} says; it comes with the next edition."
        elif path == EDITION and own.text(*path) in packs:
            yield f"{name} is {own.text(*path)}, the pack's own; it comes with the next edition."
