"""The terminal: findings, questions, progress, counts, tables and JSON, once for all commands."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from formgen.build.report import Progress, silent
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, relative_to
from formgen.folder_lock import Waiting, wait_silently
from formgen.sources.paths import LOCAL_FILE, TEXTS
from formgen.sources.text_files import read_text
from formgen.sources.yaml_mistakes.lost_text import lines_of

NAME = "formgen"
# The variable that says what was typed to start it, where that is another command.
COMMAND = "FORMGEN_COMMAND"
# What stands for a local in a command that a finding names.
_LOCAL_TO_NAME = re.compile(r" LOCAL\b(?=[^`]*`)")
# So much of a line is shown on each side of a place.
_BESIDE = 50
# What is typed to leave a value empty, since nothing typed means the one that is offered.
NOTHING = "-"
# Whom one can have to wait for.
BUILD = "another build of {folder}"
CHANGE = "another formgen that changes {folder}"

# --- Commands


def typed_name() -> str:
    """Return how formgen was started, so that what it says of its commands can be typed."""
    return os.environ.get(COMMAND) or NAME


def as_typed(text: str, commands: Iterable[str] = ()) -> str:
    """Return a text in which formgen's commands are as this run of it was started."""
    typed = typed_name()
    if typed == NAME or f"{NAME} " not in text:
        return text
    context = click.get_current_context(silent=True)
    root = context.find_root() if context else None
    if root and isinstance(root.command, click.Group):
        commands = root.command.list_commands(root)
    return re.sub(rf"\b{NAME}(?= (?:{'|'.join(commands) or '-'})\b)", typed, text)


def say(text: str, *, err: bool = False) -> None:
    """Print a text, in which commands are as they can be typed."""
    click.echo(as_typed(text), err=err)


# --- What is wrong


def print_findings(findings: Iterable[Finding]) -> None:
    """Print findings apart from what scripts read."""
    for line in finding_lines(findings):
        click.echo(line, err=True)


def finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a line for each finding, in colour, and those that help to see it."""
    files: dict[Path, list[str]] = {}
    for finding in relative_to(findings, Path.cwd()):
        colour = "red" if finding.severity == "error" else "yellow"
        text = as_typed(_with_local(str(finding), finding.place.file))
        yield text.replace(finding.severity, click.style(finding.severity, fg=colour), 1)
        for line in (*_shown_place(finding.place, files), *finding.details):
            yield f"    {line}"


def _with_local(text: str, file: Path) -> str:
    """Return a text whose commands name the local that a file belongs to."""
    around = (file, *file.parents)
    # Unlike Path.is_file, this takes what may not be looked at for no file.
    folder = next((each for each in around if os.path.isfile(each / LOCAL_FILE)), None)  # noqa: PTH113
    return text if folder is None else _LOCAL_TO_NAME.sub(lambda _: f" {word(folder)}", text)


def _shown_place(place: Place, files: dict[Path, list[str]]) -> list[str]:
    """Return the line of a place as it was typed, and a mark under the place.

    Of the files that people edit by hand alone: what stands in a roster is nobody's to show.
    """
    if not place.line or place.file.suffix not in TEXTS:
        return []
    if place.file not in files:
        try:
            files[place.file] = lines_of(read_text(place.file))
        except InputError:
            files[place.file] = []
    if place.line > len(files[place.file]):
        return []
    line = files[place.file][place.line - 1]
    typed = "".join(" " if char == "\t" or not char.isprintable() else char for char in line)
    # Of a long line, what stands round the place.
    start = max(0, place.column - _BESIDE) if len(typed) > 2 * _BESIDE else 0
    shown = typed[start : start + 2 * _BESIDE].rstrip()
    number = str(place.line)
    return [f"{number} | {shown}", f"{' ' * len(number)} | {' ' * (place.column - 1 - start)}^"]


def near(place: Place) -> str:
    """Write a place as seen from the folder that one works in."""
    return str(place.seen_from(Path.cwd()))


def unwritable(problem: OSError) -> str:
    """Say what the machine did not let formgen do."""
    where = f"{problem.filename}: " if problem.filename else ""
    fix = "make room there, or give permission."
    return f"{where}error[{Code.CANNOT_WRITE}]: {problem.strerror}. Fix: {fix}"


# --- Values


def count(number: int, noun: str) -> str:
    """Write a number with its noun: ``1 file``, ``2 files``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def word(path: Path) -> str:
    """Write a path as a word of a command that can be copied."""
    return shlex.quote(str(path))


def highlit(value: str) -> str:
    """Return a value so that it is seen in a sentence: bold on a terminal, else in «»."""
    return click.style(value, bold=True) if sys.stdout.isatty() else f"«{value}»"


def print_json(data: Any, *, ascii_only: bool = True) -> None:
    """Print plain values for programs."""
    click.echo(json.dumps(data, indent=1, ensure_ascii=ascii_only))


def print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Print a table, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


# --- Questions


def ask(words: str, offered: str, problems_with: Callable[[str], list[str]]) -> str:
    """Return the answer to a question; what is wrong with one is said, and it is asked again."""
    while True:
        answer = click.prompt(words, default=offered or "", show_default=bool(offered)).strip()
        if answer == NOTHING:
            answer = ""
        problems = problems_with(answer)
        if not problems:
            return answer
        for problem in problems:
            click.echo(f"  {problem}")


# --- While something runs


def waiting_for(whom: str, *, quiet: bool = False) -> Waiting:
    """Return what says that another process is at work on a folder, and is waited for."""
    if quiet:
        return wait_silently

    def announce(folder: Path) -> None:
        click.echo(f"Waiting for {whom.format(folder=folder)} to end ...", err=True)

    return announce


def progress(*, quiet: bool, doing: str = "Building") -> AbstractContextManager[Progress]:
    """Return a context that shows a line of progress on a terminal, and else nothing."""
    if quiet or not sys.stderr.isatty():
        return contextlib.nullcontext(silent)
    return _live_progress(doing)


@contextlib.contextmanager
def _live_progress(doing: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)
        yield lambda done, known, name: bars.update(
            task, completed=done, total=known, description=name
        )
