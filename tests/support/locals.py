"""Small locals, written to disk for a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from formgen.findings import Finding, InputError, Place
from formgen.kit import Kit, resolve
from formgen.sources.layers import base_layer

SAMPLES = tuple(sorted((base_layer().folder / "content" / "locals").glob("*/local.yaml")))

_NEEDED = {
    "formgen": "formgen: 1\n",
    "id": "id: test-local\n",
    "local": "local:\n  name: Test Local\n",
    "coordinator": "coordinator:\n  name: Pat Doe\n  phone: 555-0100\n",
}
MINIMAL = "".join(_NEEDED.values())
# Has an id and a paper that there are not.
BROKEN = "formgen: 1\nid: B!\nlocal: {name: B}\ncoordinator: {name: C}\npaper: napkin\n"
# Stands before the spot that a finding should name.
MARK = "^^"


def write_local(folder: Path, text_or_changes: str | Mapping[str, Any] = MINIMAL) -> Path:
    """Write a `local.yaml`: a text as it is, or the smallest valid local with changes to it."""
    text = text_or_changes
    if not isinstance(text, str):
        text = yaml.safe_dump(
            changed(yaml.safe_load(MINIMAL), text),
            allow_unicode=True,
            sort_keys=False,
            width=10_000,
        )
    return write(folder / "local.yaml", text)


def minimal(lines: str) -> str:
    """Return the smallest valid local with some lines, which replace the same keys of it."""
    given = {line.partition(":")[0].removeprefix(MARK) for line in lines.splitlines()}
    kept = (block for key, block in _NEEDED.items() if key not in given)
    return f"{''.join(kept)}{lines}\n"


def minimal_below(text: str) -> str:
    """Return a text with what a valid local needs and it leaves out, below it."""
    given = {line.partition(":")[0] for line in text.splitlines()}
    return text + "".join(block for key, block in _NEEDED.items() if key not in given)


def write(path: Path, text: str) -> Path:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def changed(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the changes laid over them, group by group."""
    result = dict(values)
    for key, change in changes.items():
        below = result.get(key)
        both = isinstance(below, Mapping) and isinstance(change, Mapping)
        result[key] = changed(below, change) if both else change
    return result


def without_mark(text: str) -> tuple[str, int, int]:
    """Return a text without its `^^`, and the line and column where that stood."""
    before, mark, after = text.partition(MARK)
    if not mark or MARK in after:
        message = f"the text needs exactly one {MARK}"
        raise ValueError(message)
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def findings_of(local_yaml: Path) -> list[Finding]:
    """Return what is found in a local: its errors, or the warnings of one that is valid."""
    try:
        return list(resolve(local_yaml).warnings)
    except InputError as problem:
        return list(problem.findings)


def resolved(folder: Path, text_or_changes: str | Mapping[str, Any] = MINIMAL) -> Kit:
    """Write a local and resolve it."""
    return resolve(write_local(folder, text_or_changes))


def lines_of(findings: Iterable[Finding], folder: Path) -> list[str]:
    """Return the findings as formgen prints them, with file names as seen from a folder."""
    return [str(finding).replace(f"{folder}/", "") for finding in findings]


def spot(path: Path, line: int = 0, column: int = 0) -> Place:
    """Return a place; without line and column, the whole file."""
    return Place(path, line, column)
