"""Build a local with a new edition before it is installed, in a copy that is thrown away."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from formgen.build.build import build
from formgen.codes import Code
from formgen.findings import Finding, InputError, errors
from formgen.graph.cache import cache_folder, user_cache
from formgen.packs.install import Update, update
from formgen.packs.merging import merge_files
from formgen.pdf.fonts import font_folder
from formgen.pdf.versions import library_versions
from formgen.people.people_manifest import FOLDER
from formgen.sources.pack_files.lock_file import LOCK_FILE, lock_home
from formgen.sources.paths import PACKS
from formgen.workers.pool import usable_cores, worker_pool

_MOST_LINES = 20


def refuse_broken(planned: Update, local_yaml: Path, *, merging: bool = False) -> None:
    """Raise InputError for an edition that a local does not build with, merged or as it is.

    What is made here is kept by the cache, so that the next build does not make it again.
    """
    wrong = planned.breaks or _tried(planned, local_yaml, merging=merging)
    if wrong:
        message = f"{local_yaml} does not build with {planned.after.label}."
        fix = "correct what is named here, or leave out --yes to decide yourself."
        place = planned.after.archive.place
        raise InputError([Finding(place, Code.PACK_BREAKS, message, fix, wrong[:_MOST_LINES])])


def _tried(planned: Update, local_yaml: Path, *, merging: bool) -> tuple[str, ...]:
    fonts = font_folder(cache_folder())
    with tempfile.TemporaryDirectory(prefix="formgen-") as temporary:
        copy = Path(temporary) / "local"
        people = shutil.ignore_patterns(FOLDER, "roster*")
        shutil.copytree(local_yaml.parent, copy, symlinks=True, ignore=people)
        home = lock_home(local_yaml.parent)
        if home != local_yaml.parent:
            shutil.copytree(home / PACKS, copy / PACKS, symlinks=True, dirs_exist_ok=True)
            shutil.copy2(home / LOCK_FILE, copy / LOCK_FILE)
        update(planned, copy / local_yaml.name)
        if merging:
            merge_files(copy / local_yaml.name)
        reports = build(
            [copy],
            Path(temporary) / "output",
            worker_pool(usable_cores(), fonts),
            cache=user_cache(),
            versions=library_versions(fonts),
        )
        found = [finding for report in reports for finding in errors(report.findings)]
        where = str(local_yaml.parent)
        return tuple(str(finding).replace(str(copy), where) for finding in found)
