"""`formgen pack review`: own files of a local or a pack, looked through."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.console import CHANGE, waiting_for
from formgen.packs.review import review as take


@click.command("review")
@click.argument(
    "file", metavar="[FILE]", required=False, type=click.Path(path_type=Path), default=Path()
)
def command(file: Path) -> None:
    """Take an own file for up to date with what it replaces.

    FILE is a file of a local or of a pack; of a folder that holds one of them, all its files.
    """
    names = take(file, waiting_for(CHANGE))
    for name in names:
        click.echo(f"Reviewed {name}")
    if not names:
        click.echo("Nothing was left to review.")
