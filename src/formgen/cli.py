"""Speak: the command line, and the only place that prints."""

from __future__ import annotations

import io
import json
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import click

import formgen
from formgen import speech
from formgen.cli_ask import ask_until_right
from formgen.cli_build import BuildCommand
from formgen.cli_findings import findings as findings_
from formgen.cli_pack import pack
from formgen.cli_people import people
from formgen.cli_roll import roll
from formgen.findings import ExitCode, Finding, InputError, errors, exit_code, in_order

_LOCALS = click.argument("locals_", metavar="[LOCAL]...", nargs=-1, type=click.Path(path_type=Path))


class _Group(click.Group):
    """Keeps the commands in the order of the design page."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(self.commands, key=lambda name: name == "pack")


@click.group(
    cls=_Group,
    commands=[people, roll, findings_, pack],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(formgen.__version__, prog_name="formgen")
def program() -> None:
    """Make a local's whole mentoring program from one YAML file.

    LOCAL is a folder that holds local.yaml, or that file.
    """


def main() -> NoReturn:
    """Run the command line. Raises KeyboardInterrupt, also for an answer that does not come."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The name of a file may hold what the terminal cannot show.
            stream.reconfigure(errors="backslashreplace")
    try:
        program.main(prog_name="formgen", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(ExitCode.USAGE)
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except OSError as problem:
        click.echo(speech.unwritable(problem), err=True)
        sys.exit(ExitCode.BAD_INPUT)
    sys.exit(ExitCode.ALL_BUILT)


@program.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--yes", is_flag=True, help="Ask nothing; write the defaults, to be edited.")
def new(folder: Path, *, yes: bool) -> None:
    """Make a new local in DIR, by questions."""
    from formgen import wizard

    already = wizard.exists(folder)
    if already:
        _stop([already])
    answers = wizard.unanswered(folder) if yes else wizard.ask_all(folder, _ask)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "local.yaml"
    with path.open("x", encoding="utf-8") as file:
        file.write(wizard.render_local(folder, answers))
    click.echo(f"Wrote {path}")
    if yes:
        click.echo("Edit the name of your local and of its coordinator in it.")
    click.echo(f"Then: formgen build {shlex.quote(str(folder))}")


def _ask(question: Any, offered: str, problems_with: Callable[[str], list[str]]) -> str:
    choices = f" ({', '.join(question.choices)})" if question.choices else ""
    return ask_until_right(f"{question.ask}{choices}", offered, problems_with)


@program.command()
@_LOCALS
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--quiet", is_flag=True, help="Print only findings.")
def check(locals_: tuple[Path, ...], *, as_json: bool, quiet: bool) -> None:
    """Find everything that is wrong, and build nothing."""
    from formgen.build.check import check_locals
    from formgen.build.locals import locals_below
    from formgen.compose.pages import composer
    from formgen.graph.cache import cache_folder, user_cache
    from formgen.kit import resolve
    from formgen.people.roster import roster_files, roster_findings
    from formgen.press.fonts import font_place
    from formgen.press.versions import library_versions
    from formgen.sources.layers import local_file
    from formgen.workers.pool import usable_cores, worker_pool

    findings: list[Finding] = []
    places = [local_file(place) for place in locals_below(_chosen(locals_), Path("output"))]
    # Nothing is set in them, so they need not be cut.
    fonts = font_place(cache_folder())
    # To start a process takes as long as to compose half a kit.
    pool = worker_pool(min(usable_cores(), len(places)), fonts, typesets=False)
    for checked in check_locals(places, pool, user_cache(), library_versions(fonts)):
        findings += checked.findings
        # Which columns there are depends on the documents.
        if roster_files(checked.local.parent) and not errors(checked.findings):
            findings += roster_findings(composer(resolve(checked.local)))
    found = in_order(findings)
    if as_json:
        click.echo(json.dumps({"findings": speech.findings_data(found)}, indent=1))
    else:
        _print_findings(found)
        if not found and not quiet:
            click.echo("Nothing is wrong.")
    sys.exit(exit_code(found))


@program.command(cls=BuildCommand)
@_LOCALS
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="Folder to build into.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="DOCUMENT",
    help="Build this document alone. May be given more than once.",
)
@click.option(
    "--packet",
    multiple=True,
    metavar="PACKET",
    help="Build this packet and what is in it alone. May be given more than once.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="Processes that typeset.  [default: one a core]"
)
@click.option("--cluster", metavar="ADDRESS", default="", help="Typeset on a Dask cluster.")
@click.option("--cache/--no-cache", default=True, help="Use what was made before.")
@click.option("--why", is_flag=True, help="Say why each thing was made.")
@click.option("--quiet", is_flag=True, help="Print only findings.")
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
def build(  # noqa: PLR0913  (one argument for each option)
    locals_: tuple[Path, ...],
    out: Path,
    only: tuple[str, ...],
    packet: tuple[str, ...],
    jobs: int | None,
    *,
    cluster: str,
    cache: bool,
    why: bool,
    quiet: bool,
    as_json: bool,
    **outputs: Any,
) -> None:
    """Build documents and packets of one local, or of all below a folder."""
    from formgen.build.locals import locals_below
    from formgen.cli_build import Wish, choice_of, run

    choice = choice_of(only, packet, outputs)
    wish = Wish(out, jobs, cache, cluster, why, quiet, as_json)
    try:
        code = run(locals_below(_chosen(locals_), out), wish, choice, _print_findings)
    except InputError as problem:  # the cluster
        _stop(problem.findings)
    sys.exit(code)


@program.command("list")
@click.argument("local", required=False, type=click.Path(path_type=Path))
@click.option("--promises", is_flag=True, help="List the promises of pledges instead, by name.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_(local: Path | None, *, promises: bool, as_json: bool) -> None:
    """List documents, privacy classes and variants, then packets.

    Without LOCAL, what the base pack builds by default.
    """
    from formgen import listing
    from formgen.kit import resolve
    from formgen.sources.layers import local_file

    try:
        kit = resolve(local_file(local)) if local else listing.default_kit()
        rows = listing.promises(kit) if promises else listing.documents_and_packets(kit)
    except InputError as problem:
        _stop(problem.findings)
    if as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    if not rows:
        click.echo("There are none.")
        return
    table = [list(map(str, row.values())) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


@program.command()
@click.argument("local", type=click.Path(path_type=Path))
@click.argument("key")
def explain(local: Path, key: str) -> None:
    """Say what a setting's value is, and which file and line set it."""
    from formgen.explain import explain as origins_of
    from formgen.sources.layers import local_file

    try:
        origins = origins_of(local_file(local), key)
    except InputError as problem:
        _stop(problem.findings)
    for origin in origins:
        click.echo(f"{origin.key}: {origin.value}")
        click.echo(f"  set in {_near(origin.place)} ({origin.layer})")
        for hidden in origin.hidden:
            click.echo(f"  instead of {hidden.value} in {_near(hidden.place)} ({hidden.layer})")
        for added in origin.added:
            click.echo(f"  with {added.value} added in {_near(added.place)} ({added.layer})")


@program.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was seen as JSON.")
def doctor(*, as_json: bool) -> None:
    """Look for what this machine lacks, and what mends it."""
    from formgen.doctor import look_over
    from formgen.graph.cache import cache_folder

    checkups = list(look_over(cache_folder(), Path("output")))
    ill = [checkup for checkup in checkups if checkup.remedy]
    if as_json:
        click.echo(json.dumps([asdict(checkup) for checkup in checkups], indent=1))
    else:
        for checkup in checkups:
            click.echo(f"{'missing' if checkup.remedy else 'ok':8} {checkup.name}: {checkup.seen}")
        for checkup in ill:
            click.echo(f"\n{checkup.remedy.strip()}")
    sys.exit(ExitCode.BAD_INPUT if ill else ExitCode.ALL_BUILT)


def _near(place: Any) -> str:
    return str(place.seen_from(Path.cwd()))


def _chosen(locals_: Sequence[Path]) -> list[Path]:
    """Return the locals that a command means; without any, the one in this folder."""
    if locals_:
        return list(locals_)
    if Path("local.yaml").is_file():
        return [Path()]
    message = "name a LOCAL: a folder that holds local.yaml. `formgen new DIR` makes one."
    raise click.UsageError(message)


def _stop(findings: Iterable[Finding]) -> NoReturn:
    found = in_order(findings)
    _print_findings(found)
    sys.exit(exit_code(found))


def _print_findings(findings: Iterable[Finding]) -> None:
    for line in speech.finding_lines(findings):
        click.echo(line, err=True)
