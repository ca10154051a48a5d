"""`formgen pack diff`: what differs between two editions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from formgen.cli.console import count, print_findings, progress
from formgen.cli.pack.arguments import locals_of
from formgen.cli.pack.changes import print_changes
from formgen.findings import exit_code
from formgen.packs.comparing.many import Alike, compare_many
from formgen.packs.diff import two_editions

# So many locals are named for which the same changes.
_MOST_NAMED = 8


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("locals_", metavar="[LOCAL]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT",
    help="Also write a page with what changes side by side, and what to print again.",
)
def command(old: Path, new: Path, locals_: tuple[Path, ...], *, html: Path | None) -> None:
    """Compare two editions: archives or folders. With LOCAL, also which of its pages change.

    Of many locals, or a folder of them, those for which the same changes are told together.
    """
    editions = two_editions(old, new)
    places = locals_of(locals_) if locals_ else []
    with progress(quiet=len(places) < 2, doing="Comparing") as show:  # noqa: PLR2004
        found = compare_many(editions, places, show)
    print_changes(editions.changes)
    for each in found.alike:
        if len(places) > 1:
            click.echo(f"For {_names(each)}:")
        print_changes(each.changes)
        if not each.changes and len(places) > 1:
            click.echo("  Nothing changes.")
    if not editions.changes and not any(each.changes for each in found.alike):
        click.echo("Nothing changes.")
    print_findings(found.findings)
    if html:
        from formgen.packs.comparing.page import write_page

        left_out = write_page(found, html)
        click.echo(f"  open {html}")
        if left_out:
            click.echo(f"  {count(left_out, 'page')} more change and are not shown there")
    sys.exit(exit_code(found.findings))


def _names(each: Alike) -> str:
    names = [local.parent.name or str(local.parent) for local in each.locals_]
    more = len(names) - _MOST_NAMED
    if more > 1:
        names = [*names[:_MOST_NAMED], f"{more} more"]
    said = ", ".join(names)
    return f"{count(len(each.locals_), 'local')} ({said})" if len(each.locals_) > 1 else said
