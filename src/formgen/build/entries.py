"""Files of a kit as its manifest and its own page list them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from formgen.build.publish import Entry, is_there
from formgen.compose.index_page import KitFiles, Listed
from formgen.graph.task import Result
from formgen.model.page_format import PAPER
from formgen.outputs.base import Item, KitTasks


def entries_made(tasks: KitTasks, results: Iterable[Result]) -> dict[str, Entry]:
    """Return the manifest's entries for the files that were made, by path."""
    entries = (_entry(tasks, result) for result in results)
    return {entry.path: entry for entry in entries if entry}


def _entry(tasks: KitTasks, result: Result) -> Entry | None:
    for path, digest in result.files.items():
        facts = result.facts
        # Kits have files of the same names, and keep these once.
        return Entry(
            sys.intern(path),
            digest,
            result.sizes[path],
            facts["document"],
            facts["output"],
            facts["privacy"],
            facts["pages"],
            tuple(facts["sources"]),
            tasks.state_of(facts["document"]),
        )
    return None


def kit_files(
    tasks: KitTasks, entries: Mapping[str, Entry], ours: Collection[str], folder: Path
) -> KitFiles:
    """Return the files that the kit's own page lists, by what they are of.

    Those that are not ``ours`` were made before, and lie in a folder.
    """

    def is_older(entry: Entry) -> bool:
        return bool(entry.state) and entry.state != tasks.state_of(entry.document)

    def files(item: Item) -> tuple[Listed, ...]:
        return tuple(
            Listed(
                entry.path,
                entry.pages,
                entry.bytes,
                output.labels,
                is_older(entry),
                output.id,
                entry.sha256 if entry.path in ours or is_there(folder, entry) else "",
            )
            for output in tasks.outputs.values()
            if output.labels and output.can_be_of(item, tasks.outputs)
            if (entry := entries.get(output.path(item, tasks.outputs)))
        )

    kit = tasks.kit
    return KitFiles(
        tuple((each.id, files(Item("document", each.id))) for each in kit.documents),
        tuple((each.id, files(Item("packet", each.id))) for each in kit.packets),
        files(Item("kit", kit.id)),
    )


def papers_among(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return the papers to print, by document."""
    return {each.document: each for each in entries if each.document and each.variant == PAPER.id}


def still_there(folder: Path, before: Iterable[Entry]) -> dict[str, Entry]:
    """Return the entries of the files that exist, as the build made them that wrote them."""
    kept = {entry.path: entry for entry in before if (folder / entry.path).is_file()}
    for entry in before:
        if entry.path in kept and is_there(folder, entry):
            kept[entry.path] = entry
    return kept
