"""`formgen status`: how all locals stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap
from pathlib import Path

import click

from formgen import api, json_output
from formgen.cli.arguments import LOCALS, chosen, out_folder
from formgen.cli.console import count, print_columns, print_findings, print_json, progress
from formgen.findings import ExitCode, errors
from formgen.packs.records.approvals import approval_line
from formgen.sources.layers import BASE
from formgen.sources.replaced.basis import Review

_SHEET = "status.xlsx"
_HEADS = (
    *("number", "local", "edition", "packs", "own files", "own settings", "stale", "built"),
    "findings",
)


@click.command("status")
@LOCALS
@click.option(
    "--newest",
    "newest",
    metavar="FILE",
    multiple=True,
    help="Archive or https address of a pack's newest edition. May be given more than once.",
)
@out_folder("Folder that kits are built into.")
@click.option("--json", "kind", flag_value="json", help="Print it as JSON.")
@click.option("--csv", "kind", flag_value="csv", help="Print it as CSV, a row for each local.")
@click.option("--xlsx", "kind", flag_value="xlsx", help=f"Write it into {_SHEET}, beside the kits.")
def command(
    locals_: tuple[Path, ...], *, newest: tuple[str, ...], out: Path, kind: str | None
) -> ExitCode:
    """Say how all locals stand: editions, own words, what is stale, and who is behind.

    Nothing is built. Ends with 1 if a local has an older edition of a pack than is known.
    """
    with progress(quiet=kind is not None, doing="Looking") as show:
        report = api.status(chosen(locals_), out, newest, progress=show)
    if kind == "json":
        print_json(json_output.of_status(report), ascii_only=False)
    elif kind == "csv":
        click.echo(api.status_csv(report), nl=False)
    else:
        print_findings(errors(report.findings))
        if kind == "xlsx":
            api.write_status(report, out / _SHEET)
            click.echo(f"Wrote {out / _SHEET}")
        else:
            print_columns([_HEADS, *(_row(report, local) for local in report.locals)])
            for local in report.locals:
                for line in _details(report, local):
                    click.echo(line)
            for line in _editions(report):
                click.echo(line)
        click.echo(_summary(report))
    return report.exit_code


def _row(report: api.StatusReport, local: api.LocalStatus) -> tuple[str, ...]:
    serious = len(errors(local.findings))
    rest = len(local.findings) - serious
    found = [count(serious, "error")] * bool(serious) + [count(rest, "warning")] * bool(rest)
    shared = " (shared)" if local.is_served else ""
    packs = (
        f"{pack.id} {pack.edition}{' (behind)' if report.is_behind(pack) else ''}{shared}"
        for pack in local.packs
    )
    return (
        local.number or "-",
        local.id,
        local.edition or "-",
        ", ".join(packs) or "-",
        str(len(local.files) or "-"),
        str(len(local.settings) or "-"),
        str(len(local.stale) or "-"),
        local.built.on if local.built else "-",
        ", ".join(found) or "-",
    )


def _details(report: api.StatusReport, local: api.LocalStatus) -> Iterator[str]:
    """Yield what is a local's own, and what it is behind with."""
    lines = [
        f"{pack.id} {pack.edition} is behind: {report.newest[pack.id]} is out"
        for pack in filter(report.is_behind, local.packs)
    ]
    built = local.built.packs if local.built else {}
    lines += [
        f"built from {pack.id} {built[pack.id]}, and {pack.edition} is installed"
        for pack in local.packs
        if built.get(pack.id, pack.edition) != pack.edition
    ]
    for file in local.files:
        whose = "formgen" if file.of == BASE else file.of
        stale = "; it misses what changed there" if file.path in local.stale else ""
        lines.append(f"{file.path} is its own, not {whose}'s{stale}")
        review = local.reviews.get(file.path)
        if review:
            lines.append(f"  reviewed by {_said(review)}")
    lines += [f"{s.name} is {s.value} here, and {s.hidden} in {s.of}" for s in local.settings]
    files = {file.path for file in local.files}
    lines += [f"{key} hides what has changed" for key in local.stale if key not in files]
    lines += [
        f"{key} was reviewed by {_said(review)}"
        for key, review in local.reviews.items()
        if key not in files
    ]
    if lines:
        yield f"{local.id}:"
        yield from (f"  {line}" for line in lines)


def _said(review: Review) -> str:
    return f"{review.by} on {review.on}" + (f": {review.because}" if review.because else "")


def _editions(report: api.StatusReport) -> Iterator[str]:
    """Yield what packs say of the editions that locals have, of each once."""
    told = {
        f"{pack.id} {pack.edition}:": local.editions[pack.id]
        for local in report.locals
        for pack in local.packs
        if pack.id in local.editions
    }
    for edition, facts in sorted(told.items()):
        lines = [*facts.notes, *starmap(approval_line, facts.approvals.items())]
        yield from (edition, *(f"  {line}" for line in lines)) if lines else ()


def _summary(report: api.StatusReport) -> str:
    stale = sum(bool(each.stale) for each in report.locals)
    broken = sum(bool(errors(each.findings)) for each in report.locals)
    return (
        f"{count(len(report.locals), 'local')}: {len(report.behind())} behind,"
        f" {stale} with something stale, {broken} with mistakes."
    )
