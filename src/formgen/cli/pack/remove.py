"""`formgen pack remove`: a pack taken out of locals."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from formgen.cli.console import CHANGE, print_findings, waiting_for
from formgen.cli.pack.arguments import LOCALS, locals_of
from formgen.findings import Finding, InputError, exit_code
from formgen.packs.remove import remove
from formgen.sources.pack_files.lock_file import lock_home


@click.command("remove")
@click.argument("pack")
@LOCALS
def command(pack: str, locals_: tuple[Path, ...]) -> None:
    """Take a pack out of locals that do not build on it any more."""
    failed: list[Finding] = []
    homes = {lock_home(place.parent): place for place in locals_of(locals_)}
    for home, place in homes.items():
        try:
            gone = remove(pack, place, waiting_for(CHANGE))
            click.echo(f"Removed {gone.id} {gone.edition} from {home}.")
        except InputError as problem:
            failed += problem.findings
    print_findings(failed)
    sys.exit(exit_code(failed))
