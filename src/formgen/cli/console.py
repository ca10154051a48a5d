"""Ask on the terminal, until the answer can be used."""

from __future__ import annotations

from collections.abc import Callable

import click

# What is typed to leave a value empty, since nothing typed means the one that is offered.
NOTHING = "-"


def ask_until_right(words: str, offered: str, problems_with: Callable[[str], list[str]]) -> str:
    """Return the answer to a question; what is wrong with one is said, and it is asked again."""
    while True:
        answer = click.prompt(words, default=offered or "", show_default=bool(offered)).strip()
        if answer == NOTHING:
            answer = ""
        problems = problems_with(answer)
        if not problems:
            return answer
        for problem in problems:
            click.echo(f"  {problem}")
