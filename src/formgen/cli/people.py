"""`formgen people`: what a roster yields, and what was made of it.

Names are said nowhere: what is printed here may end up in a log. People go by their rows and ids.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from formgen import api, json_output
from formgen.cli.arguments import JOBS, QUIET, out_folder
from formgen.cli.console import (
    BUILD,
    count,
    print_findings,
    print_json,
    progress,
    say,
    waiting_for,
    word,
)
from formgen.findings import ExitCode, errors, in_order
from formgen.people.options import OptionError, PeopleOptions
from formgen.people.people_manifest import is_own

if TYPE_CHECKING:
    from formgen.people.forgetting import Forgotten
    from formgen.people.local_roster import LocalRoster
    from formgen.people.report import PeopleReport

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("people")
@click.argument("local", type=click.Path(path_type=Path))
@click.option(
    "--template",
    type=click.Choice(["csv", "xlsx"]),
    is_flag=False,
    flag_value="csv",
    help="Write an empty roster whose columns are explained, as csv or xlsx.",
)
@click.option("--check", is_flag=True, help="Read the roster and list its rows; make nothing.")
@click.option("--roster", type=_FILE, help="Read this file.  [default: roster.csv, .xlsx or .ods]")
@out_folder("Folder to make them in, below the local's.")
@click.option(
    "--only", "documents", multiple=True, metavar="DOCUMENT", help="Make this document alone."
)
@click.option("--id", "people", multiple=True, metavar="ID", help="Make them for this entry alone.")
@click.option(
    "--row", "rows", multiple=True, metavar="ROWS", help="Make them for these rows alone: 3, 25-27."
)
@click.option("--ask", is_flag=True, help="Ask for a name, and make them for that person alone.")
@click.option("--new", is_flag=True, help="Make only what new rows and corrected names lack.")
@click.option(
    "--variant",
    "variants",
    type=click.Choice(["print", "fillable"]),
    multiple=True,
    default=("print",),
    show_default=True,
    help="Make files to print, or to fill in on a screen.",
)
@click.option("--order", metavar="COLUMN", default="", help="Sort by this column of the roster.")
@click.option("--date", default="", help="Print this day on letters, such as 2026-10-05.")
@click.option("--names", is_flag=True, help="Call folders by names, not by ids alone.")
@click.option("--zip", is_flag=True, help="Make one archive of each person's files, to send.")
@click.option("--one-sided", is_flag=True, help="Leave out the blank backs in files for printing.")
@click.option("--skip-bad-rows", is_flag=True, help="Leave out rows with findings; list them.")
@click.option(
    "--forget",
    is_flag=False,
    flag_value="",
    metavar="[ID or ROW]",
    help="Delete all that was made for this entry; without one, ask for a name.",
)
@click.option(
    "--forget-gone", is_flag=True, help="Delete what was made for those no more on the roster."
)
@JOBS
@QUIET
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def command(  # noqa: PLR0913  (one argument for each option)
    local: Path,
    template: Literal["csv", "xlsx"] | None,
    forget: str | None,
    roster: Path | None,
    *,
    check: bool,
    skip_bad_rows: bool,
    one_sided: bool,
    ask: bool,
    forget_gone: bool,
    quiet: bool,
    as_json: bool,
    **asked: Any,
) -> ExitCode:
    """Make letters, pledges, records and certificates for the people of a roster.

    LOCAL holds roster.csv, roster.xlsx or roster.ods, with one pair in each row. What is made
    holds personal data; only you can read it.
    """
    name = click.prompt("Name, as it stands on the roster") if ask or forget == "" else ""
    options = PeopleOptions(**asked, name=name, fronts=not one_sided)
    if template:
        path = api.new_roster(local, template)
        click.echo(f"Wrote {path}")
        say(f"Fill it in, then: formgen people {word(path.parent)}")
        return ExitCode.ALL_BUILT
    try:
        if forget is not None:
            return _forget(api.forget_person(local, forget, options, roster))
        read = api.read_roster(local, roster, skip_bad_rows=skip_bad_rows, out=options.out)
        print_findings(read.findings)
        if forget_gone:
            return _forget(api.forget_gone(read, options))
        if check:
            report = api.list_people(read, options)
        else:
            report = _make(read, options, quiet=quiet or as_json)
    except OptionError as problem:
        raise click.UsageError(f"--{problem.option}: {problem}") from None
    print_findings(in_order(report.findings))
    if as_json:
        print_json(json_output.of_people(report, read))
    elif not quiet:
        _print_report(report, read, checked=check)
    wrong = errors(read.findings) or errors(report.findings)
    return ExitCode.SOME_FAILED if wrong else ExitCode.ALL_BUILT


def _forget(gone: Forgotten) -> ExitCode:
    """Say what was deleted."""
    if not gone.people:
        click.echo("Nothing is there that was made for somebody who is not on the roster.")
        return ExitCode.ALL_BUILT
    click.echo(f"Deleted {count(len(gone.files), 'file')}, those for the printer among them.")
    if gone.left:
        what = "1 file that is" if gone.left == 1 else f"{gone.left} files that are"
        click.echo(f"Left, in folders that end in {', '.join(gone.kept)}: {what} not formgen's.")
    if gone.others:
        others = count(len(gone.others), "other pair")
        click.echo(f"Files with pages of {others} were among them; --new makes theirs again.")
    click.echo("Take the row out of the roster too; what was printed or sent is yours to recall.")
    return ExitCode.ALL_BUILT


def _make(roster: LocalRoster, options: PeopleOptions, *, quiet: bool) -> PeopleReport:
    with progress(quiet=quiet) as show:
        waiting = waiting_for(BUILD, quiet=quiet)
        return api.people(roster, options, progress=show, waiting=waiting)


def _print_report(report: PeopleReport, roster: LocalRoster, *, checked: bool) -> None:
    if checked:
        click.echo(f"{count(len(roster.roster.entries), 'row')} can be used.")
    for id_, entry in report.people.items():
        click.echo(f"  row {entry.row:<5} {id_}")
    left_out = sorted({finding.place.line for finding in errors(roster.findings)})
    if left_out:
        rows = "row" if len(left_out) == 1 else "rows"
        click.echo(f"Left out: {rows} {', '.join(map(str, left_out))}.")
    if report.made:
        _print_made(report)
    elif not (checked or report.people):
        click.echo("Nobody lacks anything.")
    if report.earlier:
        files = count(len(report.earlier), "file")
        click.echo(f"With a name as it was before it was corrected: {files}.")
        click.echo("  --new makes a person's own again, and a run for everybody those of all.")
    if report.gone:
        click.echo(f"Made for nobody on the roster any more: {', '.join(report.gone)}.")
        click.echo("  --forget-gone deletes what was made for them.")


def _print_made(report: PeopleReport) -> None:
    bound = [entry for entry in report.made if entry.path.partition("/")[0] not in report.people]
    made = count(len(report.made) - len(bound), "file")
    click.echo(f"Made {made} for {count(len(report.people), 'pair')}.")
    shared = sum(is_own(entry) and len(entry.sources) > 1 for entry in report.made)
    if shared:
        files = "1 is" if shared == 1 else f"{shared} are"
        click.echo(f"  {files} for somebody in several rows, with all partners named.")
    for folder, in_it in groupby(bound, key=lambda entry: entry.path.partition("/")[0]):
        click.echo(f"For the printer: {report.folder / folder}")
        for file in in_it:
            click.echo(f"  {Path(file.path).name}  {count(file.pages, 'page')}")
    if report.mail:
        click.echo(f"For a mail-merge program: {report.folder / report.mail}")
        if report.unaddressed:
            people = "person" if report.unaddressed == 1 else "people"
            click.echo(f"  {report.unaddressed} {people} on it without an e-mail address")
    click.echo("They hold personal data: only you can read them. Keep it so.")
