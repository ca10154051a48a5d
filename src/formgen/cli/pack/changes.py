"""What differs between two packs, as it is printed."""

from __future__ import annotations

from collections.abc import Sequence

import click

from formgen.packs.diff import BROKEN, Change

_HEADINGS = {
    "notes": "What is new",
    "pack": "The pack",
    "settings": "Settings",
    "words": "Words",
    "forms": "Forms and pledges",
    "looks": "Templates, styles and pictures",
    "local": "Of this local",
    BROKEN: "What is wrong then",
}


def print_changes(changes: Sequence[Change]) -> None:
    """Print what differs, in groups."""
    for group, heading in _HEADINGS.items():
        here = [change for change in changes if change.group == group]
        if here:
            click.echo(f"{heading}:")
        for change in here:
            click.echo(f"  {change.name}")
            for line in change.lines:
                click.echo(f"    {line}")
