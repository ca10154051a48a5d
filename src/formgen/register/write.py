"""Do what was planned: new folders by renaming them, changed files whole, nothing deleted."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formgen.build.publish import write_file
from formgen.build.report import Progress, silent
from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.packs.verified import OpenPack
from formgen.register.known import LEFT
from formgen.register.new import make_local
from formgen.register.plan import NewLocal, Plan
from formgen.register.record import RECORD_FILE, Record, read_record, record_text
from formgen.register.sheet import number_key
from formgen.sources.edit.drafts import data_of
from formgen.sources.pack_files.lock_file import Lock, read_lock

# Where new locals are made, before their folders are renamed.
_MAKING = ".registering"


@dataclass
class Written:
    """What a run did: the new folders, and where those of locals that left are now."""

    new: list[Path] = field(default_factory=list)
    moved: dict[Path, Path] = field(default_factory=dict)


def write(
    planned: Plan, packs: list[OpenPack], *, archive: bool, progress: Progress = silent
) -> Written:
    """Write what was planned; a run that is killed goes on where it was, when it is run again.

    Raises InputError if a file changed meanwhile, and OSError.
    """
    planned.folder.mkdir(parents=True, exist_ok=True)
    done = Written()
    records = dict(planned.records)
    _write_record(planned.folder, _both(read_record(planned.folder), records))
    for each in planned.changed:
        if each.local.file.read_bytes() != each.before:
            place = Place(each.local.file)
            message = "this changed while the sheet was compared with it."
            raise InputError([Finding(place, Code.CHANGED, message, "start again.")])
        write_file(each.local.file, data_of(each.text, each.before))
    try:
        for number, new in enumerate(planned.new, 1):
            records[number_key(new.row.number)] = _make(planned, new, packs)
            done.new.append(planned.folder / new.id)
            progress(number, len(planned.new), new.id)
        for left in planned.left if archive else ():
            done.moved[left.folder] = _put_away(planned.folder, left.folder)
            records.pop(number_key(left.number), None)
    finally:
        shutil.rmtree(planned.folder / _MAKING, ignore_errors=True)
        _write_record(planned.folder, records)
    return done


def _make(planned: Plan, new: NewLocal, packs: list[OpenPack]) -> Record:
    making = planned.folder / _MAKING / new.id
    shutil.rmtree(making, ignore_errors=True)
    shared = read_lock(planned.folder) or Lock()
    serves = bool(packs) and all(each.pack.id in shared.packs for each in packs)
    made = make_local(making, new.row, packs, planned.said.pack_keys, is_served=serves)
    making.rename(planned.folder / new.id)
    return Record(new.id, {setting: (made.value(setting),) for setting in new.row.values})


def _both(before: Mapping[str, Record], after: Mapping[str, Record]) -> dict[str, Record]:
    """Return a record in which either value may stand, as while a run writes."""
    both = dict(before)
    for key, record in after.items():
        old = before[key].written if key in before else {}
        both[key] = Record(
            record.folder,
            {
                setting: (*values, *(v for v in old.get(setting, ()) if v not in values))
                for setting, values in record.written.items()
            },
        )
    return both


def _write_record(folder: Path, records: Mapping[str, Record]) -> None:
    write_file(folder / RECORD_FILE, record_text(records).encode())


def _put_away(folder: Path, local: Path) -> Path:
    """Move a local's folder below `.left`, beside one of the same name that left before."""
    left = folder / LEFT
    left.mkdir(exist_ok=True)
    names = (local.name, *(f"{local.name}-{number}" for number in range(2, 1000)))
    return local.rename(next(left / name for name in names if not (left / name).exists()))
