"""`content/editions.yaml` of a pack: in which edition each document last changed, and on what.

Each edition stands with the hash of all that reached the document then. It counts only where that
is still what reaches it, so that no changed page ever bears an old edition. Of the packs below, it
says with which editions this one was tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from formgen.model.editions.reaching import Reaching
from formgen.model.pack import is_older
from formgen.sources.layers import Layer
from formgen.sources.paths import EDITIONS_FILE
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import Node

_HEAD = """\
# In which edition each document last changed, and the hash of all that reached it then.
# Written by `formgen pack build`; keep it with the pack, and change nothing in it.
"""


@dataclass(frozen=True)
class LastChange:
    """The edition in which something last changed, and the hash of what it was made of."""

    edition: str
    sha256: str


Changes: TypeAlias = Mapping[str, LastChange]


@dataclass(frozen=True)
class Record:
    """When each document of a pack last changed, and what all pages of a kind share."""

    documents: Changes = field(default_factory=dict)
    kinds: Changes = field(default_factory=dict)
    # The edition of each pack below that this one was tried with, by that pack's id.
    tried_with: Mapping[str, str] = field(default_factory=dict)


def read_record(pack: Layer) -> Record | None:
    """Return what a pack's last build wrote; None without it. Raises InputError."""
    file = pack.file(EDITIONS_FILE)
    if file is None:
        return None
    tree = read_yaml(file, pack.name)
    tried = tree.get("tried_with")
    return Record(
        _changes(tree.get("documents")),
        _changes(tree.get("kinds")),
        {name: tree.text("tried_with", name) for name in _entries(tried)},
    )


def _entries(node: Node | None) -> Mapping[str, Node]:
    # What is not as formgen writes it says nothing, so that the pack's own edition counts.
    return node.value if node and isinstance(node.value, dict) else {}


def _changes(node: Node | None) -> dict[str, LastChange]:
    return {
        name: LastChange(entry.text("edition"), entry.text("sha256"))
        for name, entry in _entries(node).items()
    }


def last_changed(known: LastChange | None, sha256: str, newest: str) -> str:
    """Return the edition in which something last changed: the newest, if nothing proves another."""
    same = known is not None and bool(known.edition) and known.sha256 == sha256
    return known.edition if known and same and is_older(known.edition, newest) else newest


def next_record(before: Record | None, now: Reaching, edition: str) -> Record:
    """Return the record of an edition: what reaches a page as before keeps its edition."""
    known = before or Record()
    return Record(
        _next(known.documents, now.documents, edition), _next(known.kinds, now.kinds, edition)
    )


def _next(known: Changes, now: Mapping[str, str], edition: str) -> dict[str, LastChange]:
    return {
        name: LastChange(last_changed(known.get(name), digest, edition), digest)
        for name, digest in now.items()
    }


def record_text(record: Record) -> str:
    """Return the file as formgen writes it, in order."""
    lines = [_HEAD]
    for name, changes in (("documents", record.documents), ("kinds", record.kinds)):
        lines.append(f"{name}:\n" if changes else f"{name}: {{}}\n")
        for each, change in sorted(changes.items()):
            lines.append(f'  {each}: {{edition: "{change.edition}", sha256: {change.sha256}}}\n')
    if record.tried_with:
        lines.append("tried_with:\n")
    lines += [f'  {name}: "{edition}"\n' for name, edition in sorted(record.tried_with.items())]
    return "".join(lines)
