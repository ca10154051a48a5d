"""A local with its roster: open it, list who is on it, or write an empty one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from formgen.codes import Code
from formgen.compose.pages import Composer
from formgen.findings import Finding, InputError, Place, errors, in_order
from formgen.model.rosters.columns import column_key
from formgen.model.rosters.roster import Roster
from formgen.people.choosing import is_rows
from formgen.people.empty_roster import template, write_template
from formgen.people.forgetting import Forgotten, forget_those, known_there, nobody, sweep_people
from formgen.people.options import OptionError, PeopleOptions
from formgen.people.people import whose
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


def open_roster(
    composer: Composer, file: Path | None, *, skip_bad_rows: bool, out: Path | None = None
) -> LocalRoster:
    """Read a local's roster. Raises InputError for bad rows, unless they may be skipped.

    What runs that were cut off left below ``out`` goes first, whatever is wrong with the roster.
    """
    if out:
        sweep_people(out / composer.kit.id)
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


def list_people(opened: LocalRoster, options: PeopleOptions) -> PeopleReport:
    """Return who is on a roster by the ids that they go by, with nothing made."""
    sweep_people(options.out / opened.composer.kit.id)
    register, _, report = whose(opened.composer, opened.roster, options)
    # An id is for ever once something was made under it; before that, there is none to tell.
    if not register.entries:
        report.people = {}
    return report


def forget_gone(opened: LocalRoster, out: Path) -> Forgotten:
    """Delete what was made for those who are not on the roster any more.

    Raises InputError if rows were left out: who stands in them is not gone.
    """
    if errors(opened.findings):
        raise InputError(opened.findings)
    report = list_people(opened, PeopleOptions(out=out))
    return forget_those(out / opened.composer.kit.id, report.gone) if report.gone else Forgotten()


def forget_named(
    composer: Composer, whom: str, options: PeopleOptions, file: Path | None
) -> Forgotten:
    """Delete all that was made for whoever has an id, a row, or the name in options.

    The roster is read for a row or a name alone; those who left it are found by name as well.
    Raises InputError if nothing was made for them, and OptionError for rows that are none.
    """
    home = options.out / composer.kit.id
    sweep_people(home)
    there = known_there(home)
    if re.search(r"[^\W\d].*\s|\s.*[^\W\d]|[A-Z]|[^\x00-\x7f]", whom):
        # Most likely a name, which is not to be repeated.
        message = "that is no id and no row. Leave it out, and a name is asked for."
        raise OptionError("forget", message)
    if whom in there or (whom and not is_rows(whom)):
        people = {whom} & there
        if not people:
            raise nobody(home, f'nothing was made for "{whom}".')
        return forget_those(home, people)
    register = read_register(home)
    people = register.identities.named(options.name) & there if options.name else set()
    try:
        asked = replace(options, rows=(whom,) if whom else (), people=(), order="")
        opened = LocalRoster(composer, read_roster(composer, file), file)
        _, _, report = whose(composer, opened.roster, asked)
        people |= report.people.keys() & there
    except InputError:
        # Whoever left the roster, or has no roster any more, is known by name all the same.
        if not people:
            raise
    if not people:
        raise nobody(home, "nothing was made for them.")
    return forget_those(home, people)


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
