"""Arguments and options that several commands take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from formgen.cli.console import as_typed

Command = TypeVar("Command", bound=Callable[..., Any])

# Where the locals of a copy of formgen lie, which a bare `python3 build.py` builds.
_USUAL = Path("content", "locals")
LOCALS = click.argument("locals_", metavar="[LOCAL]...", nargs=-1, type=click.Path(path_type=Path))
FOLDER = click.Path(path_type=Path, file_okay=False)
JOBS = click.option(
    "--jobs", type=click.IntRange(1, 64), help="Processes that typeset.  [default: one a core]"
)
QUIET = click.option("--quiet", is_flag=True, help="Print only findings.")


def out_folder(about: str) -> Callable[[Command], Command]:
    """Return the option for the folder of all kits."""
    return click.option("--out", type=FOLDER, default=Path("output"), show_default=True, help=about)


def chosen(locals_: Sequence[Path]) -> list[Path]:
    """Return the locals that a command means; without any, the one or all of this folder."""
    if locals_:
        return list(locals_)
    if Path("local.yaml").is_file():
        return [Path()]
    if any(_USUAL.glob("*/local.yaml")):
        return [_USUAL]
    message = "name a LOCAL: a folder that holds local.yaml. `formgen new DIR` makes one."
    raise click.UsageError(as_typed(message))
