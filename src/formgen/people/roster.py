"""Find and read a local's roster: its rows, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from formgen.codes import Code
from formgen.compose.pages import Composer, make_composer
from formgen.compose.text.contents import read_form, read_letter
from formgen.compose.text.wording import Wording
from formgen.compose.views import ColumnView, FieldView
from formgen.findings import Finding, InputError, Place
from formgen.kit import KitDocument, resolve
from formgen.model.forms.field_type import FieldType
from formgen.model.rosters.columns import KNOWN, MENTEE, MENTOR, RosterColumn, column_key
from formgen.model.rosters.header import Header, RosterWords, read_header
from formgen.model.rosters.roster import Roster, check_roster
from formgen.sources.tables.table import KINDS, read_table

NAME = "roster"
# What Excel takes in no name of a sheet, and how long one may be.
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET = 31
# How files end that may be somebody's list.
_TABLES = {*KINDS, ".xls", ".xlsm", ".tsv", ".txt", ".numbers"}


def roster_files(folder: Path) -> list[Path]:
    """Return the rosters that lie in a local's folder; there should be one at most."""
    return [folder / f"{NAME}{kind}" for kind in KINDS if (folder / f"{NAME}{kind}").is_file()]


def read_roster(composer: Composer, file: Path | None = None) -> Roster:
    """Return a local's roster, from the file if one is named. Raises InputError if it is none."""
    path = file or _only_one(composer.kit.stack.local.folder)
    table = read_table(path)
    read_date = composer.wording.language.iso_day
    roster = check_roster(table, asked_columns(composer), read_date, roster_words(composer))
    if table.guessed:
        message = (
            f"{path.name} is not in UTF-8, so letters such as é were read as Windows has them."
        )
        fix = "look whether they are right, or save it as «CSV UTF-8»."
        finding = Finding(Place(path), Code.CSV_ENCODING, message, fix)
        return replace(roster, findings=(*roster.findings, finding))
    return roster


def read_head(composer: Composer, file: Path) -> Header:
    """Return the columns of a roster, whatever is wrong with its rows. Raises InputError."""
    own = {name: RosterColumn(name, kind) for name, kind in asked_columns(composer).items()}
    return read_header(read_table(file), own, roster_words(composer))


def _only_one(folder: Path) -> Path:
    files = roster_files(folder)
    if len(files) == 1:
        return files[0]
    if files:
        names = " and ".join(file.name for file in files)
        fix = "keep the one that is right, or name it with --roster."
        raise InputError([Finding(Place(folder), Code.TWO_ROSTERS, f"there are {names}.", fix)])
    message = f"there is no {NAME}.csv, {NAME}.xlsx or {NAME}.ods."
    fix = "`formgen people LOCAL --template` writes one to start from."
    if near := _nearly(folder):
        fix = f'rename "{near}", or name it with --roster; {fix}'
    raise InputError([Finding(Place(folder), Code.NO_ROSTER, message, fix)])


def _nearly(folder: Path) -> str:
    """Return the name of a file that seems to be meant for the roster, or nothing."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    tables = [name for name in names if Path(name).suffix.lower() in _TABLES]
    called = [name for name in tables if NAME in name.casefold()]
    return (called or (tables if len(tables) == 1 else [""]))[0]


def roster_words(composer: Composer) -> RosterWords:
    """Return what the language, and the local, call the columns of a list and what stands there."""
    terms = composer.kit.settings.program.terms
    own = {
        MENTEE: (MENTEE, terms.mentee, terms.mentees),
        MENTOR: (MENTOR, terms.mentor, terms.mentors),
    }

    def words(*keys: str) -> list[str]:
        node = composer.kit.words.get(NAME, *keys)
        held = node.value if node and isinstance(node.value, list) else []
        return [str(each.value) for each in held]

    headers = composer.kit.words.get(NAME, "headers")
    kinds = headers.value if headers and isinstance(headers.value, dict) else {}
    return RosterWords(
        {
            kind: frozenset(
                filter(None, map(column_key, [*words("headers", kind), *own.get(kind, ())]))
            )
            for kind in {*kinds, *own}
        },
        frozenset(word.casefold() for word in words("nothing")),
        frozenset(word.casefold() for word in words("totals")),
        frozenset(words("after_name")),
    )


def asked_columns(composer: Composer) -> dict[str, FieldType]:
    """Return the columns that a local's own forms ask for, beside those that all rosters have.

    A column is of the kind of the field that it fills in; of several, of one that is checked.
    """
    asked: dict[str, FieldType] = {}
    for document in composer.kit.documents:
        for field in _fields(composer, document) if document.entry.person else ():
            asking: list[FieldView | ColumnView] = [field, *field.columns]
            for each in asking:
                if each.roster and each.roster not in KNOWN:
                    kind = asked.setdefault(each.roster, each.kind)
                    if not (kind.value and kind.value.is_checked):
                        asked[each.roster] = each.kind
    return asked


def _fields(composer: Composer, document: KitDocument) -> Iterable[FieldView]:
    wording = Wording(composer.wording.context)
    try:
        if document.entry.kind in {"letter", "certificate"}:
            return read_letter(composer.kit, document, wording).form.fields
        return read_form(composer.kit, document, wording).fields
    except InputError:
        return ()  # composing it tells what is wrong


def explained_head(composer: Composer) -> list[str]:
    """Return what an empty roster says of itself."""
    node = composer.kit.words.get(NAME, "head")
    lines = node.value if node and isinstance(node.value, list) else []
    return [str(line.value) for line in lines]


def explained_sheets(composer: Composer) -> tuple[str, str]:
    """Return what the sheets of an empty workbook are called: the roster, and what explains it."""
    words = composer.kit.words
    roster, about = (words.text(NAME, key) for key in ("sheet", "about"))
    return _sheet_name(roster), _sheet_name(about)


def _sheet_name(text: str) -> str:
    """Return a text as Excel takes it for the name of a sheet."""
    return _NOT_IN_SHEETS.sub(" ", text)[:_LONGEST_SHEET].strip(" '") or NAME


def roster_findings(local_yaml: Path) -> list[Finding]:
    """Return what is wrong with the roster of a local, if it has one.

    Raises InputError if anything is wrong with the local itself.
    """
    if not roster_files(local_yaml.parent):
        return []
    pages = make_composer(resolve(local_yaml))
    try:
        return list(read_roster(pages).findings)
    except InputError as problem:
        return list(problem.findings)


def explained_columns(composer: Composer) -> Iterator[tuple[str, bool, str]]:
    """Yield each column's name, whether it has to be filled in, and what it is for."""
    words, wording = composer.kit.words, Wording(composer.wording.context)
    for column in KNOWN.values():
        node = words.nearest((NAME, column.name))
        text = wording.text(words.text(NAME, column.name), node.place)
        yield column.name, column.required, text
    for name in asked_columns(composer):
        yield name, False, words.text(NAME, "own")
