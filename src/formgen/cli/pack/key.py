"""`formgen pack key`: a pair of keys to sign with."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.packs.signing import PUBLIC_SUFFIX, make_keys
from formgen.sources.pack_files.signatures import key_id


@click.command("key")
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Make a pair of keys: FILE to sign with, and FILE.pub to hand on."""
    public = make_keys(file)
    click.echo(f"Wrote {file}: keep it secret, and keep a copy where only you can read it")
    click.echo(f"Wrote {file}{PUBLIC_SUFFIX}: {public}")
    click.echo(f"  short name, to compare by phone: {key_id(public)}")
