"""`formgen new`: a new local, by questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formgen import api
from formgen.cli.console import ask, word

if TYPE_CHECKING:
    from formgen.wizard import Question


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--yes", is_flag=True, help="Ask nothing; write the defaults, to be edited.")
def command(folder: Path, *, yes: bool) -> None:
    """Make a new local in DIR, by questions."""
    path = api.new_local(folder, None if yes else _ask)
    click.echo(f"Wrote {path}")
    if yes:
        click.echo("Edit the name of your local and of its coordinator in it.")
    click.echo(f"Then: formgen build {word(folder)}")


def _ask(question: Question, offered: str, problems_with: Callable[[str], list[str]]) -> str:
    if question.choices:
        click.echo(f"{question.said.ask}:")
    for value, meaning in question.choices:
        click.echo(f"  {value}: {meaning}")
    return ask(question.ask, offered, problems_with)
