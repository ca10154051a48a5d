"""`formgen register`: locals by the membership department's sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from formgen import api, json_output
from formgen.cli.arguments import FOLDER, out_folder
from formgen.cli.console import (
    CHANGE,
    count,
    near,
    print_findings,
    print_json,
    progress,
    say,
    waiting_for,
    word,
)
from formgen.findings import ExitCode, Place
from formgen.people.people_manifest import FOLDER as PEOPLE

# So many settings are named in the sum of a run; the lines above it have all.
_MOST_NAMED = 3


@click.command("register")
@click.argument("sheet", type=click.Path(path_type=Path))
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option(
    "--pack",
    "packs",
    metavar="FILE",
    multiple=True,
    help="Archive or https address of a pack for new locals.  [default: those of register.yaml]",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--archive", is_flag=True, help="Move the folders of locals that left to DIR/.left.")
@click.option(
    "--export",
    "to",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the sheet anew into FILE (.csv, .xlsx), with what locals say now.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@out_folder("Folder that kits are built into.")
def command(sheet: Path, folder: Path, *, as_json: bool, to: Path | None, **asked: Any) -> ExitCode:
    """Make and change the locals in DIR by the membership department's sheet.

    A new row becomes a local with the pack; a changed cell changes that line of its local.yaml;
    a row that is gone is listed. What a local changed by hand is told and stays. With an error in
    the sheet, nothing is written.
    """
    if to:
        number = api.export_register(sheet, folder, asked["out"], to)
        click.echo(f"Wrote {to}: {count(number, 'local')}")
        return ExitCode.ALL_BUILT
    with progress(quiet=as_json, doing="Registering") as show:
        report = api.register(
            sheet,
            folder,
            api.RegisterOptions(**asked),
            progress=show,
            waiting=waiting_for(CHANGE),
        )
    if as_json:
        print_json(json_output.of_register(report), ascii_only=False)
        return report.exit_code
    print_findings(report.findings)
    if report.plan.stops:
        click.echo("Nothing is written before the errors are corrected.")
        return report.exit_code
    for line in _lines(report):
        click.echo(line)
    click.echo(_summary(report))
    if report.written and report.written.new:
        say(f"Then: formgen check {word(folder)}")
    return report.exit_code


def _lines(report: api.RegisterReport) -> Iterator[str]:
    plan, moved = report.plan, report.written.moved if report.written else {}
    for new in plan.new:
        yield f"  new      {new.row.number} {new.row.name}: {near(Place(plan.folder / new.id))}"
    for changed in plan.changed:
        for each in changed.changes:
            yield f"  changed  {changed.local.number} {each.setting}: {each.values}"
    for left in plan.left:
        where = f", now in {near(Place(moved[left.folder]))}" if left.folder in moved else ""
        yield f"  left     {left.number} {left.name}: {near(Place(left.folder))}{where}"
        for path in left.people:
            what = "papers for people" if path.name == PEOPLE else "a list of people"
            now = moved.get(path.parent, path.parent) / path.name
            yield f"             {what}: {near(Place(now))}"
    for local in plan.unnumbered:
        yield f"  left alone, since it has no number: {near(Place(local.file))}"


def _summary(report: api.RegisterReport) -> str:
    """Return «3 new, 5 changed (00418: president), 2 left.»."""
    plan = report.plan
    named = [
        f"{changed.local.number}: "
        + ", ".join(each.setting.rpartition(".")[2] for each in changed.changes)
        for changed in plan.changed
    ]
    shown = "; ".join(named[:_MOST_NAMED]) + ("; …" if len(named) > _MOST_NAMED else "")
    changes = f"{len(plan.changed)} changed" + (f" ({shown})" if named else "")
    dry = "" if report.written else " Nothing is written: this was a dry run."
    return f"{len(plan.new)} new, {changes}, {len(plan.left)} left.{dry}"
