"""`formgen new`: a new local, by questions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formgen import api
from formgen.cli.console import NOTHING, ask, say, word

if TYPE_CHECKING:
    from formgen.wizard import Question


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--yes", is_flag=True, help="Ask nothing; write the defaults, to be edited.")
def command(folder: Path, *, yes: bool) -> None:
    """Make a new local in DIR, by questions."""
    try:
        path = api.new_local(folder, None if yes else _ask, _review if sys.stdin.isatty() else None)
    except click.Abort:
        click.echo("\nYour answers are kept. The same command goes on from there.", err=True)
        raise
    click.echo(f"Wrote {path}")
    if yes:
        click.echo("Edit the name of your local and of its coordinator in it.")
    say(f"Then: formgen build {word(folder)}")


def _ask(question: Question, offered: str, problems_with: Callable[[str], list[str]]) -> str:
    if question.choices:
        click.echo(f"{question.said.ask}:")
    for number, (value, meaning) in enumerate(question.choices, 1):
        click.echo(f"  {number}. {value}: {meaning}")
    return ask(question.ask, offered, problems_with)


def _review(answers: Mapping[str, str]) -> Sequence[Question]:
    """Show all answers; return the question whose answer is to be changed, or none."""
    from formgen.wizard import questions

    asked = questions()
    click.echo("\nYour answers:")
    for number, question in enumerate(asked, 1):
        click.echo(f"  {number:2}. {question.said.ask}: {answers[question.setting] or NOTHING}")
    numbers = {str(number): question for number, question in enumerate(asked, 1)}
    typed = ask(
        "Press Enter to write them, or type the number of one to change",
        "",
        lambda typed: [] if not typed or typed in numbers else ["there is no such number."],
    )
    return [numbers[typed]] if typed else ()
