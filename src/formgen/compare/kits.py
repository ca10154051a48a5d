"""Compare a kit as it was with what it will be: which documents differ, and what is on them."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from formgen.compare.pages import Pages, pages_changed
from formgen.compose.pages import Composed
from formgen.findings import Place
from formgen.graph.cache import Cache, cache_folder
from formgen.graph.code import code_with
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Digest, Result, Task, Work, work_task
from formgen.kit import Kit
from formgen.model.page_format import PAPER
from formgen.outputs.making.inputs import LayerReader, document_keys, pack_kit
from formgen.outputs.making.pages import KIT, DocumentFacts, compose_document, place_of
from formgen.outputs.making.typesetting import typesetting
from formgen.pdf.fonts import font_place
from formgen.sources.paths import LOCAL_FILE
from formgen.sources.places import disk_place
from formgen.sources.tree import plain
from formgen.workers.pool import worker_pool

# A document; of one that has an error, what that is.
Made: TypeAlias = Composed | str


@dataclass(frozen=True)
class KitDiff:
    """A kit as it was and as it will be: their documents, and which of those differ."""

    before: Kit
    now: Kit
    old: Mapping[str, Made]
    new: Mapping[str, Made]
    # Which pages of those that differ do; nothing unless they were typeset.
    pages: Mapping[str, Pages] = field(default_factory=dict)

    @property
    def changed(self) -> dict[str, tuple[Made, Made]]:
        """Return the documents that are in both and not the same, as they were and will be."""
        return differing(self.old, self.new)


def compare_kits(before: Kit, now: Kit, *, typeset: bool) -> KitDiff:
    """Compare the documents of two kits; with ``typeset``, page by page."""
    both = KitDiff(before, now, *both_composed(before, now))
    return replace(both, pages=pages_of(both.changed)) if typeset else both


def both_composed(before: Kit, now: Kit) -> tuple[dict[str, Made], dict[str, Made]]:
    """Return the documents of two kits for print; the edition in their footers is that of one.

    They are composed within the workers' limits of time and memory. Of a document that is made from
    the same in both, only its name is there, since it is the same.
    """
    kits = {"before": before, "now": now.with_editions_of(before)}
    read = {moment: _read(kit) for moment, kit in kits.items()}
    same = _made_alike(read["before"], read["now"])
    unread = {name: Composed(name, "", Place(Path(LOCAL_FILE))) for name in same}
    made: dict[str, dict[str, Made]] = {moment: dict(unread) for moment in kits}
    goals = [goal for moment, kit in read.items() for goal in _goals(moment, kit, same)]
    if not goals:
        return {**unread}, {**unread}
    pool = worker_pool(1, font_place(cache_folder()), typesets=False)
    with pool as workers, tempfile.TemporaryDirectory(prefix="formgen-") as folder:
        store = Store(Cache(Path(folder)))
        run = Run(workers, store, code_with({}))
        for task, result in run.make(goals):
            moment, _, name = task.name.partition(" ")
            made[moment][name] = _page(name, result, store, kits[moment])
    old, new = (
        {each.id: made[moment][each.id] for each in kit.documents} for moment, kit in kits.items()
    )
    return old, new


@dataclass(frozen=True)
class _ReadKit:
    """A kit whose files were read, and the hash of all that each of its documents may read."""

    kit: Kit
    keys: Mapping[str, Digest]


def _read(kit: Kit) -> _ReadKit:
    stack, inputs = LayerReader().read(kit.stack, kit.tree)
    whole = replace(kit, stack=stack)
    keys = document_keys(whole, inputs)
    return _ReadKit(whole, {each.id: keys[each.id] for each in kit.documents})


def _made_alike(one: _ReadKit, other: _ReadKit) -> set[str]:
    """Return the documents that are made from the same in two kits."""
    # What a kit will be may not be written down yet, so files alone do not tell.
    if plain(one.kit.tree) != plain(other.kit.tree):
        return set()
    return {name for name, key in one.keys.items() if other.keys.get(name) == key}


def _goals(moment: str, read: _ReadKit, same: Collection[str]) -> Iterator[Task]:
    """Yield what composes each document of a kit but some, by the kit's name and the document's."""
    data = pack_kit(read.kit)
    for name in (each.id for each in read.kit.documents if each.id not in same):
        # The store is for two kits alone, so their names tell all that is read.
        facts = DocumentFacts(name, (PAPER,), moment)
        yield _composing(f"{moment} {name}", Work(compose_document, facts, {}, {KIT: data}))


def _composing(name: str, work: Work) -> Task:
    return work_task(name, lambda: work, "", Place(Path(LOCAL_FILE)))


def _page(name: str, made: Result, store: Store, kit: Kit) -> Made:
    """Return a composed document; of one that has an error, what it is."""
    if f"{PAPER.id} page" not in made.files:
        return f"error: {made.findings[0].message}"
    work = typesetting(made, PAPER.id)
    files = {key: store.read(digest) or b"" for key, digest in work.files.items()}
    return Composed(
        name,
        _text(files["page"]),
        disk_place(place_of(made, Place(Path(LOCAL_FILE))), kit.stack),
        tuple(_text(files[f"style {number}"]) for number in range(work.facts.styles)),
        {address: files[address] for address in work.facts.assets},
        zoom=work.facts.zoom,
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def differing(old: Mapping[str, Made], new: Mapping[str, Made]) -> dict[str, tuple[Made, Made]]:
    """Return the documents that are in both and not the same, as they were and will be."""
    both = {name: (old[name], new[name]) for name in old if name in new}
    return {name: pair for name, pair in both.items() if _made_of(pair[0]) != _made_of(pair[1])}


def pages_of(changed: Mapping[str, tuple[Made, Made]]) -> dict[str, Pages]:
    """Typeset the documents that differ, and say which of their pages do."""
    return pages_changed(
        {
            name: (one, other)
            for name, (one, other) in changed.items()
            if isinstance(one, Composed) and isinstance(other, Composed)
        }
    )


def _made_of(page: Made) -> tuple[Any, ...]:
    """Return all that makes a page, apart from where its words come from."""
    if isinstance(page, str):
        return (page,)
    return page.html, page.styles, sorted(page.assets.items())
