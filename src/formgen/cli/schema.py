"""`formgen schema`: what editors need to help while one types."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.reference.schema import schema_text, write_schema
from formgen.reference.settings import base_reference
from formgen.sources.paths import local_file


@click.command("schema")
@click.argument("local", required=False, type=click.Path(path_type=Path, exists=True))
def command(local: Path | None) -> None:
    """Print the JSON Schema of local.yaml, for editors.

    With LOCAL, write it beside that local's local.yaml, whose first line names it.
    """
    if local is None:
        click.echo(schema_text(base_reference()), nl=False)
    else:
        click.echo(f"Wrote {write_schema(local_file(local).parent, base_reference())}")
