"""`formgen look`: one page of all locals on a sheet."""

from __future__ import annotations

from pathlib import Path

import click

from formgen import api
from formgen.cli.arguments import LOCALS, chosen, out_folder
from formgen.cli.console import count, print_findings, progress
from formgen.findings import ExitCode


@click.command("look")
@click.argument("page", metavar="DOCUMENT[:PAGE]")
@LOCALS
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Web page to write, or PDF.  [default: look-DOCUMENT-PAGE.html beside the kits]",
)
@out_folder("Folder that kits are built into.")
def command(page: str, locals_: tuple[Path, ...], *, to: Path | None, out: Path) -> ExitCode:
    """Put one page of a document of all locals on a sheet of small pictures, the fullest first.

    Build first. Documents with more pages than most have stand before all others.
    """
    document, _, typed = page.partition(":")
    if typed and not (typed.isdecimal() and int(typed)):
        message = f'"{typed}" is no number of a page: type it as in mentor-pledge:2.'
        raise click.BadParameter(message, param_hint="DOCUMENT[:PAGE]")
    number = int(typed or 1)
    name = "".join(char for char in document if char.isalnum() or char in "-_")
    file = to or out / f"look-{name}-{number}.html"
    with progress(quiet=False, doing="Looking") as show:
        report = api.look(
            chosen(locals_), api.LookOptions(document, number, out, file), progress=show
        )
    print_findings(report.findings)
    if report.without:
        click.echo(f"  without that page: {count(len(report.without), 'local')}")
    if report.tiles:
        click.echo(f"{count(len(report.tiles), 'local')} on the sheet")
        click.echo(f"  open {file}")
    return report.exit_code
