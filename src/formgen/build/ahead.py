"""Say beforehand which papers of a kit would be others if it was built now; nothing is typeset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from formgen.build.entries import papers_among
from formgen.build.publish import Entry, read_manifest
from formgen.build.why import PAPERS, Parts, read_parts, short
from formgen.graph.cache import Cache
from formgen.graph.interfaces import Workers
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Result, Steps, Task, Work, key_parts
from formgen.kit import resolve_stack
from formgen.model.page_format import PAPER
from formgen.outputs.base import EVERYTHING, KitTasks
from formgen.outputs.choice import choose
from formgen.outputs.making.inputs import LayerReader, document_keys, pack_kit, read_local
from formgen.outputs.making.pages import document_task
from formgen.outputs.making.typesetting import typesetting
from formgen.outputs.print import PRINT
from formgen.outputs.table import OUTPUTS
from formgen.sources.paths import local_file

_TABLE = {output.id: output for output in OUTPUTS}
# Of what a paper is made from: the program that does it, and what is not on paper.
_NOT_ON_PAPER = frozenset({"code", "editions", "file form"})


@dataclass(frozen=True)
class Ahead:
    """The documents whose papers a build would change, those new, and those it cannot be said of.

    Nothing is known of what was built elsewhere, or without a cache.
    """

    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def papers_ahead(
    place: Path, out: Path, workers: Workers, cache: Cache, code_of: Callable[[Work], str]
) -> Ahead:
    """Compare a sound local with its kit in a folder; nothing differs if there is none.

    Raises InputError.
    """
    stack, own, inputs = read_local(LayerReader(), local_file(place))
    kit = resolve_stack(stack, own)
    entries = papers_among(read_manifest(out / kit.id))
    choice = choose(kit, EVERYTHING, _TABLE)
    tasks = KitTasks(kit, choice, document_keys(kit, inputs), pack_kit(kit), _TABLE)
    if not entries or not tasks.wants(PRINT):
        return Ahead()
    same = {name for name, entry in entries.items() if entry.state == tasks.state_of(name)}
    asked = [each.id for each in kit.documents if each.id not in same]
    before = read_parts(cache, out, local_file(place))
    for _, result in Run(workers, Store(cache), code_of).make([_compared(tasks, asked)]):
        papers: Mapping[str, Mapping[str, str]] = result.facts
        new = tuple(name for name in papers if name not in entries)
        known = {name: _made_from(before, entries[name]) for name in papers if name in entries}
        sure = [name for name in known if known[name] and papers[name]]
        changed = tuple(name for name in sure if known[name] != papers[name])
        return Ahead(changed, new, tuple(name for name in known if name not in sure))
    return Ahead()


def _compared(tasks: KitTasks, names: list[str]) -> Task:
    """Return what says of documents what their papers would be made from; nothing if it fails."""

    def steps() -> Steps:
        composed = yield [document_task(tasks, name) for name in names]
        there = {
            name: _on_paper(key_parts(typesetting(page, PAPER.id), ""))
            if f"{PAPER.id} page" in page.files
            else {}
            for name, page in zip(names, composed, strict=True)
        }
        return Result(facts=there)

    return Task("ahead", steps)


def _made_from(before: Parts, entry: Entry) -> dict[str, str]:
    """Return what a paper was made from; nothing if that is not known."""
    start = f"pages of {entry.document} {PAPER.id}, "
    found = next((parts for name, parts in before.items() if name.startswith(start)), {})
    is_it = before.get(PAPERS, {}).get(entry.document) == entry.sha256
    return _on_paper(found) if is_it else {}


def _on_paper(parts: Mapping[str, str]) -> dict[str, str]:
    return short({name: part for name, part in parts.items() if name not in _NOT_ON_PAPER})
