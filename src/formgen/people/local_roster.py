"""A local with its roster: open it, list who is on it, or write an empty one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from formgen.codes import Code
from formgen.compose.pages import Composer
from formgen.findings import Finding, InputError, Place, errors, in_order
from formgen.model.roster import Roster, column_key
from formgen.people.empty_roster import template, write_template
from formgen.people.forgetting import sweep_people
from formgen.people.options import OptionError, PeopleOptions
from formgen.people.people_manifest import read_register
from formgen.people.report import PeopleReport
from formgen.people.roster import (
    NAME,
    explained_columns,
    explained_head,
    explained_sheets,
    read_roster,
    roster_files,
)


@dataclass(frozen=True)
class LocalRoster:
    """A local, and its roster: the rows that can be used, and what is wrong with others."""

    composer: Composer
    roster: Roster
    # The file that was named; none is the local's own.
    file: Path | None = None

    @property
    def findings(self) -> list[Finding]:
        """Return what is wrong with rows, in their order."""
        return in_order(self.roster.findings)


def open_roster(composer: Composer, file: Path | None, *, skip_bad_rows: bool) -> LocalRoster:
    """Read a local's roster. Raises InputError for bad rows, unless they may be skipped."""
    opened = LocalRoster(composer, read_roster(composer, file), file)
    if errors(opened.findings) and not skip_bad_rows:
        raise InputError(opened.findings)
    return opened


def usable_options(opened: LocalRoster, options: PeopleOptions) -> PeopleOptions:
    """Return options with the date as ISO 8601 and the order as the name of a column.

    Raises InputError if nobody is on the roster, and OptionError.
    """
    entries = opened.roster.entries
    if not entries:
        message = "no row of it can be used."
        fix = "fill it in; `formgen people LOCAL --template` writes one to start from."
        file = opened.file or opened.composer.kit.stack.local.folder
        found = Finding(Place(file), Code.CSV_EMPTY, message, fix)
        raise InputError([*errors(opened.findings), found])
    read_date = opened.composer.wording.language.iso_day
    try:
        date = read_date(options.date) if options.date else ""
    except ValueError:
        message = f'"{options.date}" is no date. Write it like 2026-10-05.'
        raise OptionError("date", message) from None
    order = column_key(options.order)
    if order and order not in entries[0].values:
        raise OptionError("order", f'the roster has no column "{options.order}".')
    return replace(options, date=date, order=order)


def list_people(opened: LocalRoster, out: Path) -> PeopleReport:
    """Return who is on a roster by the ids that they go by, with nothing made."""
    home = out / opened.composer.kit.id
    sweep_people(home)
    register = read_register(home)
    people = {register.id_of(entry): entry for entry in opened.roster.entries}
    # An id is for ever once something was made under it; before that, there is none to tell.
    return PeopleReport(register.folder, people if register.entries else {})


def write_empty_roster(composer: Composer, kind: str) -> Path:
    """Write a roster with no people in it, as csv or xlsx. Raises InputError if there is one."""
    folder = composer.kit.stack.local.folder
    for there in roster_files(folder):
        fix = "keep it, or move it away first."
        raise InputError(
            [Finding(Place(there), Code.EXISTS, f"{there.name} is there already.", fix)]
        )
    path = folder / f"{NAME}.{kind}"
    columns = list(explained_columns(composer))
    write_template(
        path, template(kind, columns, explained_head(composer), explained_sheets(composer))
    )
    return path
