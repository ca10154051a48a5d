"""`formgen order`: packets of many locals for a print shop."""

from __future__ import annotations

from pathlib import Path

import click

from formgen import api
from formgen.cli.arguments import FOLDER, LOCALS, chosen, out_folder
from formgen.cli.console import count, print_findings, progress
from formgen.findings import ExitCode


@click.command("order")
@LOCALS
@click.option(
    "--pairs",
    "sheet",
    required=True,
    metavar="SHEET",
    type=click.Path(path_type=Path),
    help="Sheet with a row for each local: number, pairs; applicants, schools, ship to.",
)
@click.option(
    "--to",
    type=FOLDER,
    default=Path("order"),
    show_default=True,
    help="Folder for the list and the zip.",
)
@out_folder("Folder that kits are built into.")
def command(locals_: tuple[Path, ...], *, sheet: Path, to: Path, out: Path) -> ExitCode:
    """List the packets of all locals for a print shop, with the files in one zip.

    Build first. Each line says how many copies, on which paper, held together how, and where they
    are sent; sheets are printed on both sides.
    """
    with progress(quiet=False, doing="Ordering") as show:
        report = api.order(chosen(locals_), sheet, out, to, progress=show)
    print_findings(report.findings)
    missing = dict.fromkeys((packet, basis) for _, packet, basis in report.uncounted)
    for packet, basis in missing:
        locals_without = sum(each[1:] == (packet, basis) for each in report.uncounted)
        click.echo(f"  not ordered by {count(locals_without, 'local')}: {packet}, one per {basis}")
    if report.lines:
        ordered = len({line.file.partition("/")[0] for line in report.lines})
        sums = ", ".join(f"{sheets:,} {paper}" for paper, sheets in sorted(report.papers.items()))
        packets = count(len(report.lines), "packet")
        click.echo(f"{packets} of {count(ordered, 'local')}; sheets of paper: {sums}.")
        names = report.list_name, report.sheet_name
        click.echo(f"Wrote {to / names[0]}, {to / names[1]} and {to / report.zip_name}")
    return report.exit_code
