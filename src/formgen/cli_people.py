"""Speak of people: what a roster yields, and what was made of it.

Names are said nowhere: what is printed here may end up in a log. People go by their rows and ids.
"""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formgen import speech
from formgen.cli_pack import spoken
from formgen.findings import ExitCode, Finding, InputError, Place, errors, in_order

if TYPE_CHECKING:
    from formgen.compose.pages import Composer
    from formgen.model.roster import Roster
    from formgen.people.wanted import PeopleReport

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("local", type=click.Path(path_type=Path))
@click.option(
    "--template",
    type=click.Choice(["csv", "xlsx"]),
    is_flag=False,
    flag_value="csv",
    help="Write an empty roster whose columns are explained, as csv or xlsx.",
)
@click.option("--check", is_flag=True, help="Read the roster and list its rows; make nothing.")
@click.option("--roster", type=_FILE, help="Read this file.  [default: roster.csv or roster.xlsx]")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="Folder to make them in, below the local's.",
)
@click.option("--only", multiple=True, metavar="DOCUMENT", help="Make this document alone.")
@click.option("--id", "ids", multiple=True, metavar="ID", help="Make them for this entry alone.")
@click.option(
    "--variant",
    type=click.Choice(["print", "fillable"]),
    multiple=True,
    default=("print",),
    show_default=True,
    help="Make files to print, or to fill in on a screen.",
)
@click.option("--order", metavar="COLUMN", default="", help="Sort by this column of the roster.")
@click.option("--date", default="", help="Print this day on letters, such as 2026-10-05.")
@click.option("--names", is_flag=True, help="Call folders by names, not by ids alone.")
@click.option("--one-sided", is_flag=True, help="Leave out the blank backs in files for printing.")
@click.option("--skip-bad-rows", is_flag=True, help="Leave out rows with findings; list them.")
@click.option("--forget", metavar="ID", help="Delete all that was made for this entry.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="Processes that typeset.  [default: one a core]"
)
@click.option("--quiet", is_flag=True, help="Print only findings.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@spoken
def people(local: Path, **wish: Any) -> None:
    """Make letters, pledges, records and certificates for the people of a roster.

    LOCAL holds roster.csv or roster.xlsx, with one pair in each row. What is made holds personal
    data; only you can read it.
    """
    from formgen.compose.pages import composer
    from formgen.kit import resolve
    from formgen.sources.layers import local_file

    maker = composer(resolve(local_file(local)))
    if wish["template"]:
        _write_template(maker, wish["template"])
    elif wish["forget"]:
        _forget(wish["out"] / maker.kit.id, wish["forget"])
    else:
        sys.exit(_run(maker, wish))


def _write_template(maker: Composer, kind: str) -> None:
    from formgen.people.roster import (
        NAME,
        explained_columns,
        explained_head,
        explained_sheets,
        roster_files,
    )
    from formgen.people.template import template, write_template

    folder = maker.kit.stack.local.folder
    for there in roster_files(folder):
        fix = "keep it, or move it away first."
        raise InputError([Finding(Place(there), "exists", f"{there.name} is there already.", fix)])
    path = folder / f"{NAME}.{kind}"
    columns = list(explained_columns(maker))
    write_template(path, template(kind, columns, explained_head(maker), explained_sheets(maker)))
    click.echo(f"Wrote {path}")
    click.echo(f"Fill it in, then: formgen people {shlex.quote(str(folder))}")


def _forget(kit_folder: Path, person: str) -> None:
    from formgen.build.folder_lock import locked
    from formgen.people.register import FOLDER, forget, read_register

    with locked(kit_folder / FOLDER, lambda _: None):
        gone = forget(read_register(kit_folder), person)
    if not gone:
        fix = "`formgen people LOCAL --check` lists the ids of all."
        message = f'nothing was made for "{person}".'
        raise InputError([Finding(Place(kit_folder / FOLDER), "unknown-id", message, fix)])
    click.echo(f"Deleted {_count(len(gone), 'file')}, those for the printer among them.")
    click.echo("Take the row out of the roster too; what was printed or sent is yours to recall.")


def _run(maker: Composer, wish: dict[str, Any]) -> ExitCode:
    """Read the roster, and unless that is all, make what it yields."""
    from formgen.people.roster import read_roster
    from formgen.people.wanted import Wanted

    roster = read_roster(maker, wish["roster"])
    found = in_order(roster.findings)
    bad = errors(found)
    if bad and not wish["skip_bad_rows"]:
        raise InputError(found)
    for line in speech.finding_lines(found):
        click.echo(line, err=True)
    if not roster.entries:
        message = "no row of it can be used."
        fix = "fill it in; `formgen people LOCAL --template` writes one to start from."
        file = wish["roster"] or maker.kit.stack.local.folder
        raise InputError([*bad, Finding(Place(file), "csv-empty", message, fix)])
    date = _iso(maker, wish["date"])
    wanted = Wanted(
        wish["only"],
        wish["variant"],
        wish["ids"],
        _known_order(wish["order"], roster),
        wish["names"],
        date,
        not wish["one_sided"],
    )
    report = _checked(maker, roster, wish) if wish["check"] else _made(maker, roster, wish, wanted)
    for line in speech.finding_lines(in_order(report.findings)):
        click.echo(line, err=True)
    _say(report, roster, wish)
    return ExitCode.SOME_FAILED if bad or errors(report.findings) else ExitCode.ALL_BUILT


def _iso(maker: Composer, date: str) -> str:
    try:
        return maker.wording.language.iso_day(date) if date else ""
    except ValueError:
        message = f'--date: "{date}" is no date. Write it like 2026-10-05.'
        raise click.UsageError(message) from None


def _known_order(column: str, roster: Roster) -> str:
    from formgen.model.roster import column_key

    key = column_key(column)
    if key and key not in roster.entries[0].values:
        message = f'--order: the roster has no column "{column}".'
        raise click.UsageError(message)
    return key


def _checked(maker: Composer, roster: Roster, wish: dict[str, Any]) -> PeopleReport:
    """Return what the roster holds, with nothing made."""
    from formgen.people.register import read_register
    from formgen.people.wanted import PeopleReport

    register = read_register(wish["out"] / maker.kit.id)
    people = {register.id_of(entry): entry for entry in roster.entries}
    # An id is for ever once something was made under it; before that, there is none to tell.
    return PeopleReport(register.folder, people if register.entries else {})


def _made(maker: Composer, roster: Roster, wish: dict[str, Any], wanted: Any) -> PeopleReport:
    from formgen.build.folder_lock import wait_silently
    from formgen.cli_build import progress, say_waiting
    from formgen.graph.cache import cache_folder
    from formgen.people.people import make_for_people
    from formgen.press.fonts import font_folder
    from formgen.workers.pool import usable_cores, worker_pool

    quiet = wish["quiet"] or wish["as_json"]
    pool = worker_pool(wish["jobs"] or usable_cores(), font_folder(cache_folder()))
    with progress(quiet=quiet) as show:
        waiting = wait_silently if quiet else say_waiting
        return make_for_people(maker, roster, wish["out"], pool, wanted, show, waiting)


def _say(report: PeopleReport, roster: Roster, wish: dict[str, Any]) -> None:
    rows = [{"row": entry.row, "id": id_} for id_, entry in report.people.items()]
    if wish["as_json"]:
        data = {
            "folder": str(report.folder),
            "people": rows,
            "files": [
                {"path": e.path, "document": e.document, "pages": e.pages} for e in report.made
            ],
            "findings": speech.findings_data(in_order((*roster.findings, *report.findings))),
        }
        click.echo(json.dumps(data, indent=1))
        return
    if wish["quiet"]:
        return
    left_out = sorted({finding.place.line for finding in errors(roster.findings)})
    if wish["check"]:
        click.echo(f"{_count(len(roster.entries), 'row')} can be used.")
    for row in rows:
        click.echo(f"  row {row['row']:<5} {row['id']}")
    if left_out:
        rows_left = "row" if len(left_out) == 1 else "rows"
        click.echo(f"Left out: {rows_left} {', '.join(map(str, left_out))}.")
    if report.made:
        from formgen.people.register import BOUND

        bound = [entry for entry in report.made if entry.path.startswith(f"{BOUND}/")]
        made = _count(len(report.made) - len(bound), "file")
        click.echo(f"Made {made} for {_count(len(rows), 'pair')}.")
        click.echo(f"For the printer: {report.folder / BOUND}")
        for entry in bound:
            click.echo(f"  {Path(entry.path).name}  {_count(entry.pages, 'page')}")
        click.echo("They hold personal data: only you can read them. Keep it so.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
