"""A group of commands that imports a command when it is run, and none for its help."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click


class LazyGroup(click.Group):
    """Commands by name, each the ``command`` of the module of that name in a package.

    ``table`` has a command's summary, the first sentence of its docstring, and an example without
    the program's name, in the order of help. One without a summary is for those who work on
    formgen, and is not in help. ``below`` names the sub-package that a command's module stands in.
    """

    def __init__(
        self,
        *,
        package: str,
        table: Mapping[str, tuple[str, str]],
        below: Mapping[str, str] = MappingProxyType({}),
        **settings: Any,
    ) -> None:
        # What help and a mistyped name need to know of a command.
        outlines = [
            click.Command(name, help=summary, hidden=not summary)
            for name, (summary, _) in table.items()
        ]
        super().__init__(commands=outlines, **settings)
        self.package = package
        self.below = below
        self.examples = {name: example for name, (_, example) in table.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands, in the order of help."""
        return list(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is none of that name."""
        if cmd_name not in self.commands:
            return None
        room = f".{self.below[cmd_name]}" if cmd_name in self.below else ""
        command: click.Command = import_module(f"{self.package}{room}.{cmd_name}").command
        example = self.examples[cmd_name]
        if example and not isinstance(command, click.Group):
            command.epilog = f"For example: {ctx.command_path} {example}"
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the part of help that lists the commands, each with an example."""
        rows: list[tuple[str, str]] = []
        for name, each in self.commands.items():
            if not each.hidden:
                rows.append((name, each.get_short_help_str(limit=1000)))
                rows.append(("", f"{ctx.command_path} {self.examples[name]}"))
        with formatter.section("Commands"):
            formatter.write_dl(rows)
