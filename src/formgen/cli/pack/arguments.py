"""The local that a command on packs is about."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.paths import local_file

LOCAL = click.argument(
    "local", metavar="[LOCAL]", required=False, type=click.Path(path_type=Path), default=Path()
)


def local_of(place: Path) -> Path:
    """Return the `local.yaml` of a local. Raises InputError if there is none."""
    file = local_file(place)
    if not file.is_file():
        message = f"there is no local in {place}."
        fix = "name a folder that holds local.yaml."
        raise InputError([Finding(Place(file), Code.NO_FILE, message, fix)])
    return file
