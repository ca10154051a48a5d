"""Speak of a build: its progress while it runs, and what became of each local."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formgen import speech
from formgen.findings import ExitCode, Finding

if TYPE_CHECKING:
    from formgen.outputs.base import Choice, Option, Output

MOST_COPIES = 10_000


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line, beside which part of kits."""

    out: Path
    jobs: int | None
    cache: bool
    cluster: str
    why: bool
    quiet: bool
    as_json: bool


class BuildCommand(click.Command):
    """Takes its options for kinds of file from the table of outputs, once they are needed."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own options, and those of outputs."""
        own = super().get_params(ctx)
        return [*own[:-1], *output_options(), own[-1]]


def output_options() -> list[click.Parameter]:
    """Return the options that ask for outputs."""
    from formgen.outputs.choice import can_be_set
    from formgen.outputs.table import OUTPUTS

    standing = [each.id for each in OUTPUTS if each.page and each.is_standing]
    named = [each.id for each in OUTPUTS if can_be_set(each)]
    parameters: list[click.Parameter] = [
        click.Option(
            ["--output", "kinds"],
            type=click.Choice(named),
            multiple=True,
            help="Build this kind of file alone. May be given more than once.",
        ),
        click.Option(
            ["--variant", "variants"],
            type=click.Choice(standing),
            multiple=True,
            help="The same, for files of documents.",
        ),
    ]
    flags: dict[str, list[Option]] = {}
    for output in OUTPUTS:
        if output.asked_by:
            flags.setdefault(output.asked_by.flag, []).append(output.asked_by)
    return [*parameters, *(_parameter(flag, options) for flag, options in flags.items())]


def _parameter(flag: str, options: Sequence[Option]) -> click.Parameter:
    first = options[0]
    if first.number:
        numbers = click.IntRange(1, MOST_COPIES)
        return click.Option([flag], type=numbers, metavar=first.number, help=first.help)
    if first.value:
        values = click.Choice([option.value for option in options])
        return click.Option([flag], type=values, help=first.help)
    return click.Option([flag], is_flag=True, help=first.help)


def choice_of(only: tuple[str, ...], packet: tuple[str, ...], asked: dict[str, Any]) -> Choice:
    """Return which part of kits was asked for. Raises UsageError for what cannot be made of it."""
    from formgen.outputs.base import Choice
    from formgen.outputs.table import OUTPUTS

    variants = asked.pop("variants")
    kinds = (*asked.pop("kinds"), *variants)
    also: list[Output] = []
    pairs = 0
    for output in OUTPUTS:
        option = output.asked_by
        value = asked.get(option.flag.lstrip("-").replace("-", "_")) if option else None
        if option and value and option.value in {"", value}:
            also.append(output)
            pairs = value if option.number else pairs
    table = {output.id: output for output in OUTPUTS}
    needed = {name for each in also for name in each.made_from if table[name].of == "document"} or {
        name for each in also for kind in each.made_from for name in table[kind].made_from
    }
    if needed and kinds and not (needed <= {*kinds} and (only or packet)):
        names = ", ".join(sorted(needed))
        message = f"what is made for a printer needs the variant {names}: leave out --variant."
        raise click.UsageError(message)
    if pairs and only and not packet:
        message = "--copies lists packets, and --only binds none: leave it out, or use --packet."
        raise click.UsageError(message)
    return Choice(only, kinds, packet, tuple(each.id for each in also), pairs)


def run(
    locals_: Sequence[Path],
    wish: Wish,
    choice: Choice,
    print_findings: Callable[[Iterable[Finding]], None],
) -> ExitCode:
    """Build the locals and say what became of them."""
    from formgen.build.build import build
    from formgen.build.folder_lock import wait_silently
    from formgen.build.publish import INDEX
    from formgen.build.report import worst
    from formgen.build.state import publish_state
    from formgen.graph.cache import cache_folder, user_cache
    from formgen.press.fonts import font_folder
    from formgen.press.versions import library_versions

    started = time.monotonic()
    quiet = wish.quiet or wish.as_json
    fonts = font_folder(cache_folder())
    cache = user_cache()
    with progress(quiet=quiet) as show:
        reports = build(
            locals_,
            wish.out,
            _workers(wish, fonts),
            choice,
            show,
            cache=cache if wish.cache else None,
            versions=library_versions(fonts),
            waiting=wait_silently if quiet else say_waiting,
            why=wish.why,
        )
    if wish.cache and not all(report.unchanged for report in reports):
        cache.trim()
    findings = [finding for report in reports for finding in report.findings]
    if len(reports) > 1 and any(report.folder for report in reports):
        findings += publish_state(reports, wish.out)
    seconds = time.monotonic() - started
    code = worst(reports)
    if wish.as_json:
        click.echo(json.dumps(speech.report_data(reports, code, seconds), indent=1))
    else:
        print_findings(findings)
        for line in speech.reason_lines(reports) if wish.why else ():
            click.echo(line)
        if not wish.quiet and len(reports) > 1:
            _print_table(reports)
            click.echo(f"  open {wish.out / INDEX}")
            click.echo(f"Done in {seconds:.1f} s.")
        elif not wish.quiet:
            for line in speech.report_lines(reports, seconds):
                click.echo(line)
        if not wish.quiet:
            for line in speech.printing_lines(reports):
                click.echo(line)
    return code


def _print_table(reports: Sequence[Any]) -> None:
    """Print what became of each local, in columns; with colors and lines on a terminal."""
    rows = list(speech.report_rows(reports))
    if not sys.stdout.isatty():
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            click.echo("  ".join(cells).rstrip())
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colors = {"failed": "red", "partly": "yellow", "built": "green"}
    table = Table(*rows[0])
    for row in rows[1:]:
        table.add_row(*(Text(cell, style=colors.get(cell, "")) for cell in row))
    Console().print(table)


def say_waiting(folder: Path) -> None:
    """Say that another build is at work on a folder."""
    click.echo(f"Waiting for another build of {folder} to end ...", err=True)


def _workers(wish: Wish, fonts: Path) -> AbstractContextManager[Any]:
    """Return who does the work: a pool of processes, or a cluster."""
    from formgen.workers.pool import usable_cores, worker_pool

    if wish.cluster:
        from formgen.workers.cluster import cluster_at

        return cluster_at(wish.cluster, fonts)
    return worker_pool(wish.jobs or usable_cores(), fonts)


def progress(*, quiet: bool) -> AbstractContextManager[Any]:
    """Return a context that shows a line of progress on a terminal, and else nothing."""
    from formgen.build.report import silent

    if quiet or not sys.stderr.isatty():
        return contextlib.nullcontext(silent)
    return _live_progress()


@contextlib.contextmanager
def _live_progress() -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("Building"),
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
