"""Speak: the command line, a module for each command; nothing below this room prints."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import NoReturn

import click

import formgen
from formgen.cli.console import print_findings, say, typed_name, unwritable
from formgen.cli.lazy_group import LazyGroup
from formgen.faults import lack_of
from formgen.findings import ExitCode, InputError, Place, exit_code, first_of_each

# In the order of the work. A command is the ``command`` of the module of its name; this is the
# first sentence of its docstring, and what is typed for it.
COMMANDS = {
    "studio": (
        "Make and change locals on a page in the browser, print and hand on their papers.",
        "studio",
    ),
    "new": ("Make a new local in DIR, by questions.", "new content/locals/maple"),
    "check": ("Find everything that is wrong, and build nothing.", "check content/locals/maple"),
    "build": (
        "Build documents and packets of one local, or of all below a folder.",
        "build content/locals/maple",
    ),
    "status": (
        "Say how all locals stand: editions, own words, what is stale, and who is behind.",
        "status content/locals",
    ),
    "register": (
        "Make and change the locals in DIR by the membership department's sheet.",
        "register members.xlsx content/locals --dry-run",
    ),
    "site": (
        "Put the kits of all locals on a site of plain files, for members to find theirs.",
        "site content/locals --out site",
    ),
    "order": (
        "List the packets of all locals for a print shop, with the files in one zip.",
        "order content/locals --pairs pairs.xlsx",
    ),
    "look": (
        "Put one page of a document of all locals on a sheet of small pictures, the fullest first.",
        "look certificate-of-completion:1 content/locals",
    ),
    "list": (
        "List documents, privacy classes and variants, then packets.",
        "list content/locals/maple",
    ),
    "explain": (
        "Say what a setting is and what its value is, and which file and line set it.",
        "explain content/locals/maple meetings.frequency",
    ),
    "own": (
        "Copy the words of a document into a local, to be changed there.",
        "own content/locals/maple mentor-thank-you",
    ),
    "diff": (
        "Say what a local says differently from what it builds on.",
        "diff content/locals/maple",
    ),
    "people": (
        "Make letters, pledges, records and certificates for the people of a roster.",
        "people content/locals/maple --only welcome-mentee",
    ),
    "roll": (
        "Carry a local into its next school year, or all below a folder.",
        "roll content/locals/maple",
    ),
    "findings": (
        "Print the page of a finding's CODE: what it means, and what to do.",
        "findings bad-date",
    ),
    "schema": ("Print the JSON Schema of local.yaml, for editors.", "schema"),
    "doctor": ("Look for what this machine lacks, and what mends it.", "doctor"),
    "pack": (
        "Packs of state affiliates: make them, sign them, build on them.",
        "pack add our-state.zip content/locals/maple",
    ),
    "docs": ("", ""),
}
# Of commands whose modules stand in a sub-package, which one.
_BELOW = {
    "own": "words",
    "diff": "words",
    "status": "many",
    "register": "many",
    "site": "many",
    "order": "many",
    "look": "many",
}


class _Program(LazyGroup):
    """Prints the findings that a command ends with; a command returns its exit code, or none."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is asked for; say first what a build mends, unless it is one."""
        found = super().resolve_command(ctx, args)
        if found[0] != "build":
            _say_cut_off(_folders_of_kits(args))
        return found

    def invoke(self, ctx: click.Context) -> NoReturn:
        """Run a command, and exit."""
        try:
            code = super().invoke(ctx) or ExitCode.ALL_BUILT
        except InputError as problem:
            found = first_of_each(problem.findings)
            print_findings(found)
            code = exit_code(found)
        sys.exit(code)


@click.group(
    cls=_Program,
    package=__name__,
    table=COMMANDS,
    below=_BELOW,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(formgen.__version__, prog_name="formgen")
def program() -> None:
    """Make a local's whole mentoring program from one YAML file.

    LOCAL is a folder that holds local.yaml, or that file.
    """


def _folders_of_kits(args: list[str]) -> list[Path]:
    """Return where a command may meet kits: the usual folder, and the one that it names."""
    named = (
        value or following
        for arg, following in pairwise([*args, ""])
        for option, _, value in [arg.partition("=")]
        if option == "--out"
    )
    return [Path(each) for each in dict.fromkeys(("output", *named)) if each]


def _say_cut_off(folders: list[Path]) -> None:
    """Say which kits a killed build left with some files new and some old."""
    from formgen.build.publish import cut_off_kits

    for folder in chain.from_iterable(map(cut_off_kits, folders)):
        say(
            f"The last build of {folder} was cut off: some of its files are new and some old,"
            " each of them whole. Build it again with `formgen build`.",
            err=True,
        )


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line. Raises KeyboardInterrupt, also for an answer that does not come."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The name of a file may hold what the terminal cannot show.
            stream.reconfigure(errors="backslashreplace")
    try:
        program.main(arguments, prog_name=typed_name(), standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(ExitCode.USAGE)
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except OSError as problem:
        place = Place(Path(problem.filename)) if problem.filename else Place(Path("formgen"))
        click.echo(lack_of(problem, place) or unwritable(problem), err=True)
        sys.exit(ExitCode.BAD_INPUT)
    sys.exit(ExitCode.ALL_BUILT)
