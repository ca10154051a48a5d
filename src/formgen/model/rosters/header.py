"""The head of a roster: where it stands, and what each of its columns holds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.model.rosters.columns import (
    BOTH,
    FIRST_NAMES,
    KNOWN,
    MATCHED,
    NAME,
    PARTS,
    RosterColumn,
    column_key,
    letters_of,
)
from formgen.sources.tables.table import Cell, Table

# So many rows may stand above the names of the columns, and be titles and the like.
_SEARCHED = 10
# How like a known name one has to be to be taken for a slip of the pen.
_SLIP = 0.75


@dataclass(frozen=True)
class RosterWords:
    """What people call things in their lists, by what they are here; keys of columns."""

    headers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    nothing: frozenset[str] = frozenset()
    totals: frozenset[str] = frozenset()
    after_name: frozenset[str] = frozenset()

    def split(self, key: str) -> tuple[str, str]:
        """Return whose a column is by its key, and what it is of theirs; «» for nobody's."""
        words = [(word, who) for who in BOTH for word in self.headers.get(who, {who})]
        for word, who in sorted(words, key=lambda each: -len(each[0])):
            if key == word:
                return who, NAME
            if key.startswith(f"{word}_"):
                return who, key.removeprefix(f"{word}_").removeprefix("s_")
            if key.endswith(f"_{word}"):
                return who, re.sub(r"_(of|for)(_the)?$", "", key.removesuffix(f"_{word}"))
        return "", key

    def part(self, key: str) -> str:
        """Return what of a person a column holds by its key, or nothing."""
        return next((part for part in PARTS if key in {part, *self.headers.get(part, ())}), "")

    def is_total(self, text: str) -> bool:
        """Tell whether a cell adds a list up: «Total», «Total pairs: 23»."""
        said = re.findall(r"[^\W\d_]+", text.casefold())
        theirs = self.totals.union(*(self.headers.get(who, {who}) for who in BOTH))
        return bool(said) and not self.totals.isdisjoint(said) and theirs.issuperset(said)

    def has_comma(self, text: str) -> bool:
        """Tell whether a name has a comma before anything but a title: not in «Lee Grant, Jr.»."""
        _, *after = text.split(",")
        return any(column_key(each).replace("_", "") not in self.after_name for each in after)


@dataclass(frozen=True)
class Header:
    """A roster's columns by their numbers, the rows below the header, and what is wrong."""

    columns: Mapping[int, RosterColumn]
    row: tuple[Cell, ...]
    below: tuple[tuple[Cell, ...], ...]
    findings: tuple[Finding, ...] = ()


def read_header(table: Table, extra: Mapping[str, RosterColumn], words: RosterWords) -> Header:
    """Return what a roster's columns hold; the header is looked for in the first rows."""
    reader = _Reader(table, {**KNOWN, **extra}, words)
    number, groups = reader.place()
    return reader.read(number, groups)


@dataclass(frozen=True)
class _Reader:
    table: Table
    known: Mapping[str, RosterColumn]
    words: RosterWords

    def place(self) -> tuple[int, Mapping[int, str]]:
        """Return the number of the row that is the header, and whose columns are by a row above."""
        rows = self.table.rows[:_SEARCHED]
        for number in range(len(rows)):
            groups = self.groups(rows[number])
            if groups and number + 1 < len(rows) and self.is_whole(rows[number + 1], groups):
                return number + 1, groups
            if self.is_whole(rows[number], {}):
                return number, {}
        # None of them names all that is needed: the one that names most is meant.
        hits = [sum(bool(self.name_of(cell, "")) for cell in row) for row in rows]
        return hits.index(max(hits)), {}

    def groups(self, row: Sequence[Cell]) -> dict[int, str]:
        """Return whose columns are below a row that says nothing else, by their numbers."""
        named = {n: self.who(cell.text) for n, cell in enumerate(row, 1) if cell.text}
        # A title that names one of them says nothing of columns.
        if not set(BOTH) <= set(named.values()):
            return {}
        groups: dict[int, str] = {}
        line = row[0].place.line
        merged = any(top == line for top, _ in self.table.spans)
        ends = [*sorted(named)[1:], 1000]
        for (column, who), end in zip(sorted(named.items()), ends, strict=True):
            last = self.table.spans.get((line, column), column) if merged else end - 1
            groups |= dict.fromkeys(range(column, last + 1), who)
        return {column: who for column, who in groups.items() if who}

    def who(self, text: str) -> str:
        """Return whose columns stand below a word such as «Mentee» or «Mentor information»."""
        key = column_key(text)
        whose = [who for who in BOTH if set(key.split("_")) & self.words.headers.get(who, {who})]
        who, what = self.words.split(key)
        plain = what == NAME or (len(whose) == 1 and not self.words.part(what))
        return who if plain else ""

    def is_whole(self, row: Sequence[Cell], groups: Mapping[int, str]) -> bool:
        """Tell whether a row names all columns that a roster needs."""
        names = {self.name_of(cell, groups.get(n, "")) for n, cell in enumerate(row, 1)}
        return all(
            f"{who}_{NAME}" in names or {f"{who}_{part}" for part in ("first", "last")} <= names
            for who in BOTH
        )

    def name_of(self, cell: Cell, group: str) -> str:
        """Return which column a header names, or nothing."""
        # In parentheses, some say how to fill it in: «Mentee (Last, First)».
        texts = dict.fromkeys((cell.text, re.sub(r"\([^)]*\)", "", cell.text)))
        return next(filter(None, (self.key_of(column_key(text), group) for text in texts)), "")

    def key_of(self, key: str, group: str) -> str:
        """Return which column a key is, perhaps below a word that says whose it is."""
        if key in self.known:
            return key
        who, what = self.words.split(key)
        part = self.words.part(what)
        if not who:
            if key in self.words.headers.get(MATCHED, ()):
                return MATCHED
            who = group
        return f"{who}_{part}" if who and part else ""

    def read(self, number: int, groups: Mapping[int, str]) -> Header:
        """Return the columns of the header in a row."""
        row, below = self.table.rows[number], self.table.rows[number + 1 :]
        whole = self.is_whole(row, groups)
        columns: dict[int, RosterColumn] = {}
        findings: list[Finding] = []
        aside: list[tuple[int, Cell]] = []
        taken: set[str] = set()
        line = row[0].place.line if row else 0
        width = max([len(row), *(end for (top, _), end in self.table.spans.items() if top == line)])
        for index, cell in enumerate(self.wide(row, below), 1):
            name = self.name_of(cell, groups.get(index, ""))
            if name and name in taken:
                findings.append(_wrong(cell.place, f'column "{name}" appears twice.', _TWICE))
            elif name:
                columns[index] = self.known.get(name) or RosterColumn(name)
            elif problem := self.problem(
                cell, index, [*self.cells(below, index)], whole=whole, inside=index <= width
            ):
                findings.append(problem)
            elif any(self.cells(below, index)):
                aside.append((index, cell))
            taken.add(name)
        findings += self.missing(taken, row[0].place if row else Place(self.table.file, 1, 1))
        findings += self.above(number, columns, whole=whole)
        if aside:
            findings.append(_aside(aside, named=whole))
        return Header(columns, row, below, tuple(findings))

    def wide(self, row: tuple[Cell, ...], below: Iterable[Sequence[Cell]]) -> Iterator[Cell]:
        """Yield the cells of a header, and empty ones where rows of a sheet go on beside it."""
        yield from row
        widest = 0 if self.table.is_csv else max(map(len, below), default=0)
        for column in range(len(row) + 1, widest + 1):
            yield Cell("", Place(self.table.file, row[0].place.line, column))

    @staticmethod
    def cells(rows: Iterable[Sequence[Cell]], index: int) -> Iterator[str]:
        """Yield what stands in a column."""
        return (row[index - 1].text for row in rows if len(row) >= index and row[index - 1].text)

    def problem(
        self, cell: Cell, index: int, held: Sequence[str], *, whole: bool, inside: bool
    ) -> Finding | None:
        """Return what is wrong with a header that names no column, if it cannot be left aside."""
        called = f"column {letters_of(index)}"
        key = column_key(cell.text)
        if not key:
            numbers = all(text.strip("#. ").isdigit() for text in held)
            # Beside a sheet, people write notes; a cell of CSV has its place from separators alone.
            beside = not self.table.is_csv and not inside
            if cell.text or not held or numbers or beside:
                return None
            return _wrong(cell.place, f"{called} has no name.", "name it in the first row.")
        shown = f' ("{cell.text}")' if whole else ""
        near = self.near(key)
        if near:
            message = f"{called}{shown} has a name that no document asks for."
            fix = f"did you mean {' or '.join(map(_quoted, near))}?"
            return _wrong(cell.place, message, fix)
        if not whole:
            # Without a header, it is somebody's name.
            fix = f"use one of: {', '.join(self.known)}."
            return _wrong(cell.place, f"{called} has a name that no document asks for.", fix)
        return None

    def near(self, key: str) -> list[str]:
        """Return the names that a header nearly is; a guess never crosses to the other person."""
        who, what = self.words.split(key)
        part = self.words.part(what)
        if part and not who:
            # What it is is plain, and not whose.
            return [f"{each}_{part}" for each in BOTH]
        if not who:
            begins = key.partition("_")
            whose = _nearest(begins[0], [w for e in BOTH for w in self.words.headers.get(e, {e})])
            who = self.words.split(whose)[0] if whose else ""
            what = begins[2] or NAME
            if not who:
                others = [name for name in self.known if not name.startswith(_BEGINS)]
                found = _nearest(key, others)
                return [found] if found else []
            part = self.words.part(what)
        spellings = {word: p for p in PARTS for word in {p, *self.words.headers.get(p, ())}}
        found = part or spellings.get(_nearest(what, list(spellings)), "")
        return [f"{who}_{found}"] if found else []

    @staticmethod
    def missing(taken: set[str], place: Place) -> Iterator[Finding]:
        """Yield a finding for each name that nobody has."""
        for who in BOTH:
            halves = {f"{who}_{part}" for part in FIRST_NAMES} & taken
            if f"{who}_{NAME}" in taken and halves:
                message = f'there are both "{who}_{NAME}" and "{min(halves)}".'
                yield _wrong(place, message, "keep the whole name, or its two halves.")
            elif f"{who}_{NAME}" not in taken and not {f"{who}_first", f"{who}_last"} <= taken:
                message = f'there is no column "{who}_{NAME}".'
                yield _wrong(place, message, "add it to the first row.")

    def above(
        self, number: int, columns: Mapping[int, RosterColumn], *, whole: bool
    ) -> Iterator[Finding]:
        """Yield a finding if people stand above the header, as where it was sorted with them."""
        names = [n for n, column in columns.items() if column.name.endswith(f"_{NAME}")]
        for row in self.table.rows[:number] if whole and len(names) == len(BOTH) else ():
            texts = [row[n - 1].text if len(row) >= n else "" for n in names]
            if all(_is_like_name(text) and not self.who(text) for text in texts):
                message = "this row stands above the names of the columns."
                yield _wrong(row[0].place, message, "put the names of the columns first.")


_TWICE = "rename or delete one."
_BEGINS = tuple(f"{who}_" for who in BOTH)


def _is_like_name(text: str) -> bool:
    return bool(text) and not re.search(r"[\d:@]", text)


def _nearest(word: str, known: Sequence[str]) -> str:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=_SLIP)), "")


def _quoted(name: str) -> str:
    return f'"{name}"'


def _wrong(place: Place, message: str, fix: str) -> Finding:
    return Finding(place, Code.CSV_HEADER, message, fix)


def _aside(cells: Sequence[tuple[int, Cell]], *, named: bool) -> Finding:
    """Return what is said of columns that no document asks for."""
    told = [
        f'{letters_of(index)} ("{cell.text}")' if named and cell.text else letters_of(index)
        for index, cell in cells
    ]
    columns = "column" if len(told) == 1 else "columns"
    message = f"{columns} {', '.join(told)}: no document asks for this, so it is left aside."
    fix = "leave it; or look at `formgen people LOCAL --template` for the names that are asked for."
    return Finding(cells[0][1].place, Code.UNUSED_COLUMN, message, fix)
