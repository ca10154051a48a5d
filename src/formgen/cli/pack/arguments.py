"""The locals that a command on packs is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from formgen import api
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.paths import LOCAL_FILE, local_file

LOCALS = click.argument("locals_", metavar="[LOCAL]...", nargs=-1, type=click.Path(path_type=Path))


def locals_of(places: Sequence[Path]) -> list[Path]:
    """Return the `local.yaml` of each local that is named, or lies below a folder that is.

    Without any, it is the one of this folder. Raises InputError if there is none.
    """
    from formgen.build.locals import locals_below

    files = [local_file(place) for place in locals_below(places or [Path()], api.OUTPUT)]
    for file in files:
        if not file.is_file():
            message = f"there is no local in {file.parent if file.name == LOCAL_FILE else file}."
            fix = "name a folder that holds local.yaml, or locals below it."
            raise InputError([Finding(Place(file), Code.NO_FILE, message, fix)])
    return files
