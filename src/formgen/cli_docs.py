"""`formgen docs`: the pages that are made from formgen's own settings and words."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from formgen import speech
from formgen.findings import Finding, InputError, exit_code


@click.command(hidden=True)
@click.option("--check", is_flag=True, help="Write nothing; say which pages differ.")
def docs(*, check: bool) -> None:
    """Write the pages that are made from formgen's own settings and words.

    For those who work on formgen: it needs a copy of its source.
    """
    from formgen.reference.generated import check_generated, checkout, write_generated

    try:
        root = checkout()
        if check:
            _stop(check_generated(root))
        else:
            for path in write_generated(root):
                click.echo(f"Wrote {path.relative_to(root)}")
    except InputError as problem:
        _stop(problem.findings)
    click.echo("All pages are as they are made.")


def _stop(findings: Sequence[Finding]) -> None:
    """Say what is wrong, and end the program if anything is."""
    for line in speech.finding_lines(findings):
        click.echo(line, err=True)
    if findings:
        sys.exit(exit_code(findings))
