"""`formgen studio`: the same in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from formgen.cli.arguments import FOLDER, out_folder

_USUAL = Path("content", "locals")


@click.command("studio")
@click.argument("folder", required=False, type=FOLDER)
@out_folder("Folder to build into.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default=True,
    help="0 picks a free one.",
)
@click.option("--no-browser", is_flag=True, help="Print the address, and open nothing.")
def command(folder: Path | None, *, out: Path, port: int, no_browser: bool) -> None:
    """Make and change locals on a page in the browser, print and hand on their papers.

    FOLDER holds the locals. The page is for this machine alone; Ctrl-C ends it.
    """
    from formgen.studio.serve import serve

    home = folder or (_USUAL if _USUAL.is_dir() else Path())

    def ready(address: str) -> None:
        click.echo("formgen's page is open on this machine, for you alone, at")
        click.echo(address)
        click.echo("The address is good once, for a minute. Ctrl-C ends it.")
        if not no_browser:
            click.launch(address)

    serve(home, out, port, ready)
    click.echo("Closed. All that you changed is saved.")
