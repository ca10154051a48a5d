"""`formgen findings`: what a code means, and which codes there are."""

from __future__ import annotations

import click

from formgen.cli.console import as_typed
from formgen.codes import Code
from formgen.findings import did_you_mean
from formgen.reference.code_pages import code_groups, meaning_of, page_of, plain_text


@click.command("findings")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Print the page of a finding's CODE: what it means, and what to do.

    Without CODE, all codes with their meanings.
    """
    if code is None:
        for group, members in code_groups().items():
            click.echo(f"{group}:")
            for each in members:
                click.echo(f"  {each:20} {each.level:8} {plain_text(meaning_of(each))}")
    elif code not in list(Code):
        fix = did_you_mean(code, Code, "`formgen findings` lists them all.")
        message = f'there is no code "{code}": {fix}'
        raise click.UsageError(as_typed(message))
    else:
        click.echo(plain_text(page_of(Code(code))))
