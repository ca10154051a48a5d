"""`formgen check`: everything that is wrong, and nothing built."""

from __future__ import annotations

from pathlib import Path

import click

from formgen import api, json_output
from formgen.cli.arguments import LOCALS, QUIET, chosen
from formgen.cli.console import print_findings, print_json
from formgen.findings import ExitCode, exit_code


@click.command("check")
@LOCALS
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@QUIET
def command(locals_: tuple[Path, ...], *, as_json: bool, quiet: bool) -> ExitCode:
    """Find everything that is wrong, and build nothing."""
    found = api.check(chosen(locals_))
    if as_json:
        print_json(json_output.of_check(found))
    else:
        print_findings(found)
        if not found and not quiet:
            click.echo("Nothing is wrong.")
    return exit_code(found)
