"""`formgen pack review`: own files of a local or a pack, looked through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from formgen import api
from formgen.cli.console import CHANGE, waiting_for
from formgen.packs.review import review as take
from formgen.sources.paths import PACK_FILE
from formgen.sources.replaced.basis import Review


@click.command("review")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--by", metavar="NAME", default="", help="Who looked; it is kept with the file.")
@click.option("--because", metavar="TEXT", default="", help="Why it stays as it is; needs --by.")
def command(files: tuple[Path, ...], *, by: str, because: str) -> None:
    """Take an own file for up to date with what it replaces.

    FILE is a file of a local or of a pack; of a folder that holds one of them, or locals, all
    their files.
    """
    name, why = " ".join(by.split()), " ".join(because.split())
    if why and not name:
        message = "--because says why somebody looked: add --by with the name."
        raise click.UsageError(message)
    today = dt.datetime.now().astimezone().date().isoformat()
    signed = Review(name, today, why) if name else None
    several, done = _places(files or (Path(),)), 0
    for place in several:
        for each in take(place, waiting_for(CHANGE), signed=signed):
            click.echo(f"Reviewed {place / each if len(several) > 1 else each}")
            done += 1
    if not done:
        click.echo("Nothing was left to review.")


def _places(files: Sequence[Path]) -> list[Path]:
    """Return files, packs and locals that are named, and the locals below other folders."""
    from formgen.build.locals import locals_below

    kept = [file for file in files if not file.is_dir() or (file / PACK_FILE).is_file()]
    return [*kept, *locals_below([file for file in files if file not in kept], api.OUTPUT)]
