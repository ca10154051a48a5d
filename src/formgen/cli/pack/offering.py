"""Show what an edition changes for locals, and install it where it is wanted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from formgen.cli.console import CHANGE, count, print_columns, print_findings, say, waiting_for
from formgen.cli.pack.changes import print_changes
from formgen.findings import ExitCode, Finding
from formgen.packs.checks import untried
from formgen.packs.diff import Change
from formgen.packs.install import check_together, plan_update, update
from formgen.packs.many import LocalPlan, install_many, plan_many
from formgen.packs.merging import merge_files
from formgen.packs.trial import refuse_broken
from formgen.packs.verified import OpenPack

# So many documents are named in a row of the table.
_MOST_NAMED = 3
# The groups of changes that are the pack's, and not one local's.
_OF_PACK = ("notes", "pack", "settings", "words", "forms", "looks")


@dataclass(frozen=True)
class Offer:
    """How editions are offered to locals."""

    # The edition for a `local.yaml`.
    opened_for: Callable[[Path], OpenPack]
    yes: bool = False
    allow_downgrade: bool = False
    # As many of many locals, for a try; 0 is for all.
    first: int = 0
    # Take over into a local's own files what changes in those that they replace.
    merging: bool = False


def offer(places: Sequence[Path], offered: Offer) -> None:
    """Show what changes for one local, or in one table for many, and install it if that is said."""
    if len(places) == 1:
        _offer_one(places[0], offered)
    else:
        _offer_many(places, offered)


def _offer_one(place: Path, offered: Offer) -> None:
    opened = offered.opened_for(place)
    check_together([place])
    planned = plan_update(opened, place, allow_downgrade=offered.allow_downgrade)
    if planned is None:
        click.echo(f"{opened.label} is installed already.")
        _merge(place, offered)
        return
    click.echo(f"{opened.pack.id}: {planned.before.edition} -> {opened.pack.edition}")
    print_changes(planned.changes)
    print_findings(planned.stale)
    for path, clashing in planned.clashes.items() if offered.merging else ():
        click.echo(f"  {'cannot be merged' if clashing else 'will be merged'}: {path}")
    if offered.yes:
        refuse_broken(planned, place, merging=offered.merging)
    else:
        question = "Your local does not build with it. Install it all the same?"
        click.confirm(question if planned.breaks else "Install it?", abort=True)
    update(planned, place, waiting_for(CHANGE))
    click.echo(f"Installed {opened.label}.")
    _merge(place, offered)
    print_findings(untried(place))


def _merge(place: Path, offered: Offer) -> None:
    for each in merge_files(place, waiting_for(CHANGE)) if offered.merging else ():
        mine = place.parent / each.path
        if each.clashes:
            where = f"{count(each.clashes, 'place')} to decide, in {each.written}"
            click.echo(f"  not merged {mine}: {where}")
        else:
            click.echo(f"  merged {mine}")


def _offer_many(places: Sequence[Path], offered: Offer) -> None:
    planning = plan_many(places, offered.opened_for, allow_downgrade=offered.allow_downgrade)
    plans = list(_first(offered, planning))
    for before, changed in _editions(plans).items():
        click.echo(before)
        print_changes([each for each in changed if each.group in _OF_PACK])
    print_columns(
        [("local", "has", "then", "stale", "changes"), *(_row(each, offered) for each in plans)]
    )
    for each in plans:
        print_findings((*each.refused, *(each.planned.stale if each.planned else ())))
    ready = [each for each in plans if each.state == "installs"]
    if not offered.yes and ready:
        click.confirm(f"Install it in {count(len(ready), 'local')}?", abort=True)
    wanted = [each for each in plans if each.state != "installed already"]
    left: list[Finding] = []
    names: list[str] = []
    installing = install_many(
        wanted, waiting_for(CHANGE), tried=offered.yes, merging=offered.merging
    )
    for each, found in installing:
        if not found:
            _merge(each.local_yaml, offered)
        else:
            names.append(str(each.local_yaml.parent))
            left += () if each.refused else found
    for each in plans:
        if each.state == "installed already":
            _merge(each.local_yaml, offered)
    print_findings(left)
    say(f"Installed in {count(len(wanted) - len(names), 'local')}.")
    if names:
        say(f"Not installed in {count(len(names), 'local')}: {', '.join(names)}.", err=True)
        sys.exit(ExitCode.REFUSED)


def _first(offered: Offer, plans: Iterator[LocalPlan]) -> Iterator[LocalPlan]:
    """Yield plans until there are as many as asked for of locals that the edition is new to."""
    new = 0
    for each in plans:
        yield each
        new += each.state != "installed already"
        if offered.first and new == offered.first:
            return


def _editions(plans: Sequence[LocalPlan]) -> dict[str, Sequence[Change]]:
    """Return what the edition changes, by what it comes after."""
    found: dict[str, Sequence[Change]] = {}
    for each in plans:
        if each.planned:
            before, after = each.planned.before, each.planned.after.pack
            found.setdefault(
                f"{after.id}: {before.edition} -> {after.edition}", each.planned.changes
            )
    return found


def _row(each: LocalPlan, offered: Offer) -> tuple[str, ...]:
    planned, documents = each.planned, each.documents
    more = len(documents) - _MOST_NAMED
    named = ", ".join(documents[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    stale = str(len(planned.stale)) if planned and planned.stale else "-"
    if planned and planned.clashes and offered.merging:
        stale += f", merged {sum(not clashing for clashing in planned.clashes.values())}"
    return (
        each.local_yaml.parent.name or str(each.local_yaml.parent),
        planned.before.edition if planned else "-",
        each.state,
        stale,
        named or "-",
    )
