"""`formgen pack update`: a new edition for locals."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.pack.arguments import LOCALS, locals_of
from formgen.cli.pack.offering import Offer, offer
from formgen.packs.download import get_archive
from formgen.packs.verified import open_pack


@click.command("update")
@click.argument("file")
@LOCALS
@click.option(
    "--yes",
    is_flag=True,
    help="Ask nothing; install it if the local builds with it, which is tried.",
)
@click.option("--allow-downgrade", is_flag=True, help="Install an older edition, too.")
@click.option(
    "--first",
    type=click.IntRange(1),
    metavar="N",
    help="Of many locals, look at the first N that do not have it yet.",
)
@click.option(
    "--merge",
    is_flag=True,
    help="Take over what changed into own files that replace it, where nothing clashes.",
)
def command(  # noqa: PLR0913  (an argument for each option)
    file: str,
    locals_: tuple[Path, ...],
    *,
    yes: bool,
    allow_downgrade: bool,
    first: int | None,
    merge: bool,
) -> None:
    """Show what a new edition changes for a local, and install it.

    For many locals, or a folder of them, one table says what becomes of each. With --yes it is
    installed where it builds; it ends with 4 if it does not build in all of them. An own file that
    --merge cannot decide stays as it is; both versions stand in one of its path below `to-merge`.
    """
    places = locals_of(locals_)
    opened = open_pack(get_archive(file))
    offer(places, Offer(lambda _place: opened, yes, allow_downgrade, first or 0, merge))
