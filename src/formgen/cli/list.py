"""`formgen list`: what a local builds."""

from __future__ import annotations

from pathlib import Path

import click

from formgen import api
from formgen.cli.console import print_columns, print_json


@click.command("list")
@click.argument("local", required=False, type=click.Path(path_type=Path))
@click.option("--promises", is_flag=True, help="List the promises of pledges instead, by name.")
@click.option("--fields", metavar="DOCUMENT", help="List the fields of a form instead, by name.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def command(local: Path | None, *, promises: bool, fields: str | None, as_json: bool) -> None:
    """List documents, privacy classes and variants, then packets.

    Without LOCAL, what the base pack builds by default.
    """
    if fields:
        rows = api.list_fields(local, fields)
    else:
        rows = api.list_promises(local) if promises else api.list_documents(local)
    if as_json:
        print_json(rows, ascii_only=False)
    elif rows:
        print_columns([list(map(str, row.values())) for row in rows])
    else:
        click.echo("There are none.")
