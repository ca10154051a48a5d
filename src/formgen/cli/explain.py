"""`formgen explain`: where a setting comes from."""

from __future__ import annotations

from pathlib import Path

import click

from formgen import api
from formgen.cli.console import near
from formgen.codes import Code
from formgen.reference.code_pages import page_of, plain_text


@click.command("explain")
@click.argument("local", type=click.Path(path_type=Path))
@click.argument("key")
def command(local: Path, key: str) -> None:
    """Say what a setting is and what its value is, and which file and line set it.

    KEY is a setting, such as brand.primary, a document by its id or code, such as F12, whose words
    are found, a file below content/, or an everyday word, such as color. The code of a finding
    prints its page.
    """
    if key in list(Code):
        click.echo(plain_text(page_of(Code(key))))
        return
    explained = api.explain(local, key)
    for line in explained.about:
        click.echo(line)
    for origin in explained.origins:
        click.echo(f"{origin.key}: {origin.value}")
        for line in origin.about:
            click.echo(f"  {line}")
        click.echo(f"  set in {near(origin.place)} ({origin.layer})")
        for hidden in origin.hidden:
            click.echo(f"  instead of {hidden.value} in {near(hidden.place)} ({hidden.layer})")
        for added in origin.added:
            click.echo(f"  with {added.value} added in {near(added.place)} ({added.layer})")
