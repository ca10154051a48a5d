"""`formgen pack rollback`: back to the edition before, which was kept."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.pack.arguments import LOCALS, locals_of
from formgen.cli.pack.offering import Offer, offer
from formgen.packs.kept import previous
from formgen.sources.pack_files.lock_file import lock_home


@click.command("rollback")
@click.argument("pack")
@LOCALS
@click.option("--yes", is_flag=True, help="Ask nothing; go back if the local builds then.")
def command(pack: str, locals_: tuple[Path, ...], *, yes: bool) -> None:
    """Go back to the edition of a pack before the installed one, without a network.

    The last three editions that an update replaced are kept beside the packs.
    """
    offered = Offer(
        lambda place: previous(lock_home(place.parent), pack), yes, allow_downgrade=True
    )
    offer(locals_of(locals_), offered)
