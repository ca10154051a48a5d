"""Write a site: a folder for each local, the page of all, and a sheet to tell locals by."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import formgen
from formgen.build.prune import remove_empty
from formgen.build.publish import (
    INDEX,
    MANIFEST,
    Entry,
    describe,
    entry_of,
    facts_of,
    is_there,
    read_manifest,
    remove_leftovers,
    write_file,
)
from formgen.build.report import Progress, silent
from formgen.build.state_page import with_faces
from formgen.codes import Code
from formgen.compose.many.site_page import ListedLocal, site_page
from formgen.compose.state_page import MARK
from formgen.faults import findings_from
from formgen.findings import ExitCode, Finding, InputError, Place, errors, exit_code
from formgen.folder_lock import Waiting, locked, wait_silently
from formgen.kit import Kit, resolve
from formgen.plain_files import read_plain
from formgen.site.contact import left_out
from formgen.site.local_site import address_of, local_site
from formgen.site.options import SiteOptions
from formgen.sources.layers import Stack
from formgen.sources.pictures.picture import Picture
from formgen.sources.pictures.read import read_picture
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tables.written import csv_of
from formgen.sources.tree import Node

# What the site is made from, so that a run after it need not look at what did not change.
RECORD = ".formgen-site.json"
SUMS = "SHA256SUMS"
MAIL = "locals.csv"


@dataclass
class SiteReport:
    """What became of a site."""

    out: Path
    listed: list[ListedLocal] = field(default_factory=list)
    # Addresses of locals whose folders were written anew, and of those that were taken away.
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    # Locals whose kits are not there.
    unbuilt: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    # Lies beside the kits: it has addresses of people.
    sheet: str = MAIL

    @property
    def exit_code(self) -> ExitCode:
        """Return 1 if a local is not on the site that should be, 0 if all are."""
        if not self.listed:
            return exit_code(self.findings) or ExitCode.SOME_FAILED
        missing = self.unbuilt or errors(self.findings)
        return ExitCode.SOME_FAILED if missing else ExitCode.ALL_BUILT


@dataclass(frozen=True)
class _Kept:
    """A local's folder as it was written: what it was made from, and its files."""

    key: str
    listed: ListedLocal
    files: tuple[Entry, ...]
    # The codes of what is not on the site, since it shows how to reach the coordinator.
    left_out: tuple[str, ...]


@dataclass
class _Run:
    """What a run gathers: the folders as they were and are, and the local's own settings."""

    report: SiteReport
    kits: Path
    without: Collection[str]
    before: Mapping[str, _Kept]
    now: dict[str, _Kept] = field(default_factory=dict)
    trees: dict[str, Node] = field(default_factory=dict)
    # The first kit that was resolved, whose packs the page of all is made with.
    kit: Kit | None = None


def write_site(
    locals_: Sequence[Path],
    options: SiteOptions,
    progress: Progress = silent,
    waiting: Waiting = wait_silently,
) -> SiteReport:
    """Put the kits of locals whose `local.yaml` these are on a site.

    Raises InputError if a page lies there that formgen did not make, and OSError.
    """
    out = options.out
    mark = read_picture(options.mark, Place(options.mark)) if options.mark else None
    with locked(out.absolute(), waiting):
        _refuse_others(out)
        run = _Run(SiteReport(out), options.kits, options.without, _read_record(out))
        for number, local in enumerate(locals_, 1):
            try:
                _one(run, local)
            except Exception as problem:  # noqa: BLE001  (whatever a local's files raise)
                run.report.findings += findings_from(problem, Place(local))
            progress(number, len(locals_), local.parent.name)
        run.report.listed = [each.listed for each in run.now.values()]
        _remove_gone(run)
        if run.now:
            run.kit = run.kit or _first_kit(locals_)
        if run.kit:
            _write_whole(run, run.kit, mark)
    return run.report


def _refuse_others(out: Path) -> None:
    page = out / INDEX
    if page.exists() and MARK not in read_plain(page).decode("utf-8", "replace"):
        message = "this page was not made by formgen, so nothing is written beside it."
        fix = "move it away, or name another folder with --out."
        raise InputError([Finding(Place(page), Code.NOT_OURS, message, fix)])


def _one(run: _Run, local: Path) -> None:
    """Write the folder of one local, unless it is as it would be."""
    own = read_yaml(local, "local")
    name, number = own.text("id"), own.text("local", "number")
    if name in run.without or (number and number in run.without):
        return
    folder = run.kits / name
    if Path(name).name != name or not (folder / MANIFEST).is_file():
        run.report.unbuilt.append(local)
        return
    address = address_of(number, name)
    if address in run.now:
        message = f'"{run.now[address].listed.name}" has the same address on the site, {address}/.'
        fix = "give one of them another number, or leave it out."
        raise InputError([Finding(Place(local), Code.DUPLICATE_ID, message, fix)])
    key = _key(local, folder / MANIFEST)
    kept, there = run.before.get(address), run.report.out / address
    if not (kept and kept.key == key and all(is_there(there, each) for each in kept.files)):
        kit = resolve(local)
        run.kit = run.kit or kit
        made = local_site(kit, folder, read_manifest(folder), address)
        for path, data in made.files.items():
            write_file(there / path, data)
        files = tuple(describe(path, data) for path, data in sorted(made.files.items()))
        kept = _Kept(key, made.listed, files, made.left_out)
        run.report.changed.append(address)
    run.report.findings += left_out(kept.left_out, own)
    run.now[address], run.trees[address] = kept, own


def _key(local: Path, manifest: Path) -> str:
    sums = [hashlib.sha256(read_plain(each)).hexdigest() for each in (local, manifest)]
    return " ".join([formgen.__version__, *sums])


def _first_kit(locals_: Sequence[Path]) -> Kit | None:
    for local in locals_:
        with contextlib.suppress(InputError):
            return resolve(local)
    return None


def _remove_gone(run: _Run) -> None:
    """Remove what the last run wrote of locals, and this one did not."""
    for address, kept in run.before.items():
        files = run.now[address].files if address in run.now else ()
        folder = run.report.out / address
        remove_leftovers(folder, kept.files, files)
        if address not in run.now:
            remove_empty(folder)
            run.report.removed.append(address)


def _write_whole(run: _Run, kit: Kit, mark: Picture | None) -> None:
    out, now = run.report.out, run.now
    packs = Stack(kit.stack.layers[1:])
    page = with_faces(site_page(run.report.listed, packs, kit.settings.language, mark))
    write_file(out / INDEX, page)
    sums = [(f"{address}/{e.path}", e.sha256) for address, kept in now.items() for e in kept.files]
    sums.append((INDEX, hashlib.sha256(page).hexdigest()))
    write_file(out / SUMS, "".join(f"{sha}  {path}\n" for path, sha in sorted(sums)).encode())
    write_file(out / RECORD, _record_text(now).encode())
    # Not on the site: it has addresses of people.
    write_file(run.kits / MAIL, csv_of(_mail_rows(now, run)).encode("utf-8-sig"))


def _mail_rows(now: Mapping[str, _Kept], run: _Run) -> Iterator[Sequence[str]]:
    yield "number", "local", "coordinator", "email", "address", "edition"
    for address, kept in sorted(now.items()):
        one, own = kept.listed, run.trees[address]
        who = (own.text("coordinator", each) for each in ("name", "email"))
        yield one.number, one.name, *who, f"{address}/", one.edition


def _record_text(now: Mapping[str, _Kept]) -> str:
    held = {
        address: {
            "key": kept.key,
            "listed": asdict(kept.listed),
            "files": [facts_of(each) for each in kept.files],
            "left_out": kept.left_out,
        }
        for address, kept in sorted(now.items())
    }
    return json.dumps({"format": 1, "locals": held}, ensure_ascii=False, indent=1) + "\n"


def _read_record(out: Path) -> dict[str, _Kept]:
    """Return what the last run wrote; an unreadable record counts as none."""
    try:
        said: Mapping[str, Any] = json.loads(read_plain(out / RECORD))["locals"]
        return {
            address: _Kept(
                each["key"],
                ListedLocal(**each["listed"]),
                tuple(entry_of(entry) for entry in each["files"]),
                tuple(each["left_out"]),
            )
            for address, each in said.items()
            # A record that somebody wrote is no way out of the folder.
            if address == address_of(address, "")
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
