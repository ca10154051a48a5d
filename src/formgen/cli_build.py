"""Speak of a build: its progress while it runs, and what became of each local."""

from __future__ import annotations

import contextlib
import functools
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from formgen import speech
from formgen.findings import ExitCode, Finding
from formgen.model.printing import BOOKLETS, NOTHING, Printing

_PRINTING = (
    click.option(
        "--imposition",
        type=click.Choice(BOOKLETS),
        help="Make booklets of packets: pages in their size on paper of twice the size; small "
        "ones on the paper of the copier.",
    ),
    click.option("--bleed", is_flag=True, help="Make packets for a print shop, with crop marks."),
    click.option("--proof", is_flag=True, help="Make packets in the grays that a copier prints."),
    click.option(
        "--copies",
        "pairs",
        type=click.IntRange(1, 10_000),
        metavar="PAIRS",
        help="List what to print for so many pairs.",
    ),
)


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    out: Path
    only: tuple[str, ...]
    packets: tuple[str, ...]
    variants: tuple[Any, ...]
    jobs: int | None
    cache: bool
    cluster: str
    large_print: bool
    quiet: bool
    as_json: bool
    printing: Printing = NOTHING


def with_printing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of what is made for copiers and print shops, as `printing`."""

    @functools.wraps(command)
    def told(
        *arguments: Any,
        imposition: Any,
        bleed: bool,
        proof: bool,
        pairs: int | None,
        **options: Any,
    ) -> None:
        printing = Printing(imposition, bleed, proof, pairs or 0)
        _check_possible(printing, **{key: options[key] for key in ("only", "packet", "variant")})
        command(*arguments, printing=printing, **options)

    for option in reversed(_PRINTING):
        told = option(told)
    return told


def _check_possible(
    printing: Printing, *, only: Sequence[str], packet: Sequence[str], variant: Sequence[str]
) -> None:
    """Refuse what cannot be made of the part of a kit that is built. Raises UsageError."""
    if not printing:
        return
    if variant and ("print" not in variant or not (only or packet)):
        message = "what is made for a printer needs the variant print: leave out --variant."
        raise click.UsageError(message)
    if printing.pairs and only and not packet:
        message = "--copies lists packets, and --only binds none: leave it out, or use --packet."
        raise click.UsageError(message)


def run(
    locals_: Sequence[Path], wish: Wish, print_findings: Callable[[Iterable[Finding]], None]
) -> ExitCode:
    """Build the locals and say what became of them."""
    from formgen.model.catalog import LARGE_PRINT, VARIANTS
    from formgen.pipeline.build import build
    from formgen.pipeline.cache import cache_folder, user_cache
    from formgen.pipeline.jobs import Choice
    from formgen.pipeline.kits import wait_silently
    from formgen.pipeline.publish import INDEX
    from formgen.pipeline.report import worst
    from formgen.pipeline.state import publish_state
    from formgen.pipeline.unchanged import Unchanged
    from formgen.press.fonts import font_folder
    from formgen.press.versions import typesetter_versions

    started = time.monotonic()
    editions = [LARGE_PRINT] if wish.large_print else []
    choice = Choice(
        wish.only, (*(wish.variants or VARIANTS), *editions), wish.packets, wish.printing
    )
    quiet = wish.quiet or wish.as_json
    fonts = font_folder(cache_folder())
    cache = user_cache()
    kits = Unchanged(cache, typesetter_versions(fonts))
    with progress(quiet=quiet) as show:
        reports = build(
            locals_,
            wish.out,
            _workers(wish, fonts, cache),
            choice,
            show,
            unchanged=kits if wish.cache else None,
            waiting=wait_silently if quiet else say_waiting,
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


def _workers(wish: Wish, fonts: Path, cache: Any) -> AbstractContextManager[Any]:
    """Return what typesets: a pool of processes or a cluster, with the cache before it."""
    from formgen.pipeline.remembered import remembering
    from formgen.pipeline.workers import usable_cores, worker_pool
    from formgen.press.versions import typesetter_versions

    pool = worker_pool(wish.jobs or usable_cores(), fonts)
    if wish.cluster:
        from formgen.pipeline.cluster import cluster_at

        pool = cluster_at(wish.cluster, fonts)
    if not wish.cache:
        return pool
    return remembering(pool, cache, typesetter_versions(fonts))


def progress(*, quiet: bool) -> AbstractContextManager[Any]:
    """Return a context that shows a line of progress on a terminal, and else nothing."""
    from formgen.pipeline.report import silent

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
