"""What is done with all locals of a state: enter them by a sheet, put their kits on a site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from formgen.build.report import Progress, silent
from formgen.folder_lock import Waiting, wait_silently

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formgen.look.options import LookOptions
    from formgen.look.run import LookReport
    from formgen.order.run import OrderReport
    from formgen.register.options import RegisterOptions
    from formgen.register.run import RegisterReport
    from formgen.site.options import SiteOptions
    from formgen.site.run import SiteReport


def register(
    sheet: Path,
    folder: Path,
    options: RegisterOptions,
    *,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> RegisterReport:
    """Make, change and list the locals in a folder by a sheet; with an error, nothing is done.

    Raises InputError, also for packs that new locals cannot have, and OSError.
    """
    from formgen.register import run

    return run.register(sheet, folder, options, progress, waiting)


def export_register(sheet: Path, folder: Path, out: Path, to: Path) -> int:
    """Write a sheet anew with what the locals in a folder say; return how many there are.

    Raises InputError, also if the new file is there already, and OSError.
    """
    from formgen.register.export import export

    return export(sheet, folder, out, to)


def write_site(
    places: Sequence[Path],
    options: SiteOptions,
    *,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> SiteReport:
    """Put the kits of locals on a site of plain files; what did not change is not touched.

    Raises InputError if somebody else's page is there, and OSError.
    """
    from formgen.build.locals import locals_below
    from formgen.site import run
    from formgen.sources.paths import local_file

    files = [local_file(place) for place in locals_below(places, options.kits)]
    return run.write_site(files, options, progress, waiting)


def order(
    places: Sequence[Path], sheet: Path, kits: Path, folder: Path, *, progress: Progress = silent
) -> OrderReport:
    """Write a print shop's list for the locals of a sheet, and a zip of the files, into a folder.

    Raises InputError for a bad sheet, and OSError.
    """
    from formgen.build.locals import locals_below
    from formgen.order import run
    from formgen.sources.paths import local_file

    files = [local_file(place) for place in locals_below(places, kits)]
    return run.order(files, sheet, kits, folder, progress)


def look(
    places: Sequence[Path], options: LookOptions, *, progress: Progress = silent
) -> LookReport:
    """Write a sheet with small pictures of a page of all locals, the fullest first.

    Raises InputError if no kit has such a document, and OSError.
    """
    from formgen.build.locals import locals_below
    from formgen.look import run
    from formgen.sources.paths import local_file

    files = [local_file(place) for place in locals_below(places, options.kits)]
    return run.look(files, options, progress)
