"""`formgen pack review`: a local's own files, looked through."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.console import CHANGE, waiting_for
from formgen.cli.pack.arguments import LOCAL, local_of
from formgen.packs.install import review as take


@click.command("review")
@LOCAL
def command(local: Path) -> None:
    """Take a local's own files for up to date with its packs."""
    names = take(local_of(local), waiting_for(CHANGE))
    for name in names:
        click.echo(f"Reviewed {name}")
    if not names:
        click.echo("Nothing was left to review.")
