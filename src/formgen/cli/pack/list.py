"""`formgen pack list`: which packs locals have installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from formgen.cli.console import print_columns
from formgen.cli.pack.arguments import LOCALS, locals_of
from formgen.packs.kept import kept_editions
from formgen.sources.pack_files.installed import locked_packs
from formgen.sources.pack_files.lock_file import lock_home
from formgen.sources.pack_files.signatures import key_id


@click.command("list")
@LOCALS
def command(locals_: tuple[Path, ...]) -> None:
    """List the packs that locals have installed, who signed them, and what was kept of them."""
    rows = [row for place in locals_of(locals_) for row in _rows(place.parent)]
    print_columns([("local", "pack", "edition", "signed by", "kept"), *rows])


def _rows(local: Path) -> Iterator[tuple[str, ...]]:
    name = local.resolve().name
    home, packs = lock_home(local), locked_packs(local)
    for pack in packs:
        kept = ", ".join(kept_editions(home, pack.id))
        what = pack.id if home == local else f"{pack.id} (shared)"
        yield name, what, pack.edition, key_id(pack.key) if pack.key else "-", kept or "-"
    if not packs:
        yield name, "-", "-", "-", "-"
