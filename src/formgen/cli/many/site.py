"""`formgen site`: the kits of all locals as a site."""

from __future__ import annotations

from pathlib import Path

import click

from formgen import api
from formgen.build.publish import INDEX
from formgen.cli.arguments import FOLDER, LOCALS, chosen
from formgen.cli.console import CHANGE, count, near, print_findings, progress, waiting_for
from formgen.codes import Code
from formgen.findings import ExitCode, Place

# Most locals say nothing of it, and one remedy in the pack is for all of them.
_MOST_UNLISTED = 3


@click.command("site")
@LOCALS
@click.option("--out", "out", type=FOLDER, required=True, metavar="SITE", help="The site's folder.")
@click.option(
    "--kits",
    type=FOLDER,
    default=Path("output"),
    show_default=True,
    help="Folder that kits are built into.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="LOCAL",
    help="Leave out the local of this id or number. May be given more than once.",
)
@click.option(
    "--mark",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Picture of the state's mark (SVG, PNG).",
)
def command(
    locals_: tuple[Path, ...], *, out: Path, kits: Path, without: tuple[str, ...], mark: Path | None
) -> ExitCode:
    """Put the kits of all locals on a site of plain files, for members to find theirs.

    It works from a web server, a bucket, a share or a stick, and asks nobody for anything. Build
    first. What did not change is not touched.
    """
    with progress(quiet=False, doing="Writing") as show:
        report = api.write_site(
            chosen(locals_),
            api.SiteOptions(out, kits, without, mark),
            progress=show,
            waiting=waiting_for(CHANGE),
        )
    unlisted = [each for each in report.findings if each.code == Code.NOT_LISTED]
    more = unlisted[_MOST_UNLISTED:]
    print_findings(each for each in report.findings if each not in more)
    if more:
        click.echo(f"  the same of {count(len(more), 'more local')}", err=True)
    for local in report.unbuilt:
        click.echo(f"  not on it, since its kit is not built: {near(Place(local.parent))}")
    sums = f"{len(report.changed)} written anew, {len(report.removed)} taken away"
    click.echo(f"{count(len(report.listed), 'local')} on the site: {sums}.")
    if report.listed:
        click.echo(f"  open {out / INDEX}")
        click.echo(f"  {kits / report.sheet} is for telling each local by mail")
    return report.exit_code
