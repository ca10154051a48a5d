"""`formgen pack diff`: what differs between two editions."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.pack.changes import print_changes
from formgen.packs.diff import compare


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("local", required=False, type=click.Path(path_type=Path))
def command(old: Path, new: Path, local: Path | None) -> None:
    """Compare two editions: archives or folders. With LOCAL, also which of its pages change."""
    found = compare(old, new, local)
    print_changes(found)
    if not found:
        click.echo("Nothing changes.")
