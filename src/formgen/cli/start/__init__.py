"""`formgen start`: the menu for whoever has double-clicked a file."""

from __future__ import annotations

from formgen.cli.start.menu import command

__all__ = ["command"]
