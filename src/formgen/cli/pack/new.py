"""`formgen pack new`: a new pack, with a sample local."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.arguments import FOLDER
from formgen.cli.console import say, word
from formgen.packs.new import new_pack


@click.command("new")
@click.argument("folder", metavar="DIR", type=FOLDER)
def command(folder: Path) -> None:
    """Make a new pack in DIR, with a sample local."""
    for path in new_pack(folder):
        click.echo(f"Wrote {path}")
    say(f"Then: formgen pack build {word(folder)}")
