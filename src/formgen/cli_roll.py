"""Speak of the year's end: ask for what changes, say what is written and what to print again.

Names are asked for here and never taken as options, which a shell would remember.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formgen import speech
from formgen.cli_ask import NOTHING, ask_until_right
from formgen.cli_pack import spoken
from formgen.findings import ExitCode, Finding, InputError, Place, errors

if TYPE_CHECKING:
    from formgen.compose.language import Language
    from formgen.roll.archive import Roster
    from formgen.roll.plan import Ask, Plan, Start
    from formgen.roll.questions import Question
    from formgen.roll.reprint import Reprints
    from formgen.roll.write import Kept
    from formgen.roll.year import SchoolYear

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("local", type=click.Path(path_type=Path))
@click.option("--year", default="", help="The school year to go to.  [default: the next one]")
@click.option("--archive", type=_FOLDER, help="Folder of yours to keep last year's roster in.")
@click.option("--yes", is_flag=True, help="Ask nothing; take what is proposed, and list it.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--any-year", is_flag=True, help="Take a year that is not the next one.")
@click.option(
    "--out",
    type=_FOLDER,
    default=Path("output"),
    show_default=True,
    help="Folder that kits are built into.",
)
@spoken
def roll(local: Path, **wish: Any) -> None:
    """Carry a local into its next school year.

    Dates move to the same weekday of the next year; they, the edition, the months and the officers
    are asked for again. The roster goes into an archive that you choose. local.yaml keeps its
    comments, and is kept as it was too. At the end stands what to print again.
    """
    from formgen.roll.archive import roster_of
    from formgen.roll.plan import begin, planned, years
    from formgen.roll.questions import kept_by_packs
    from formgen.roll.reprint import reprints
    from formgen.sources.layers import local_file

    start = begin(local_file(local))
    _warn(list(start.kit.warnings))
    wanted = _year(start, wish)
    old, new = years(start, wanted, any_year=wish["any_year"])
    click.echo(f"{start.kit.id}: from {old} to {new}")
    for line in kept_by_packs(start.own, start.kit.tree, start.kit.locks):
        click.echo(f"  {line}")
    roster = roster_of(start.kit)
    kept = _kept(start, old, roster, wish)
    if not wish["yes"]:
        click.echo(_words(start, "how").replace("{nothing}", NOTHING))
    plan = planned(start, old, new, None if wish["yes"] else _ask(start))
    _say_changes(plan)
    if not plan.changes and roster is None:
        click.echo("Nothing was written.")
        return
    if wish["dry_run"]:
        _say_kept(kept, roster, "would be")
    else:
        if not wish["yes"] and not click.confirm(_words(start, "write"), default=True):
            click.echo("Nothing was written.")
            return
        _write(plan, kept, roster)
        _say_kept(kept, roster, "is")
    _say_archive_rule(plan, roster)
    _say_mentions(plan)
    _say_people(wish["out"], start)
    click.echo("Comparing the pages of both years ...", err=True)
    _say_reprints(plan, reprints(start.kit, plan.kit))
    if wish["dry_run"]:
        click.echo("Nothing was written.")
    else:
        click.echo(f"Then: formgen build {shlex.quote(str(local))}")
    sys.exit(ExitCode.ALL_BUILT)


def _warn(findings: list[Finding]) -> None:
    for line in speech.finding_lines(findings):
        click.echo(line, err=True)


def _year(start: Start, wish: dict[str, Any]) -> SchoolYear | None:
    """Return the school year that is wished for, or None for the next one."""
    from formgen.roll.year import school_year

    def problems(answer: str) -> list[str]:
        return [] if school_year(answer) else ["two years in a row, such as 2027-2028."]

    if not wish["year"] and not wish["yes"]:
        offered = str(start.old.next) if start.old else ""
        return school_year(ask_until_right(_words(start, "year"), offered, problems))
    if wish["year"] and problems(wish["year"]):
        message = f'--year: "{wish["year"]}" is not a school year. Write it like 2027-2028.'
        raise click.UsageError(message)
    return school_year(wish["year"])


def _ask(start: Start) -> Ask:
    """Return what asks in the language of the local's papers."""
    from formgen.roll.questions import asked

    def ask(question: Question, problems_with: Callable[[str], list[str]]) -> str:
        return ask_until_right(asked(question, _language(start)), question.proposed, problems_with)

    return ask


def _language(start: Start) -> Language:
    from formgen.compose.language import Language

    return Language(start.kit.settings.language, start.kit.words)


def _words(start: Start, key: str) -> str:
    return start.kit.words.text("roll", key)


def _kept(start: Start, old: SchoolYear, roster: Roster | None, wish: dict[str, Any]) -> list[Kept]:
    """Return the files that are put away. Raises InputError if there is no good place for them."""
    from formgen.roll.archive import archived, backup, check_archive
    from formgen.roll.write import check_free

    folder: Path | None = wish["archive"]
    if folder is None and roster and not wish["dry_run"]:
        folder = _asked_archive(start, roster, wish)
    if folder is None:
        kept = backup(old, start.file, start.data)
    else:
        found = check_archive(folder, start.kit, wish["out"])
        if errors(found):
            raise InputError(found)
        _warn(found)
        kept = archived(folder, roster, old, start.file, start.data)
    taken = check_free(kept)
    if taken:
        raise InputError(taken)
    return kept


def _asked_archive(start: Start, roster: Roster, wish: dict[str, Any]) -> Path:
    from formgen.roll.archive import check_archive

    said = f"{roster.file.name} has {_count(roster.rows, 'row')}"
    if wish["yes"]:
        message = f"{said}, and no folder to keep them in was named."
        fix = "name one with --archive; it is made if it is not there."
        raise InputError([Finding(Place(roster.file), "no-archive", message, fix)])

    def problems(answer: str) -> list[str]:
        if not answer:
            return ["an answer is needed here; the folder is made if it is not there."]
        found = errors(check_archive(Path(answer).expanduser(), start.kit, wish["out"]))
        return [f"{each.message} Fix: {each.fix}" for each in found]

    rows = start.kit.words.nearest(("roll", "rows"))
    forms = {form: rows.text(form) for form in rows.value} if isinstance(rows.value, dict) else {}
    words = _language(start).counted(forms or rows.text(), roster.rows)
    words = words.replace("{file}", roster.file.name)
    return Path(ask_until_right(words, "", problems)).expanduser()


def _write(plan: Plan, kept: list[Kept], roster: Roster | None) -> None:
    from formgen.roll.write import Replaced, mode_of, write

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


def _say_kept(kept: list[Kept], roster: Roster | None, verb: str) -> None:
    for each in kept:
        click.echo(f"Last year's {each.was} {verb} kept as {each.path}")
    if roster and not any(each.was == roster.file.name for each in kept):
        rows = _count(roster.rows, "row")
        click.echo(f"{roster.file.name} has {rows}: name a folder to keep them in with --archive.")
    elif roster:
        click.echo(f"{roster.file.name} {verb} empty, with the same columns.")


def _say_archive_rule(plan: Plan, roster: Roster | None) -> None:
    if roster:
        archive = plan.kit.settings.archive
        until = plan.old.first + 1 + archive.years
        years = _count(archive.years, "year")
        click.echo(f"Your rule on archives: {years}, by {archive.custodian}.")
        click.echo(f"  So the roster of {plan.old} is to be destroyed in {until}, copies included.")


def _say_mentions(plan: Plan) -> None:
    from formgen.roll.mentions import mentions

    places = list(mentions(plan.kit, plan.own, plan.old, plan.new))
    if places:
        click.echo(f"Words of yours that name a year of {plan.old}; look whether they still fit:")
    for place in places:
        click.echo(f"  {speech.near([Finding(place, '', '')])[0].place}")


def _say_people(out: Path, start: Start) -> None:
    from formgen.people.register import FOLDER

    folder = out / start.kit.id / FOLDER
    if folder.is_dir():
        place = shlex.quote(str(start.file.parent))
        click.echo(f"What was made for people last year is still there: {folder}")
        click.echo(f"  `formgen people {place} --forget ID` deletes what was made for one pair;")
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
    rest = _count(found.same, "document")
    if before != now:
        click.echo(f"{rest} of the kit differ only in the footer's edition: {before} -> {now}.")
    else:
        click.echo(f"{rest} of the kit stay as they are.")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
