"""`formgen findings`: what a code means, and which codes there are."""

from __future__ import annotations

import click

from formgen import api
from formgen.codes import Code
from formgen.findings import did_you_mean


@click.command("findings")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Print the page of a finding's CODE: what it means, and what to do.

    Without CODE, all codes with their meanings.
    """
    if code is None:
        for group, members in api.list_codes().items():
            click.echo(f"{group}:")
            for each, meaning in members:
                click.echo(f"  {each:20} {each.level:8} {meaning}")
    elif code not in list(Code):
        fix = did_you_mean(code, Code, "`formgen findings` lists them all.")
        message = f'there is no code "{code}": {fix}'
        raise click.UsageError(message)
    else:
        click.echo(api.page_of_code(Code(code)))
