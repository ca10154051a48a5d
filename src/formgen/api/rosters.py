"""Read rosters, make documents for the people on them, and forget people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from formgen.api.kits import OUTPUT, workers_for
from formgen.build.report import Progress, silent
from formgen.folder_lock import Waiting, wait_silently
from formgen.people.options import PeopleOptions

if TYPE_CHECKING:
    from formgen.compose.pages import Composer
    from formgen.people.forgetting import Forgotten
    from formgen.people.local_roster import LocalRoster
    from formgen.people.report import PeopleReport


def read_roster(
    place: Path, file: Path | None = None, *, skip_bad_rows: bool = False, out: Path = OUTPUT
) -> LocalRoster:
    """Read the roster of a local, or the one that is named.

    Raises InputError for what is wrong with the local, and with any row unless it may be skipped.
    """
    from formgen.people.local_roster import open_roster

    return open_roster(composer_of(place), file, skip_bad_rows=skip_bad_rows, out=out)


def people(
    roster: LocalRoster,
    options: PeopleOptions | None = None,
    *,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> PeopleReport:
    """Make documents for the people of a roster, for nobody but the user to read.

    Raises InputError if there is nobody, or for people and documents that there are not, and
    OptionError for a date or an order that makes no sense.
    """
    from formgen.graph.cache import cache_folder
    from formgen.pdf.fonts import font_folder
    from formgen.people.local_roster import usable_options
    from formgen.people.people import make_for_people

    asked = usable_options(roster, options or PeopleOptions())
    return make_for_people(
        roster.composer,
        roster.roster,
        workers_for(font_folder(cache_folder()), asked.jobs),
        asked,
        progress,
        waiting,
    )


def list_people(roster: LocalRoster, options: PeopleOptions | None = None) -> PeopleReport:
    """Return the rows of a roster by their ids, with nothing made; raises as `people` does."""
    from formgen.people import local_roster

    asked = local_roster.usable_options(roster, options or PeopleOptions())
    return local_roster.list_people(roster, asked)


def new_roster(place: Path, kind: Literal["csv", "xlsx"] = "csv") -> Path:
    """Write a roster with no people in it for a local, its columns explained; return its path.

    Raises InputError for what is wrong with the local, and if there is a roster.
    """
    from formgen.people.local_roster import write_empty_roster

    return write_empty_roster(composer_of(place), kind)


def forget_person(
    place: Path, whom: str, options: PeopleOptions | None = None, file: Path | None = None
) -> Forgotten:
    """Delete all that was made for a person of a local, named by id, row or `options.name`.

    Files for the printer that hold pages of the person go too, and what a run that was cut off
    left. Raises InputError and OptionError.
    """
    from formgen.people import local_roster

    return local_roster.forget_named(composer_of(place), whom, options or PeopleOptions(), file)


def forget_gone(roster: LocalRoster, options: PeopleOptions | None = None) -> Forgotten:
    """Delete all that was made for those who are on the roster no more. Raises InputError."""
    from formgen.people import local_roster

    return local_roster.forget_gone(roster, (options or PeopleOptions()).out)


def composer_of(place: Path) -> Composer:
    """Return what composes the documents of a local. Raises InputError."""
    from formgen.compose.pages import make_composer
    from formgen.kit import resolve
    from formgen.sources.paths import local_file

    return make_composer(resolve(local_file(place)))
