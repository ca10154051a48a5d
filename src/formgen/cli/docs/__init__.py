"""`formgen docs`: the pages that are made from formgen's own settings and words."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.docs.commands_page import commands_page
from formgen.cli.docs.pieces_page import pieces_page
from formgen.findings import InputError
from formgen.reference.generated import (
    GENERATED,
    Generated,
    check_generated,
    checkout,
    write_generated,
)

# What is below this room cannot know the commands, nor how words are composed.
_PAGES = (*GENERATED, Generated(commands_page), Generated(pieces_page))


@click.command("docs", hidden=True)
@click.option("--check", is_flag=True, help="Write nothing; say which pages differ.")
def command(*, check: bool) -> None:
    """Write the pages that are made from formgen's own settings and words.

    For those who work on formgen: it needs a copy of its source.
    """
    root = checkout()
    if check:
        found = check_generated(root, _PAGES)
        if found:
            raise InputError(found)
    else:
        for path in write_generated(root, _PAGES):
            click.echo(f"Wrote {_near(path)}")
    click.echo("All pages are as they are made.")


def _near(path: Path) -> Path:
    folder = Path.cwd()
    return path.relative_to(folder) if path.is_relative_to(folder) else path
