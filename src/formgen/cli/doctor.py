"""`formgen doctor`: what this machine lacks."""

from __future__ import annotations

from dataclasses import asdict

import click

from formgen import api
from formgen.cli.console import print_json
from formgen.findings import ExitCode


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print what was seen as JSON.")
def command(*, as_json: bool) -> ExitCode:
    """Look for what this machine lacks, and what mends it."""
    checkups = api.look_over()
    ill = [checkup for checkup in checkups if checkup.remedy]
    if as_json:
        print_json([asdict(checkup) for checkup in checkups])
    else:
        for checkup in checkups:
            click.echo(f"{'missing' if checkup.remedy else 'ok':8} {checkup.name}: {checkup.seen}")
        for checkup in ill:
            click.echo(f"\n{checkup.remedy.strip()}")
    return ExitCode.BAD_INPUT if ill else ExitCode.ALL_BUILT
