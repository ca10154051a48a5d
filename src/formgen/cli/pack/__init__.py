"""Speak of packs: make, build, verify, install, update and compare them."""

from __future__ import annotations

import functools
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formgen import speech
from formgen.findings import Finding, InputError, Place, exit_code, in_order

if TYPE_CHECKING:
    from formgen.packs.diff import Change

_FOLDER = click.Path(path_type=Path, file_okay=False)
_LOCAL = click.argument(
    "local", metavar="[LOCAL]", required=False, type=click.Path(path_type=Path), default=Path()
)
_HEADINGS = {
    "pack": "The pack",
    "settings": "Settings",
    "words": "Words",
    "forms": "Forms and pledges",
    "looks": "Templates, styles and pictures",
    "local": "Of this local",
    "findings": "What is wrong then",
}


def spoken(command: Callable[..., None]) -> Callable[..., None]:
    """Print the findings that a command ends with, and exit with their code."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except InputError as problem:
            found = in_order(problem.findings)
            _print_findings(found)
            sys.exit(exit_code(found))

    return run


def _print_findings(findings: Iterable[Finding]) -> None:
    for line in speech.finding_lines(findings):
        click.echo(line, err=True)


@click.group()
def pack() -> None:
    """Packs of state affiliates: make them, sign them, build on them.

    FILE is an archive that `pack build` made; `add` and `update` take an https address too.
    """


@pack.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@spoken
def new(folder: Path) -> None:
    """Make a new pack in DIR, with a sample local."""
    from formgen.packs.new import new_pack

    for path in new_pack(folder):
        click.echo(f"Wrote {path}")
    click.echo(f"Then: formgen pack build {_word(folder)}")


@pack.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--out", type=_FOLDER, default=Path("output"), show_default=True, metavar="DIR")
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="Sign with this key.")
@click.option("--quick", is_flag=True, help="Do not typeset the sample locals.")
@spoken
def build(folder: Path, out: Path, key: Path | None, *, quick: bool) -> None:
    """Build the archive of a pack, once its own sample local builds without findings."""
    from formgen.packs.build import build_pack
    from formgen.sources.signatures import key_id

    built = build_pack(folder, out, key, typeset=not quick)
    opened = built.opened
    click.echo(f"{built.path}: {opened.label}, {len(opened.pack.locked)} locks")
    click.echo(f"  {len(opened.archive.files)} files, {built.size:,} bytes")
    click.echo(f"  sample: {', '.join(built.samples)}")
    click.echo(f"  SHA-256 {opened.archive.sha256}")
    click.echo(f"  signed by {key_id(opened.signer)}" if opened.signer else "  not signed")


@pack.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", default="", metavar="PUBLIC", help="Require this public key, or .pub file.")
@spoken
def verify(file: Path, key: str) -> None:
    """Check an archive: every file's hash, what it holds, and who signed it."""
    from formgen.packs.opened import open_pack
    from formgen.packs.signing import read_public
    from formgen.sources.archive import read_archive
    from formgen.sources.signatures import key_id

    opened = open_pack(read_archive(file), read_public(key) if key else "")
    click.echo(f"{opened.label}: {opened.pack.name}")
    click.echo(
        f"  {len(opened.archive.files)} files, each as {opened.pack.id}'s PACK.json lists it"
    )
    click.echo(f"  SHA-256 {opened.archive.sha256}")
    if opened.signer:
        known = "as asked for" if key else f"whose public key is {opened.signer}"
        click.echo(f"  signed by {key_id(opened.signer)}, {known}")
    else:
        click.echo("  not signed")


@pack.command()
@click.argument("file")
@_LOCAL
@spoken
def add(file: str, local: Path) -> None:
    """Install a pack in a local's folder, and lock it in formgen.lock."""
    from formgen.packs.download import get_archive
    from formgen.packs.hiding import check_hiding
    from formgen.packs.install import add as install
    from formgen.packs.opened import open_pack

    place = _local(local)
    opened = open_pack(get_archive(file))
    extended = install(opened, place, _say_waiting)
    click.echo(f"Installed {opened.label} in {place.parent / 'packs' / opened.pack.id}")
    click.echo(f"  locked in {place.parent / 'formgen.lock'}; keep both with local.yaml")
    if extended == "written":
        click.echo(f"  wrote `extends: {opened.pack.id}` into {place}")
    if extended == "missing":
        click.echo(f"  {place} needs `extends: {opened.pack.id}`, or a pack that builds on it")
    else:
        _print_findings(check_hiding(place))
    click.echo(f"Then: formgen check {_word(local)}")


@pack.command()
@click.argument("file")
@_LOCAL
@click.option("--yes", is_flag=True, help="Ask nothing; install it.")
@click.option("--allow-downgrade", is_flag=True, help="Install an older edition, too.")
@spoken
def update(file: str, local: Path, *, yes: bool, allow_downgrade: bool) -> None:
    """Show what a new edition changes for a local, and install it."""
    from formgen.packs.download import get_archive
    from formgen.packs.install import plan_update
    from formgen.packs.install import update as install
    from formgen.packs.opened import open_pack

    place = _local(local)
    opened = open_pack(get_archive(file))
    planned = plan_update(opened, place, allow_downgrade=allow_downgrade)
    if planned is None:
        click.echo(f"{opened.label} is installed already.")
        return
    click.echo(f"{opened.pack.id}: {planned.before.edition} -> {opened.pack.edition}")
    _print_changes(planned.changes)
    _print_findings(planned.stale)
    if not yes:
        click.confirm("Install it?", abort=True)
    install(planned, place, _say_waiting)
    click.echo(f"Installed {opened.label}.")


@pack.command()
@_LOCAL
@spoken
def review(local: Path) -> None:
    """Take a local's own files for up to date with its packs."""
    from formgen.packs.install import review as take

    names = take(_local(local), _say_waiting)
    for name in names:
        click.echo(f"Reviewed {name}")
    if not names:
        click.echo("Nothing was left to review.")


@pack.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("local", required=False, type=click.Path(path_type=Path))
@spoken
def diff(old: Path, new: Path, local: Path | None) -> None:
    """Compare two editions: archives or folders. With LOCAL, also which of its pages change."""
    from formgen.packs.diff import compare

    found = compare(old, new, local)
    _print_changes(found)
    if not found:
        click.echo("Nothing changes.")


@pack.command()
@click.argument("file", type=click.Path(path_type=Path))
@spoken
def key(file: Path) -> None:
    """Make a pair of keys: FILE to sign with, and FILE.pub to hand on."""
    from formgen.packs.signing import PUBLIC_SUFFIX, make_keys
    from formgen.sources.signatures import key_id

    public = make_keys(file)
    click.echo(f"Wrote {file}: keep it secret, and keep a copy where only you can read it")
    click.echo(f"Wrote {file}{PUBLIC_SUFFIX}: {public}")
    click.echo(f"  short name, to compare by phone: {key_id(public)}")


def _say_waiting(folder: Path) -> None:
    click.echo(f"Waiting for another formgen that changes {folder} to end ...", err=True)


def _word(path: Path) -> str:
    """Return a path as a word of a command that can be copied."""
    return shlex.quote(str(path))


def _local(place: Path) -> Path:
    from formgen.sources.layers import local_file

    file = local_file(place)
    if not file.is_file():
        message = f"there is no local in {place}."
        fix = "name a folder that holds local.yaml."
        raise InputError([Finding(Place(file), "no-file", message, fix)])
    return file


def _print_changes(changes: Sequence[Change]) -> None:
    for group, heading in _HEADINGS.items():
        here = [change for change in changes if change.group == group]
        if here:
            click.echo(f"{heading}:")
        for change in here:
            click.echo(f"  {change.name}")
            for line in change.lines:
                click.echo(f"    {line}")
