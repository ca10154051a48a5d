"""`formgen roll`: ask for what changes, say what is written and what to print again.

Names are asked for here and never taken as options, which a shell would remember.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from formgen.build.locals import locals_below
from formgen.cli.arguments import FOLDER, out_folder
from formgen.cli.console import NOTHING, ask, count, near, print_findings, say, word
from formgen.codes import Code
from formgen.compare.reprint import Reprints, reprints
from formgen.findings import (
    ExitCode,
    Finding,
    InputError,
    Place,
    errors,
    exit_code,
    first_of_each,
)
from formgen.people.people_manifest import FOLDER as PEOPLE
from formgen.rollover.archive import RosterFile, archived, backup, check_archive, roster_of
from formgen.rollover.mentions import mentions
from formgen.rollover.plan import Ask, Plan, Start, begin, planned, years
from formgen.rollover.questions import Question, kept_by_packs
from formgen.rollover.questions import asked as question_words
from formgen.rollover.write import Kept, Replaced, check_free, mode_of, write
from formgen.rollover.year import SchoolYear, school_year
from formgen.sources.paths import local_file


@click.command("roll")
@click.argument(
    "locals_", metavar="LOCAL...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--year", default="", help="The school year to go to.  [default: the next one]")
@click.option("--archive", type=FOLDER, help="Folder of yours to keep last year's roster in.")
@click.option("--yes", is_flag=True, help="Ask nothing; take what is proposed, and list it.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--any-year", is_flag=True, help="Take a year that is not the next one.")
@out_folder("Folder that kits are built into.")
def command(locals_: tuple[Path, ...], **asked: Any) -> ExitCode:
    """Carry a local into its next school year, or all below a folder.

    Dates move to the same weekday of the next year; they, the edition, the months and the officers
    are asked for again. The roster goes into an archive that you choose. local.yaml keeps its
    comments, and is kept as it was too. At the end stands what to print again.

    What keeps one of many from being rolled stops none of the others; in an archive, each has a
    folder of its own.
    """
    places = locals_below(locals_, asked["out"])
    if len(places) == 1:
        _roll(places[0], asked)
        return ExitCode.ALL_BUILT
    return _roll_all(places, asked)


def _roll_all(places: list[Path], asked: dict[str, Any]) -> ExitCode:
    """Roll many locals, each by itself; return 1 if some of them could not be."""
    found: list[Finding] = []
    failed = 0
    for place in places:
        try:
            _roll(place, asked, apart=True)
        except InputError as problem:
            print_findings(first_of_each(problem.findings))
            found += problem.findings
            failed += 1
        click.echo("")
    done = len(places) - failed
    kept = f"; {failed} could not be rolled, as said above" if failed else ""
    click.echo(f"Went through {done} of {len(places)} locals{kept}.")
    return ExitCode.SOME_FAILED if done and failed else exit_code(found)


def _roll(local: Path, asked: dict[str, Any], *, apart: bool = False) -> None:
    """Roll one local; ``apart`` gives it a folder of its own in the archive."""
    start = begin(local_file(local))
    if apart and asked["archive"]:
        asked = {**asked, "archive": asked["archive"] / start.kit.id}
    print_findings(start.kit.warnings)
    wanted = _year(start, asked)
    old, new = years(start, wanted, any_year=asked["any_year"])
    click.echo(f"{start.kit.id}: from {old} to {new}")
    for line in kept_by_packs(start.own, start.kit.tree, start.kit.locks, start.packs):
        click.echo(f"  {line}")
    roster = roster_of(start.kit)
    kept = _kept(start, old, roster, asked)
    if not asked["yes"]:
        click.echo(start.words("how").replace("{nothing}", NOTHING))
    plan = planned(start, old, new, None if asked["yes"] else _ask(start))
    _say_changes(plan)
    if not plan.changes and roster is None:
        click.echo("Nothing was written.")
        return
    if asked["dry_run"]:
        _say_kept(kept, roster, "would be")
    else:
        if not asked["yes"] and not click.confirm(start.words("write"), default=True):
            click.echo("Nothing was written.")
            return
        _write(plan, kept, roster)
        _say_kept(kept, roster, "is")
    _say_archive_rule(plan, roster)
    _say_mentions(plan)
    _say_people(asked["out"], start)
    click.echo("Comparing the pages of both years ...", err=True)
    _say_reprints(plan, reprints(start.kit, plan.kit))
    if asked["dry_run"]:
        click.echo("Nothing was written.")
    else:
        say(f"Then: formgen build {word(local)}")


def _year(start: Start, asked: dict[str, Any]) -> SchoolYear | None:
    """Return the school year that was asked for, or None for the next one."""

    def problems(answer: str) -> list[str]:
        return [] if school_year(answer) else ["two years in a row, such as 2027-2028."]

    if not asked["year"] and not asked["yes"]:
        offered = str(start.old.next) if start.old else ""
        return school_year(ask(start.words("year"), offered, problems))
    if asked["year"] and problems(asked["year"]):
        message = f'--year: "{asked["year"]}" is not a school year. Write it like 2027-2028.'
        raise click.UsageError(message)
    return school_year(asked["year"])


def _ask(start: Start) -> Ask:
    """Return what asks in the language of the local's papers."""

    def ask_in_words(question: Question, problems_with: Callable[[str], list[str]]) -> str:
        return ask(question_words(question, start.language), question.proposed, problems_with)

    return ask_in_words


def _kept(
    start: Start, old: SchoolYear, roster: RosterFile | None, asked: dict[str, Any]
) -> list[Kept]:
    """Return the files that are put away. Raises InputError if there is no good place for them."""
    folder: Path | None = asked["archive"]
    if folder is None and roster and not asked["dry_run"]:
        folder = _asked_archive(start, roster, asked)
    if folder is None:
        kept = backup(old, start.file, start.data)
    else:
        found = check_archive(folder, start.kit, asked["out"])
        if errors(found):
            raise InputError(found)
        print_findings(found)
        kept = archived(folder, roster, old, start.file, start.data)
    taken = check_free(kept)
    if taken:
        raise InputError(taken)
    return kept


def _asked_archive(start: Start, roster: RosterFile, asked: dict[str, Any]) -> Path:
    said = f"{roster.file.name} has {count(roster.rows, 'row')}"
    if asked["yes"]:
        message = f"{said}, and no folder to keep them in was named."
        fix = "name one with --archive; it is made if it is not there."
        raise InputError([Finding(Place(roster.file), Code.NO_ARCHIVE, message, fix)])

    def problems(answer: str) -> list[str]:
        if not answer:
            return ["an answer is needed here; the folder is made if it is not there."]
        found = errors(check_archive(Path(answer).expanduser(), start.kit, asked["out"]))
        return [f"{each.message} Fix: {each.fix}" for each in found]

    words = start.rows_to_keep(roster.file.name, roster.rows)
    return Path(ask(words, "", problems)).expanduser()


def _write(plan: Plan, kept: list[Kept], roster: RosterFile | None) -> None:
    file = plan.start.file
    replaced = [Replaced(file, plan.start.data, plan.data, mode_of(file))]
    if roster:
        # First, so that a roll that is cut short can be made again.
        replaced.insert(0, Replaced(roster.file, roster.data, roster.empty, 0o600))
    write(kept, replaced)


def _say_changes(plan: Plan) -> None:
    click.echo(f"{plan.start.file.name}:")
    for change in plan.changes:
        line = f"line {change.line}"
        before, after = change.before or "(empty)", change.after or "(empty)"
        click.echo(f"  {line:9} {change.setting}: {before} -> {after}")
    if not plan.changes:
        click.echo("  nothing changes.")
    proposed = [change.setting for change in plan.changes if not change.confirmed]
    if proposed:
        click.echo(f"Proposed, and confirmed by nobody: {', '.join(proposed)}.")
    if plan.unconfirmed:
        click.echo(f"Kept, and confirmed by nobody: {', '.join(plan.unconfirmed)}.")


def _say_kept(kept: list[Kept], roster: RosterFile | None, verb: str) -> None:
    for each in kept:
        click.echo(f"Last year's {each.was} {verb} kept as {each.path}")
    if roster and not any(each.was == roster.file.name for each in kept):
        rows = count(roster.rows, "row")
        click.echo(f"{roster.file.name} has {rows}: name a folder to keep them in with --archive.")
    elif roster:
        click.echo(f"{roster.file.name} {verb} empty, with the same columns.")


def _say_archive_rule(plan: Plan, roster: RosterFile | None) -> None:
    if roster:
        archive = plan.kit.settings.archive
        until = plan.old.first + 1 + archive.years
        years = count(archive.years, "year")
        click.echo(f"Your rule on archives: {years}, by {archive.custodian}.")
        click.echo(f"  So the roster of {plan.old} is to be destroyed in {until}, copies included.")


def _say_mentions(plan: Plan) -> None:
    places = list(mentions(plan.kit, plan.own, plan.old, plan.new))
    if places:
        click.echo(f"Words of yours that name a year of {plan.old}; look whether they still fit:")
    for place in places:
        click.echo(f"  {near(place)}")


def _say_people(out: Path, start: Start) -> None:
    folder = out / start.kit.id / PEOPLE
    if folder.is_dir():
        place = word(start.file.parent)
        click.echo(f"What was made for people last year is still there: {folder}")
        say(f"  `formgen people {place} --forget ID` deletes what was made for one pair;")
        click.echo("  for all of them, delete the folder.")


def _say_reprints(plan: Plan, found: Reprints) -> None:
    before, now = plan.start.kit.edition, plan.kit.edition
    if found.documents:
        click.echo("Print again:")
    for each in found.documents:
        click.echo(f"  {each.title}: {each.pages}")
    if found.packets:
        click.echo("Packets that hold them:")
    for packet in found.packets:
        inside = [*["cover"] * packet.cover, *packet.inside]
        click.echo(f"  {packet.title}: {', '.join(inside)}")
    rest = count(found.same, "document")
    if before != now:
        click.echo(f"{rest} of the kit differ only in the footer's edition: {before} -> {now}.")
    else:
        click.echo(f"{rest} of the kit stay as they are.")
