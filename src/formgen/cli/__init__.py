"""Speak: the command line, a module for each command; nothing below this room prints."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

import formgen
from formgen.cli.console import print_findings, unwritable
from formgen.cli.lazy_group import LazyGroup
from formgen.findings import ExitCode, InputError, exit_code, in_order

# In the order of help. A command is the ``command`` of the module of its name, and this is the
# first sentence of its docstring.
COMMANDS = {
    "start": "Ask what to do, by number, and do it; open what was made.",
    "new": "Make a new local in DIR, by questions.",
    "check": "Find everything that is wrong, and build nothing.",
    "build": "Build documents and packets of one local, or of all below a folder.",
    "people": "Make letters, pledges, records and certificates for the people of a roster.",
    "roll": "Carry a local into its next school year.",
    "list": "List documents, privacy classes and variants, then packets.",
    "explain": "Say what a setting is and what its value is, and which file and line set it.",
    "findings": "Print the page of a finding's CODE: what it means, and what to do.",
    "schema": "Print the JSON Schema of local.yaml, for editors.",
    "doctor": "Look for what this machine lacks, and what mends it.",
    "pack": "Packs of state affiliates: make them, sign them, build on them.",
    "docs": "",
}


class _Program(LazyGroup):
    """Prints the findings that a command ends with; a command returns its exit code, or none."""

    def invoke(self, ctx: click.Context) -> NoReturn:
        """Run a command, and exit."""
        try:
            code = super().invoke(ctx) or ExitCode.ALL_BUILT
        except InputError as problem:
            found = in_order(problem.findings)
            print_findings(found)
            code = exit_code(found)
        sys.exit(code)


@click.group(
    cls=_Program,
    package=__name__,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(formgen.__version__, prog_name="formgen")
def program() -> None:
    """Make a local's whole mentoring program from one YAML file.

    LOCAL is a folder that holds local.yaml, or that file.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line. Raises KeyboardInterrupt, also for an answer that does not come."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The name of a file may hold what the terminal cannot show.
            stream.reconfigure(errors="backslashreplace")
    try:
        program.main(arguments, prog_name="formgen", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(ExitCode.USAGE)
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except OSError as problem:
        click.echo(unwritable(problem), err=True)
        sys.exit(ExitCode.BAD_INPUT)
    sys.exit(ExitCode.ALL_BUILT)
