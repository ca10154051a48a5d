"""The table of docs/commands.md: every command with its options, as the command line has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import click

from formgen.reference.generated import Source
from formgen.sources.text_files import read_text

_PATH = "docs/commands.md"
_TABLE = re.compile(r"^\| command \| what it does \|.*?(?=^$)", re.DOTALL | re.MULTILINE)
# What click calls the kinds of values.
_SHORT = {"DIRECTORY": "DIR", "INTEGER RANGE": "N", "TEXT": "..."}
# More are too many for a line.
_MOST_CHOICES = 3
_HEAD = "| command | what it does |\n|---|---|\n"


def commands_page(source: Source) -> Mapping[str, str]:
    """Return the page of commands with its table made anew."""
    from formgen.cli import program

    context = click.Context(program, info_name="formgen")
    table = _HEAD + "".join(f"{row}\n" for row in _rows(program, context))
    return {_PATH: _TABLE.sub(lambda _: table, read_text(source.root / _PATH), count=1)}


def _rows(group: click.Group, above: click.Context) -> Iterator[str]:
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        if command is None:
            continue
        context = click.Context(command, info_name=name, parent=above)
        if isinstance(command, click.Group):
            yield from _rows(command, context)
            continue
        words = [each.make_metavar(context) for each in _arguments(command)]
        usage = " ".join([context.command_path, *words])
        about = command.get_short_help_str(limit=1000).rstrip(".")
        options = ", ".join(f"`{option}`" for option in _options(command, context))
        yield f"| `{usage}` | {about}{f'; {options}' if options else ''} |"


def _arguments(command: click.Command) -> list[click.Argument]:
    return [each for each in command.params if isinstance(each, click.Argument)]


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield each option as it is typed, with what it takes."""
    for each in command.get_params(context):
        if not isinstance(each, click.Option) or each.hidden or "--help" in each.opts:
            continue
        # Of one that is on unless it is switched off, what switches it off.
        name = max(each.secondary_opts if each.default is True else each.opts, key=len)
        choices = each.make_metavar(context).strip("[]").split("|")
        taken = "KIND" if len(choices) > _MOST_CHOICES else " or ".join(choices)
        yield name if each.is_flag else f"{name} {_SHORT.get(taken, taken)}"
