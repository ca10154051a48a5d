"""`formgen own`: words of a local's own, and back."""

from __future__ import annotations

from pathlib import Path

import click

from formgen import api
from formgen.cli.console import CHANGE, near, say, waiting_for, word
from formgen.findings import Place


@click.command("own")
@click.argument("local", type=click.Path(path_type=Path))
@click.argument("document")
@click.option("--back", is_flag=True, help="Give the copy up; what was changed in it is kept.")
def command(local: Path, document: str, *, back: bool) -> None:
    """Copy the words of a document into a local, to be changed there.

    DOCUMENT is an id or a code, such as F12, a chapter, such as manual/30-why, or words, for the
    small words. LOCAL may be the folder of a pack, too.
    """
    if back:
        _give_back(local, document)
    else:
        _own(local, document)


def _own(local: Path, document: str) -> None:
    copied = api.own(local, document, waiting=waiting_for(CHANGE))
    file = near(Place(copied.file))
    click.echo(f"Wrote {file}, from {copied.whose} words")
    for clause in copied.clauses:
        click.echo(f"  {clause} in it has to stay as it is, word for word")
    click.echo("Open it and change the words. What may be written there stands at its top.")
    say(f"Then: formgen check {word(local)}")
    say(f"To give it up: formgen own {word(local)} {copied.name} --back")


def _give_back(local: Path, document: str) -> None:
    given = api.give_back(local, document, waiting=waiting_for(CHANGE))
    file = near(Place(given.file))
    if given.kept:
        click.echo(f"Moved {file} to {near(Place(given.kept))}, where nothing reads it")
    else:
        click.echo(f"Deleted {file}, in which nothing was changed")
    click.echo(f"{given.whose} words of {given.name} count again.")
    say(f"Then: formgen check {word(local)}")
