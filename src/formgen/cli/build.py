"""`formgen build`: the kits of locals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from formgen import api, json_output
from formgen.build.options import BuildOptions
from formgen.build.publish import INDEX
from formgen.cli.arguments import JOBS, LOCALS, QUIET, chosen, out_folder
from formgen.cli.console import BUILD, print_findings, print_json, progress, waiting_for
from formgen.cli.kit_report import (
    print_table,
    printing_lines,
    reason_lines,
    report_lines,
)
from formgen.findings import ExitCode
from formgen.outputs import table
from formgen.outputs.base import Option, Output
from formgen.outputs.choice import can_be_set
from formgen.sources.paths import local_file

MOST_COPIES = 10_000


class _WithOutputs(click.Command):
    """Takes its options for kinds of file from the table of outputs, once they are needed."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own options, and those of outputs."""
        own = super().get_params(ctx)
        return [*own[:-1], *output_options(), own[-1]]


def output_options() -> list[click.Parameter]:
    """Return the options that ask for outputs."""
    standing = [each.id for each in table.OUTPUTS if each.page and each.is_standing]
    named = [each.id for each in table.OUTPUTS if can_be_set(each)]
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
    for output in table.OUTPUTS:
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


@click.command("build", cls=_WithOutputs)
@LOCALS
@out_folder("Folder to build into.")
@click.option(
    "--only",
    "documents",
    multiple=True,
    metavar="DOCUMENT",
    help="Build this document alone. May be given more than once.",
)
@click.option(
    "--packet",
    "packets",
    multiple=True,
    metavar="PACKET",
    help="Build this packet and what is in it alone. May be given more than once.",
)
@JOBS
@click.option("--cluster", metavar="ADDRESS", default="", help="Typeset on a Dask cluster.")
@click.option("--cache/--no-cache", default=True, help="Use what was made before.")
@click.option(
    "--prune", is_flag=True, help="Take away kits of locals that are not below the folder any more."
)
@click.option("--why", is_flag=True, help="Say why each thing was made.")
@QUIET
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
def command(locals_: tuple[Path, ...], *, quiet: bool, as_json: bool, **asked: Any) -> ExitCode:
    """Build documents and packets of one local, or of all below a folder."""
    options = _options(**asked)
    places = chosen(locals_)
    if options.prune and any(local_file(place).is_file() for place in places):
        message = "--prune needs the folder of all locals: a kit of no local in it is taken away."
        raise click.UsageError(message)
    silent = quiet or as_json
    waiting = waiting_for(BUILD, quiet=silent)
    with progress(quiet=silent) as show:
        report = api.build(places, options, progress=show, waiting=waiting)
    if as_json:
        print_json(json_output.of_build(report))
        return report.exit_code
    print_findings(report.findings)
    for line in reason_lines(report.kits) if options.why else ():
        click.echo(line)
    if not quiet:
        _print_report(report, options.out)
    return report.exit_code


def _print_report(report: api.BuildReport, out: Path) -> None:
    if len(report.kits) > 1:
        print_table(report.kits)
        click.echo(f"  open {out / INDEX}")
        click.echo(f"Done in {report.seconds:.1f} s.")
    else:
        for line in report_lines(report.kits, report.seconds):
            click.echo(line)
    for line in printing_lines(report.kits):
        click.echo(line)
    for folder, kept in report.pruned:
        stays = f"; these stay: {', '.join(map(str, kept))}" if kept else ""
        click.echo(f"  removed the kit in {folder}, whose local is gone{stays}")


def _options(  # noqa: PLR0913  (one argument for each option that all builds have)
    *,
    out: Path,
    documents: tuple[str, ...],
    packets: tuple[str, ...],
    jobs: int | None,
    cluster: str,
    cache: bool,
    prune: bool,
    why: bool,
    kinds: tuple[str, ...],
    variants: tuple[str, ...],
    **flags: Any,
) -> BuildOptions:
    """Return what was asked for. Raises UsageError for what cannot be made together."""
    also: list[Output] = []
    pairs = 0
    for output in table.OUTPUTS:
        option = output.asked_by
        value = flags.get(option.flag.lstrip("-").replace("-", "_")) if option else None
        if option and value and option.value in {"", value}:
            also.append(output)
            pairs = value if option.number else pairs
    outputs = (*kinds, *variants)
    needed = _made_from(also)
    if needed and outputs and not (needed <= {*outputs} and (documents or packets)):
        named = ", ".join(sorted(needed))
        message = f"what is made for a printer needs the variant {named}: leave out --variant."
        raise click.UsageError(message)
    if pairs and documents and not packets:
        message = "--copies lists packets, and --only binds none: leave it out, or use --packet."
        raise click.UsageError(message)
    return BuildOptions(
        documents=documents,
        outputs=outputs,
        packets=packets,
        also=tuple(each.id for each in also),
        pairs=pairs,
        out=out,
        jobs=jobs,
        cluster=cluster,
        cache=cache,
        prune=prune,
        why=why,
    )


def _made_from(also: Sequence[Output]) -> set[str]:
    """Return the outputs that others are made from: those of documents, or of their parts."""
    kinds: Mapping[str, Output] = {output.id: output for output in table.OUTPUTS}
    return {name for each in also for name in each.made_from if kinds[name].of == "document"} or {
        name for each in also for kind in each.made_from for name in kinds[kind].made_from
    }
