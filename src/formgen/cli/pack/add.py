"""`formgen pack add`: a pack for a local."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.console import CHANGE, print_findings, say, waiting_for, word
from formgen.cli.pack.arguments import LOCAL, local_of
from formgen.packs.download import get_archive
from formgen.packs.install import add as install
from formgen.packs.shadowed_settings import check_hiding
from formgen.packs.verified import open_pack


@click.command("add")
@click.argument("file")
@LOCAL
def command(file: str, local: Path) -> None:
    """Install a pack in a local's folder, and lock it in formgen.lock."""
    place = local_of(local)
    opened = open_pack(get_archive(file))
    extended = install(opened, place, waiting_for(CHANGE))
    click.echo(f"Installed {opened.label} in {place.parent / 'packs' / opened.pack.id}")
    click.echo(f"  locked in {place.parent / 'formgen.lock'}; keep both with local.yaml")
    if extended == "written":
        click.echo(f"  wrote `extends: {opened.pack.id}` into {place}")
    if extended == "missing":
        click.echo(f"  {place} needs `extends: {opened.pack.id}`, or a pack that builds on it")
    else:
        print_findings(check_hiding(place))
    say(f"Then: formgen check {word(local)}")
