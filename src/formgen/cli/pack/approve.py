"""`formgen pack approve`: who approved the words that a pack locks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from formgen.cli.arguments import FOLDER
from formgen.cli.console import count, say, word
from formgen.packs.build_pack import read_pack
from formgen.packs.records.approvals import Approver, FinishedWords, approve, waiting

_WIDTH = 100


@click.command("approve")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("things", metavar="[CLAUSE]...", nargs=-1)
@click.option("--by", metavar="NAME", default="", help="Who has read the words and approved them.")
@click.option("--role", metavar="ROLE", default="", help="In which role, such as counsel.")
def command(folder: Path, things: tuple[str, ...], *, by: str, role: str) -> None:
    """Write down who approved the finished words of what a pack locks; without --by, show them.

    CLAUSE is a clause or a document, as it stands after `locked`; without any, all that wait.
    """
    name, what = " ".join(by.split()), " ".join(role.split())
    if bool(name) != bool(what):
        message = "name both: who approved it with --by, and in which role with --role."
        raise click.UsageError(message)
    pack, _ = read_pack(folder)
    if not name:
        found = waiting(folder, pack.id, things)
        for each in found:
            _show(each)
    else:
        today = dt.datetime.now().astimezone().date().isoformat()
        found = approve(folder, pack.id, things, Approver(name, what, today))
        for each in found:
            words = count(sum(len(text.split()) for text in each.texts), "word")
            click.echo(f"{each.lock.thing}: approved by {name}, {what}, on {today} ({words})")
            click.echo(f"  SHA-256 {each.sha256}")
    if not found:
        click.echo("Nothing waits for approval.")


def _show(each: FinishedWords) -> None:
    click.echo(f"{each.lock.thing} waits for approval:")
    for text in each.texts:
        for line in text.splitlines():
            click.echo(click.wrap_text(line, _WIDTH, "  ", "    "))
    click.echo(f"  SHA-256 {each.sha256}")
    say(f"  as a page: formgen build {word(each.sample)} --only {each.lock.name}")
