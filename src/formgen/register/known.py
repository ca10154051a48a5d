"""The locals that lie in a folder already, by their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formgen.build.locals import locals_below
from formgen.codes import Code
from formgen.findings import Finding, InputError
from formgen.register.record import Record
from formgen.register.sheet import Value, number_key
from formgen.sources.paths import LOCAL_FILE
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node, plain

# Holds the folders of locals that left; the locals of a folder are never looked for in it.
LEFT = ".left"


@dataclass(frozen=True)
class KnownLocal:
    """A local that is there: its `local.yaml`, and what stands in it."""

    file: Path
    tree: Node

    @property
    def number(self) -> str:
        """Return its number, or nothing."""
        return self.tree.text("local", "number")

    @property
    def name(self) -> str:
        """Return its name, or nothing."""
        return self.tree.text("local", "name")

    def value(self, setting: str) -> Value:
        """Return what its own file says of a setting; nothing if it leaves that to others."""
        node = self.tree.get(*setting.split("."))
        value = plain(node) if node else ""
        if isinstance(value, list):
            return [str(each) for each in value]
        return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class KnownLocals:
    """The locals of a folder, by the keys of their numbers, and those that have none."""

    by_number: Mapping[str, KnownLocal]
    unnumbered: tuple[KnownLocal, ...]
    # Keys of the numbers of locals that cannot be read, which the record knows.
    broken: frozenset[str]
    # Names of folders and ids, which no new local may have.
    taken: frozenset[str]
    findings: tuple[Finding, ...]


def known_locals(folder: Path, out: Path, records: Mapping[str, Record]) -> KnownLocals:
    """Return the locals in a folder. Raises InputError for one of an unknown number."""
    by_number: dict[str, KnownLocal] = {}
    unnumbered, broken = [], set()
    findings: list[Finding] = []
    taken = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
    left = folder / LEFT
    taken |= {each.name for each in left.iterdir()} if left.is_dir() else set()
    of_folder = {record.folder: number for number, record in records.items()}
    for place in locals_below([folder], out) if folder.is_dir() else ():
        file = place / LOCAL_FILE
        if not file.is_file():
            continue
        try:
            local = KnownLocal(file, read_yaml(file))
        except InputError as problem:
            number = of_folder.get(place.relative_to(folder).as_posix())
            if number is None:
                raise
            broken.add(number)
            findings += problem.findings
            continue
        taken.add(local.tree.text("id"))
        if not local.number.strip():
            unnumbered.append(local)
            continue
        first = by_number.setdefault(number_key(local.number), local)
        if first is not local:
            place_of = local.tree.nearest(("local", "number")).place
            message = f"{local.number} is the number of {first.file} too."
            fix = "give one of them another number, or move its folder away."
            findings.append(Finding(place_of, Code.DUPLICATE_ID, message, fix))
    return KnownLocals(
        by_number, tuple(unnumbered), frozenset(broken), frozenset(taken), tuple(findings)
    )
