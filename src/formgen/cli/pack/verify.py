"""`formgen pack verify`: whether an archive is what it says it is."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.packs.signing import read_public
from formgen.packs.verified import open_pack
from formgen.sources.pack_files.archive import read_archive
from formgen.sources.pack_files.signatures import key_id


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", default="", metavar="PUBLIC", help="Require this public key, or .pub file.")
def command(file: Path, key: str) -> None:
    """Check an archive: every file's hash, what it holds, and who signed it."""
    opened = open_pack(read_archive(file), read_public(key) if key else "")
    click.echo(f"{opened.label}: {opened.pack.name}")
    click.echo(
        f"  {len(opened.archive.files)} files, each as {opened.pack.id}'s PACK.json lists it"
    )
    click.echo(f"  SHA-256 {opened.archive.sha256}")
    if opened.signer:
        known = "as asked for" if key else f"whose public key is {opened.signer}"
        click.echo(f"  signed by {key_id(opened.signer)}, {known}")
    else:
        click.echo("  not signed")
