"""Plan a roll: read the local as it is, take answers, and write the file that it will have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from formgen.build.check import check_pages
from formgen.codes import Code
from formgen.compose.text.language import Language
from formgen.findings import Finding, InputError, brief, errors
from formgen.kit import Kit, resolve_stack
from formgen.rollover.questions import (
    EMAIL,
    MONTHS,
    PHONE,
    YEAR,
    Question,
    own_year,
    questions,
    split_list,
)
from formgen.rollover.year import SchoolYear, school_year
from formgen.sources.edit.drafts import data_of, text_of
from formgen.sources.edit.texts import with_list, with_text
from formgen.sources.fonts import missing_characters
from formgen.sources.layers import read_stack
from formgen.sources.pack_files.installed import pack_editions
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.tree import Node

# Stands in for an answer that is asked for later.
_LATER = "later@example.org"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# Gets a question and what finds problems with an answer.
Ask = Callable[[Question, Callable[[str], list[str]]], str]


@dataclass(frozen=True)
class Start:
    """A local before it is rolled: its file as it was read, and its kit."""

    file: Path
    data: bytes
    own: Node
    kit: Kit

    @property
    def old(self) -> SchoolYear | None:
        """Return the school year that it is of, by its own file or by what it inherits."""
        return own_year(self.own) or school_year(self.kit.tree.text(*YEAR))

    @property
    def packs(self) -> set[str]:
        """Return the editions of the packs that it builds on."""
        return pack_editions(self.kit.stack)

    @property
    def language(self) -> Language:
        """Return the language of the local's papers, in which questions are asked."""
        return Language(self.kit.settings.language, self.kit.words)

    def words(self, key: str) -> str:
        """Return what is said about a roll, by its name below `roll` in words.yaml."""
        return self.kit.words.text("roll", key)

    def rows_to_keep(self, roster: str, rows: int) -> str:
        """Return what is asked about the rows of last year's roster."""
        node = self.kit.words.nearest(("roll", "rows"))
        forms = (
            {form: node.text(form) for form in node.value} if isinstance(node.value, dict) else {}
        )
        return self.language.counted(forms or node.text(), rows).replace("{file}", roster)

    @property
    def text(self) -> str:
        """Return the file's text."""
        return text_of(self.data)


@dataclass(frozen=True)
class Change:
    """One value that a roll changes, and whether somebody confirmed it."""

    setting: str
    line: int
    before: str
    after: str
    confirmed: bool


@dataclass(frozen=True)
class Plan:
    """What a roll makes of a local, before anything is written."""

    start: Start
    old: SchoolYear
    new: SchoolYear
    data: bytes
    own: Node
    kit: Kit
    changes: tuple[Change, ...]
    # What stays as it is though nobody said that it shall.
    unconfirmed: tuple[str, ...]


def begin(file: Path) -> Start:
    """Read a local. Raises InputError if anything is wrong with it."""
    stack, own = read_stack(file)
    kit = resolve_stack(stack, own)
    wrong = errors(check_pages(kit))
    if wrong:
        raise InputError(wrong)
    return Start(file, file.read_bytes(), own, kit)


def years(
    start: Start, wanted: SchoolYear | None, *, any_year: bool
) -> tuple[SchoolYear, SchoolYear]:
    """Return the year that a local is of and the one that it goes to. Raises InputError."""
    place = start.own.nearest(YEAR).place
    if wanted is None and start.old is None:
        message = "nothing in this file tells which school year it is of."
        raise InputError([Finding(place, Code.NO_YEAR, message, "say --year, such as 2027-2028.")])
    old = start.old or (wanted.before if wanted else SchoolYear(0))
    new = wanted or old.next
    if new == old and not own_year(start.own):
        # The pack is of the new year already; that is no sign that this local was rolled.
        return old.before, new
    if new == old:
        message = f"this local is at {old} already."
        raise InputError([Finding(place, Code.ROLLED, message, f"the next year is {old.next}.")])
    if new != old.next and not any_year:
        message = f"{new} is not the year after {old}, which this local is at."
        fix = f"say --year {old.next}, or add --any-year."
        raise InputError([Finding(place, Code.NOT_NEXT, message, fix)])
    return old, new


def planned(start: Start, old: SchoolYear, new: SchoolYear, ask: Ask | None) -> Plan:
    """Ask for each value, and return what comes of it; without ``ask``, take what is proposed.

    Raises InputError if the local would have findings.
    """
    text, changes, unconfirmed = start.text, list[Change](), list[str]()
    for question in questions(start.own, old, new, start.packs):
        is_given = question.path == YEAR
        answer = question.proposed
        if ask and not is_given:
            answer = ask(question, _checker(start, text, question, new))
        if _same(question, answer):
            unconfirmed += [] if ask or not question.now else [question.setting]
            continue
        text = _with_answer(text, start.file, question, answer)
        line = start.own.nearest(question.path).place.line
        confirmed = is_given or ask is not None
        changes.append(Change(question.setting, line, question.now, answer, confirmed))
    own = parse_yaml(text, start.file, "local")
    kit = resolve_stack(start.kit.stack, own)
    wrong = errors(check_pages(kit))
    if wrong:
        raise InputError(wrong)
    data = data_of(text, start.data)
    ordered = tuple(sorted(changes, key=lambda change: change.line))
    return Plan(start, old, new, data, own, kit, ordered, tuple(unconfirmed))


def _same(question: Question, answer: str) -> bool:
    if question.path == MONTHS:
        return split_list(answer) == split_list(question.now)
    return answer == question.now


def _with_answer(text: str, file: Path, question: Question, answer: str) -> str:
    if question.path == MONTHS:
        return with_list(text, file, MONTHS, split_list(answer))
    return with_text(text, file, question.path, answer)


def _checker(
    start: Start, text: str, question: Question, new: SchoolYear
) -> Callable[[str], list[str]]:
    return lambda answer: list(problems_with(start, text, question, answer, new))


def problems_with(
    start: Start, text: str, question: Question, answer: str, new: SchoolYear
) -> Iterator[str]:
    """Yield what is wrong with an answer, as plain sentences with a remedy."""
    if _DAY.fullmatch(answer) and not new.first <= int(answer[:4]) <= new.first + 1:
        yield f"{brief(answer)} is not in {new}. Fix: give a day of that year."
        return
    if _same(question, answer) and question.path != EMAIL:
        return  # nothing was wrong before; an e-mail address may be needed by now
    # The fonts are asked here, so that the sentence is about the answer and not about a file.
    if missing_characters(answer):
        yield "our fonts cannot print all of it. Fix: use other letters."
        return
    try:
        changed = _with_answer(text, start.file, question, answer)
        if question.path == PHONE and not answer and not start.own.text(*EMAIL):
            changed = with_text(changed, start.file, EMAIL, _LATER)
        resolve_stack(start.kit.stack, parse_yaml(changed, start.file, "local"))
    except InputError as problem:
        for finding in errors(problem.findings):
            yield f"{finding.message} Fix: {finding.fix}"
