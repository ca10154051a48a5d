"""`formgen pack`: packs of state affiliates, a module for each command."""

from __future__ import annotations

import click

from formgen.cli.lazy_group import LazyGroup

# As the table of all commands is.
COMMANDS = {
    "new": (
        "Make a new pack in DIR, with a sample local.",
        "new prairie-state",
    ),
    "approve": (
        "Write down who approved the finished words of what a pack locks; without --by, show them.",
        "approve prairie-state --by 'Jo Banks' --role counsel",
    ),
    "build": (
        "Build the archive of a pack, once its own sample local builds without findings.",
        "build prairie-state --key prairie-state.key",
    ),
    "verify": (
        "Check an archive: every file's hash, what it holds, and who signed it.",
        "verify prairie-state-2027.1.zip",
    ),
    "add": (
        "Install a pack in a local's folder, and lock it in formgen.lock.",
        "add prairie-state-2027.1.zip content/locals/maple",
    ),
    "update": (
        "Show what a new edition changes for a local, and install it.",
        "update prairie-state-2027.2.zip content/locals/maple",
    ),
    "rollback": (
        "Go back to the edition of a pack before the installed one, without a network.",
        "rollback prairie-state content/locals/maple",
    ),
    "list": (
        "List the packs that locals have installed, who signed them, and what was kept of them.",
        "list content/locals",
    ),
    "remove": (
        "Take a pack out of locals that do not build on it any more.",
        "remove prairie-state content/locals/maple",
    ),
    "review": (
        "Take an own file for up to date with what it replaces.",
        "review content/locals/maple/content/en/letters/start-up-notice.md --by Kim",
    ),
    "diff": (
        "Compare two editions: archives or folders.",
        "diff prairie-state-2027.1.zip prairie-state-2027.2.zip",
    ),
    "key": (
        "Make a pair of keys: FILE to sign with, and FILE.pub to hand on.",
        "key prairie-state.key",
    ),
}


@click.group("pack", cls=LazyGroup, package=__name__, table=COMMANDS)
def command() -> None:
    """Packs of state affiliates: make them, sign them, build on them.

    FILE is an archive that `pack build` made; `add` and `update` take an https address too.
    """
