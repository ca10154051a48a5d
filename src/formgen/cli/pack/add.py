"""`formgen pack add`: a pack for locals."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from formgen.cli.console import CHANGE, count, print_findings, say, waiting_for, word
from formgen.cli.pack.arguments import LOCALS, locals_of
from formgen.findings import Finding, InputError, exit_code
from formgen.packs.checks import untried
from formgen.packs.download import get_archive
from formgen.packs.install import add as install
from formgen.packs.install import add_shared
from formgen.packs.shadowed_settings import check_hiding
from formgen.packs.verified import OpenPack, open_pack
from formgen.sources.pack_files.lock_file import lock_home


@click.command("add")
@click.argument("file")
@LOCALS
@click.option(
    "--shared",
    is_flag=True,
    help="Install it once beside the locals of a folder, for all without a lock of their own.",
)
def command(file: str, locals_: tuple[Path, ...], *, shared: bool) -> None:
    """Install a pack in a local's folder, and lock it in formgen.lock.

    Of many locals, or of a folder of them, each gets it that can have it.
    """
    if shared:
        _share(open_pack(get_archive(file)), locals_)
        return
    places = locals_of(locals_)
    opened = open_pack(get_archive(file))
    failed: list[Finding] = []
    for place in places:
        try:
            _add(opened, place)
        except InputError as problem:
            failed += problem.findings
    print_findings(failed)
    if len(places) == 1 and not failed:
        say(f"Then: formgen check {word(locals_[0] if locals_ else Path())}")
    elif len(places) > 1:
        say(f"Looked at {count(len(places), 'local')}.")
    sys.exit(exit_code(failed))


def _share(opened: OpenPack, folders: Sequence[Path]) -> None:
    if len(folders) != 1 or not folders[0].is_dir():
        message = "--shared is for one folder of locals: name it."
        raise click.UsageError(message)
    (home,) = folders
    extended = add_shared(opened, home, waiting_for(CHANGE))
    click.echo(f"Installed {opened.label} in {home / 'packs' / opened.pack.id}")
    click.echo(f"  locked in {home / 'formgen.lock'}, for {count(len(extended), 'local')}")
    written = [place for place, each in extended.items() if each == "written"]
    if written:
        where = f"the local.yaml of {count(len(written), 'local')}"
        click.echo(f"  wrote `extends: {opened.pack.id}` into {where}")
    for place in (place for place, each in extended.items() if each == "missing"):
        click.echo(f"  {place} needs `extends: {opened.pack.id}`, or a pack that builds on it")
    print_findings(each for place in extended for each in (*check_hiding(place), *untried(place)))
    say(f"Then: formgen check {word(home)}")


def _add(opened: OpenPack, place: Path) -> None:
    before = lock_home(place.parent)
    extended = install(opened, place, waiting_for(CHANGE))
    click.echo(f"Installed {opened.label} in {place.parent / 'packs' / opened.pack.id}")
    click.echo(f"  locked in {place.parent / 'formgen.lock'}; keep both with local.yaml")
    if before != place.parent:
        click.echo(f"  its own packs count from now on, and not those in {before / 'packs'}")
    if extended == "written":
        click.echo(f"  wrote `extends: {opened.pack.id}` into {place}")
    if extended == "missing":
        click.echo(f"  {place} needs `extends: {opened.pack.id}`, or a pack that builds on it")
    else:
        print_findings([*check_hiding(place), *untried(place)])
