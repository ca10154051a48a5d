"""`formgen schema`: what editors need to help while one types."""

from __future__ import annotations

from pathlib import Path

import click

from formgen import api


@click.command("schema")
@click.argument("local", required=False, type=click.Path(path_type=Path, exists=True))
def command(local: Path | None) -> None:
    """Print the JSON Schema of local.yaml, for editors.

    With LOCAL, write it beside that local's local.yaml, whose first line names it.
    """
    if local is None:
        click.echo(api.editor_schema(), nl=False)
    else:
        click.echo(f"Wrote {api.write_editor_schema(local)}")
