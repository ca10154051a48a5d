"""`formgen pack build`: the archive of a pack."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.arguments import FOLDER
from formgen.packs.build_pack import build_pack
from formgen.sources.pack_files.signatures import key_id


@click.command("build")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--out", type=FOLDER, default=Path("output"), show_default=True, metavar="DIR")
@click.option("--key", type=click.Path(path_type=Path), metavar="FILE", help="Sign with this key.")
@click.option("--quick", is_flag=True, help="Do not typeset the sample locals.")
def command(folder: Path, out: Path, key: Path | None, *, quick: bool) -> None:
    """Build the archive of a pack, once its own sample local builds without findings."""
    built = build_pack(folder, out, key, typeset=not quick)
    opened = built.opened
    click.echo(f"{built.path}: {opened.label}, {len(opened.pack.locked)} locks")
    click.echo(f"  {len(opened.archive.files)} files, {built.size:,} bytes")
    click.echo(f"  sample: {', '.join(built.samples)}")
    click.echo(f"  SHA-256 {opened.archive.sha256}")
    click.echo(f"  signed by {key_id(opened.signer)}" if opened.signer else "  not signed")
