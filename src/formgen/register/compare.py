"""Compare the rows of a sheet with the files of locals: what changed, and what is by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, brief
from formgen.register.columns import COORDINATOR, NUMBER, REACHED_BY
from formgen.register.known import KnownLocal, KnownLocals
from formgen.register.record import Record
from formgen.register.sheet import SheetRow, Value, as_plain, number_key
from formgen.sources.characters import tidy
from formgen.sources.edit.drafts import text_of
from formgen.sources.edit.parts import with_value
from formgen.sources.tree import Path_
from formgen.wizard import questions


@dataclass(frozen=True)
class Change:
    """A setting whose cell says something else than it did."""

    setting: str
    before: Value
    after: Value

    @property
    def values(self) -> str:
        """Say what it was and what it becomes."""
        return f"{shown(self.before)} -> {shown(self.after)}"


@dataclass(frozen=True)
class ChangedLocal:
    """A local that is there, what its file gets, and its text before and then."""

    local: KnownLocal
    changes: tuple[Change, ...]
    before: bytes
    text: str


@dataclass(frozen=True)
class Compared:
    """What changes, what the register wrote once that is done, and what a local changed itself."""

    changed: tuple[ChangedLocal, ...]
    # By the keys of numbers.
    records: Mapping[str, Record]
    findings: tuple[Finding, ...]


def compare(
    rows: Iterable[SheetRow], known: KnownLocals, records: Mapping[str, Record], folder: Path
) -> Compared:
    """Return what rows change in the locals of a folder that are there."""
    changed: list[ChangedLocal] = []
    findings: list[Finding] = []
    after = dict(records)
    for row in rows:
        key = number_key(row.number)
        local = known.by_number.get(key)
        if local is None or row.hidden:
            continue
        written = dict(records[key].written) if key in records else {}
        changes, by_hand = _differences(row, local, written)
        findings += by_hand
        if changes:
            try:
                changed.append(_changed(local, changes))
            except InputError as problem:
                findings += problem.findings
                continue
        written |= {each.setting: (each.after,) for each in changes}
        after[key] = Record(local.file.parent.relative_to(folder).as_posix(), written)
    return Compared(tuple(changed), after, tuple(findings))


def _differences(
    row: SheetRow, local: KnownLocal, written: dict[str, tuple[Value, ...]]
) -> tuple[list[Change], list[Finding]]:
    """Return what a row changes, and what it does not, since somebody changed that by hand.

    What is as the row says is ``written``, whoever did so.
    """
    changes, by_hand = [], []
    for setting, wanted in row.values.items():
        there = local.value(setting)
        if setting == NUMBER or _stays(setting, wanted, row):
            # It was found by its number, whatever zeros that has.
            written[setting] = (there,)
        elif is_same(there, wanted):
            written[setting] = (wanted,)
        elif any(is_same(there, each) for each in _ours(setting, written)):
            changes.append(Change(setting, there, wanted))
        else:
            by_hand.append(_by_hand(local, row, setting, there))
    return changes, by_hand


def _stays(setting: str, wanted: Value, row: SheetRow) -> bool:
    """Tell whether an empty cell leaves what is there, since a local cannot do without it."""
    if wanted:
        return False
    lacks_both = not any(row.values.get(each) for each in REACHED_BY)
    return setting == COORDINATOR or (setting in REACHED_BY and lacks_both)


def _ours(setting: str, written: Mapping[str, tuple[Value, ...]]) -> Iterator[Value]:
    """Yield what may stand there without that somebody wrote it by hand."""
    yield from written.get(setting, ("",))
    # What a new local has for what nobody said, to be edited.
    yield from (each.said.blank for each in questions() if each.setting == setting)


def is_same(one: Value, other: Value) -> bool:
    """Tell whether two values of a setting are the same, however they are spaced."""
    return [*_words(one)] == [*_words(other)]


def _words(value: Value) -> Iterator[str]:
    lines = [value] if isinstance(value, str) else value
    return (" ".join(tidy(line).split()) for line in lines if line.strip())


def shown(value: Value) -> str:
    """Write a value on one line, so that it can be read in a sentence."""
    text = value if isinstance(value, str) else ", ".join(value)
    return f'"{brief(text)}"' if text else "empty"


def _by_hand(local: KnownLocal, row: SheetRow, setting: str, there: Value) -> Finding:
    place = local.tree.nearest(path_of(setting)).place
    message = (
        f"{setting} was changed here by hand to {shown(there)}; the sheet says"
        f" {shown(row.values[setting])}, in row {row.places[setting].line}."
    )
    fix = "correct the sheet, or write here what it says."
    return Finding(place, Code.CHANGED_BY_HAND, message, fix)


def path_of(setting: str) -> Path_:
    """Return the path of a setting in the tree of a file."""
    return tuple(setting.split("."))


def _changed(local: KnownLocal, changes: list[Change]) -> ChangedLocal:
    before = local.file.read_bytes()
    text = text_of(before)
    for change in changes:
        text = with_value(text, local.file, path_of(change.setting), as_plain(change.after))
    return ChangedLocal(local, tuple(changes), before, text)
