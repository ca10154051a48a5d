"""What the register wrote last, beside the locals: so it knows what a local changed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from formgen.codes import Code
from formgen.findings import Finding, InputError
from formgen.register.sheet import Value, as_plain, number_key
from formgen.sources.edit.yaml_lines import in_lines
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Plain, plain

RECORD_FILE = "registered.yaml"
_HEAD = """\
# What `formgen register` wrote last, so that it knows what a local changed by hand.
# Keep it beside the locals, and leave it to formgen.
"""


@dataclass(frozen=True)
class Record:
    """What was written into one local: of each setting, every value that may stand there.

    There are two of them only while a run writes, or after one that was killed.
    """

    folder: str
    written: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)


def read_record(folder: Path) -> dict[str, Record]:
    """Return what was written into each local, by the key of its number. Raises InputError."""
    file = folder / RECORD_FILE
    if not file.exists():
        return {}
    tree = read_yaml(file)
    said: Any = plain(tree)
    try:
        return {number_key(str(each["number"])): _record(each) for each in said["locals"]}
    except (KeyError, TypeError, AttributeError):
        message = f"{RECORD_FILE} does not read as formgen wrote it."
        fix = "put back a copy; or delete it, and what differs from the sheet counts as by hand."
        raise InputError([Finding(tree.place, Code.FORMAT, message, fix)]) from None


def _record(said: Any) -> Record:
    written = {}
    for each in said.get("written", ()):
        values = tuple(list(map(str, v)) if isinstance(v, list) else str(v) for v in each["values"])
        written[str(each["setting"])] = values
    return Record(str(said["folder"]), written)


def record_text(records: Mapping[str, Record]) -> str:
    """Return the text of the record, in the order of numbers."""
    listed: list[Plain] = [
        {
            "number": number,
            "folder": record.folder,
            "written": [
                {"setting": setting, "values": [*map(as_plain, values)]}
                for setting, values in sorted(record.written.items())
            ],
        }
        for number, record in sorted(records.items())
    ]
    return _HEAD + "\n".join(in_lines({"locals": listed}, "")) + "\n"
