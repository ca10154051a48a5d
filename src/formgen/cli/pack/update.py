"""`formgen pack update`: a new edition for a local."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.console import CHANGE, print_findings, waiting_for
from formgen.cli.pack.arguments import LOCAL, local_of
from formgen.cli.pack.changes import print_changes
from formgen.packs.download import get_archive
from formgen.packs.install import plan_update
from formgen.packs.install import update as install
from formgen.packs.trial import refuse_broken
from formgen.packs.verified import open_pack


@click.command("update")
@click.argument("file")
@LOCAL
@click.option(
    "--yes",
    is_flag=True,
    help="Ask nothing; install it if the local builds with it, which is tried.",
)
@click.option("--allow-downgrade", is_flag=True, help="Install an older edition, too.")
def command(file: str, local: Path, *, yes: bool, allow_downgrade: bool) -> None:
    """Show what a new edition changes for a local, and install it."""
    place = local_of(local)
    opened = open_pack(get_archive(file))
    planned = plan_update(opened, place, allow_downgrade=allow_downgrade)
    if planned is None:
        click.echo(f"{opened.label} is installed already.")
        return
    click.echo(f"{opened.pack.id}: {planned.before.edition} -> {opened.pack.edition}")
    print_changes(planned.changes)
    print_findings(planned.stale)
    if yes:
        refuse_broken(planned, place)
    else:
        question = "Your local does not build with it. Install it all the same?"
        click.confirm(question if planned.breaks else "Install it?", abort=True)
    install(planned, place, waiting_for(CHANGE))
    click.echo(f"Installed {opened.label}.")
