"""`formgen pack review`: own files of a local or a pack, looked through."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from formgen import api
from formgen.cli.console import CHANGE, print_findings, waiting_for
from formgen.packs.review import review as take
from formgen.packs.review import unreviewed
from formgen.sources.paths import PACK_FILE
from formgen.sources.replaced.basis import Review


@click.command("review")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--by", metavar="NAME", required=True, help="Who looked; it is kept with the file.")
@click.option("--because", metavar="TEXT", default="", help="Why the file stays as it is.")
def command(files: tuple[Path, ...], *, by: str, because: str) -> None:
    """Take an own file for up to date with what it replaces.

    FILE is a file of a local or of a pack. Of a folder that holds one of them, or locals, each
    file that waits is shown with what it misses, and asked for by itself.
    """
    name, why = " ".join(by.split()), " ".join(because.split())
    if not name:
        message = "--by needs the name of whoever looked."
        raise click.UsageError(message)
    signed = Review(name, dt.datetime.now().astimezone().date().isoformat(), why)
    for place in files or (Path(),):
        if place.is_dir():
            _ask(place, signed)
        else:
            _take(place, signed)


def _take(file: Path, signed: Review) -> None:
    done = take(file, signed, waiting_for(CHANGE))
    click.echo(f"Reviewed {file}" if done else f"{file} was up to date already.")


def _ask(place: Path, signed: Review) -> None:
    """Ask for each file below a folder that waits for a review."""
    waiting = [each for home in _homes(place) for each in unreviewed(home)]
    for each in waiting:
        print_findings(each.findings)
        if not each.findings:
            click.echo(f"Nobody has written down what {each.file} was made from.")
        if click.confirm(f"Is {each.file} up to date?"):
            _take(each.file, signed)
    if not waiting:
        click.echo("Nothing was left to review.")


def _homes(folder: Path) -> list[Path]:
    """Return a pack's folder, or the locals that are meant by a folder."""
    from formgen.build.locals import locals_below

    return [folder] if (folder / PACK_FILE).is_file() else locals_below([folder], api.OUTPUT)
