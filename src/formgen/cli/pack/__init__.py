"""`formgen pack`: packs of state affiliates, a module for each command."""

from __future__ import annotations

import click

from formgen.cli.lazy_group import LazyGroup

# As the table of all commands is.
COMMANDS = {
    "new": "Make a new pack in DIR, with a sample local.",
    "build": "Build the archive of a pack, once its own sample local builds without findings.",
    "verify": "Check an archive: every file's hash, what it holds, and who signed it.",
    "add": "Install a pack in a local's folder, and lock it in formgen.lock.",
    "update": "Show what a new edition changes for a local, and install it.",
    "review": "Take a local's own files for up to date with its packs.",
    "diff": "Compare two editions: archives or folders.",
    "key": "Make a pair of keys: FILE to sign with, and FILE.pub to hand on.",
}


@click.group("pack", cls=LazyGroup, package=__name__, table=COMMANDS)
def command() -> None:
    """Packs of state affiliates: make them, sign them, build on them.

    FILE is an archive that `pack build` made; `add` and `update` take an https address too.
    """
