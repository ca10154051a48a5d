"""`formgen diff`: what a local says differently."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from formgen import api, json_output
from formgen.cli.console import as_typed, print_json

_HEADINGS = {
    "words": "Words",
    "settings": "Settings",
    "forms": "Questions of forms",
    "promises": "Promises",
    "documents": "Documents",
    "packets": "Packets",
    "looks": "Templates, styles and pictures",
}


@click.command("diff")
@click.argument("local", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(local: Path, *, as_json: bool) -> None:
    """Say what a local says differently from what it builds on."""
    found = api.diff(local)
    if as_json:
        print_json(json_output.of_diff(found), ascii_only=False)
        return
    in_order = sorted(found, key=lambda each: list(_HEADINGS).index(each.group))
    for group, members in groupby(in_order, key=lambda each: each.group):
        click.echo(f"{_HEADINGS[group]}:")
        for each in members:
            beside = f" ({each.file})" if each.file not in {"", each.name} else ""
            if group == "settings":
                click.echo(f"  {each.name}: {'; '.join(each.lines)}")
                continue
            click.echo(f"  {each.name}{beside}")
            for line in each.lines:
                click.echo(f"    {as_typed(line)}")
    _say_signs([line for each in found for line in each.lines])
    if not found:
        click.echo("It says nothing differently.")


def _say_signs(lines: Sequence[str]) -> None:
    """Say what the signs mean, where there are any."""
    if any("[-" in line or "{+" in line for line in lines):
        click.echo("[-These words-] are not here, {+these+} are.")
