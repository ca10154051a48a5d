"""Compose pages: what workers do with the words of a kit, and the tasks that ask for it.

A worker gets the kit as it is decided, with the files of its layers as bytes; the base pack it has
itself. Nothing is read from the folder of a local.
"""

from __future__ import annotations

import functools
import json
import pickle
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from formgen.codes import Code
from formgen.compose.packet_sheets import Inside, Sheets
from formgen.compose.pages import Composed, Composer, make_composer
from formgen.compose.text.limits import TooSlowError, limited_time
from formgen.findings import Finding, InputError, Place, in_order
from formgen.graph.task import Digest, Made, Result, Task, Work, digest_of, work_task
from formgen.kit import Kit
from formgen.model.packets import CHAPTER_MARK
from formgen.model.page_format import PAPER, PageFormat
from formgen.outputs.base import KitTasks
from formgen.pdf.web_fonts import asked_faces
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import LOCAL_FILE
from formgen.sources.places import by_layers, layer_file, layer_place

# The name under which the kit goes along with work.
KIT = "kit"
# What cannot be composed, for reasons that are among the findings.
_REFUSED: Mapping[str, Any] = MappingProxyType({"refused": True})


@dataclass(frozen=True)
class WorkerKit:
    """What a worker has of one kit: what composes it, and the stacks that its places are of."""

    composer: Composer
    stacks: tuple[Stack, ...]

    def findings(self, problem: InputError) -> tuple[Finding, ...]:
        """Return findings as they go home: their places by layers."""
        return by_layers(problem.findings, *self.stacks)

    def place(self, place: Place) -> list[Any]:
        """Return a place as a fact of a result."""
        there = layer_place(place, *self.stacks)
        return [there.file.as_posix(), there.line, there.column]


def unpack_kit(data: bytes) -> tuple[Kit, tuple[Stack, ...]]:
    """Return a kit with this machine's own base pack, and the stacks that its places are of."""
    kit: Kit = pickle.loads(data)  # noqa: S301  (packed by this very build)
    mine = replace(kit, stack=Stack((*kit.stack.layers[:-1], base_layer())))
    return mine, (kit.stack, mine.stack)


# As many as are mostly being made at a time.
@functools.lru_cache(maxsize=3)
def worker_kit_of(data: bytes) -> WorkerKit:
    """Return what composes a kit. Raises InputError."""
    kit, stacks = unpack_kit(data)
    try:
        return WorkerKit(make_composer(kit), stacks)
    except InputError as problem:
        raise InputError(by_layers(problem.findings, *stacks)) from None


def compose_in_worker(files: Mapping[str, bytes], compose: Callable[[WorkerKit], Made]) -> Made:
    """Return what is composed of a kit, or the findings that keep it from being composed."""
    try:
        with limited_time():
            worker_kit = worker_kit_of(files[KIT])
            try:
                return compose(worker_kit)
            except InputError as problem:
                return Made(facts=dict(_REFUSED), findings=worker_kit.findings(problem))
    except InputError as problem:
        return Made(facts=dict(_REFUSED), findings=problem.findings)
    except TooSlowError as problem:
        message = f"to compose this takes longer than {problem.seconds:.0f} s."
        fix = "look for a loop in a loop, and for very long words."
        found = Finding(layer_file(0, LOCAL_FILE), Code.TIMEOUT, message, fix)
        return Made(facts=dict(_REFUSED), findings=(found,))


# --- Titles


def compose_titles(_facts: Digest, files: Mapping[str, bytes]) -> Made:
    """Say what is known of the documents and packets of a kit before any is made."""

    def titles(worker_kit: WorkerKit) -> Made:
        sheets = Sheets(worker_kit.composer)
        return Made(
            facts={
                "documents": {
                    name: {"code": facts["code"], "title": str(facts["title"])}
                    for name, facts in worker_kit.composer.documents.items()
                },
                "packets": {name: {"title": title} for name, title in sheets.titles.items()},
            }
        )

    return compose_in_worker(files, titles)


def titles_task(tasks: KitTasks) -> Task:
    """Return what finds out the titles of a kit's documents and packets."""
    work = Work(compose_titles, tasks.inputs_of(), carried={KIT: tasks.data})
    return work_task("titles", lambda: work, "titles", tasks.place())


# --- Documents


@dataclass(frozen=True)
class DocumentFacts:
    """Which document is composed, in which formats, and the hash of all that it may read."""

    document: str
    formats: tuple[PageFormat, ...]
    inputs: Digest


def compose_document(facts: DocumentFacts, files: Mapping[str, bytes]) -> Made:
    """Compose one document in several formats, its words read once."""

    def pages(worker_kit: WorkerKit) -> Made:
        document = next(d for d in worker_kit.composer.kit.documents if d.id == facts.document)
        made = worker_kit.composer.compose_all(document, facts.formats)
        wrong = [page for page in made.values() if isinstance(page, InputError)]
        return packed(
            worker_kit,
            {name: page for name, page in made.items() if isinstance(page, Composed)},
            tuple(in_order(each for page in wrong for each in worker_kit.findings(page))),
        )

    return compose_in_worker(files, pages)


def packed(
    worker_kit: WorkerKit, pages: Mapping[str, Composed], findings: tuple[Finding, ...] = ()
) -> Made:
    """Return composed pages as files: each as HTML, and the styles and pictures that they share."""
    files: dict[str, bytes] = {}
    facts: dict[str, Any] = {}
    place: list[Any] | None = None
    sources: tuple[str, ...] = ()
    for name, page in pages.items():
        files[f"{name} page"] = page.html.encode("utf-8", "surrogatepass")
        styles = [style.encode("utf-8", "surrogatepass") for style in page.styles]
        shared = [*styles, *page.assets.values()]
        files |= {digest_of(data): data for data in shared}
        if page.form:
            files[f"{name} form"] = json.dumps(asdict(page.form)).encode()
        facts[name] = {
            "styles": [digest_of(style) for style in styles],
            "assets": {address: digest_of(data) for address, data in page.assets.items()},
            "zoom": page.zoom,
            "fits_one_page": page.fits_one_page,
            **({} if page.styles else asked_faces(page.html)),
        }
        place, sources = worker_kit.place(page.place), page.sources
    return Made(files, {"formats": facts, "place": place, "sources": list(sources)}, findings)


def document_task(tasks: KitTasks, name: str) -> Task:
    """Return what composes a document in all formats that the outputs chosen need."""
    formats = {
        source.page: None
        for output in tasks.outputs.values()
        if tasks.wants(output)
        for source in (output, *(tasks.outputs[each] for each in output.made_from))
        if source.page
    }
    facts = DocumentFacts(name, tuple(formats), tasks.inputs_of(name))
    work = Work(compose_document, facts, carried={KIT: tasks.data}, lasting=False)
    return work_task(f"words of {name}", lambda: work, name, tasks.place())


# --- Chapters of the manual, and what packets have besides


@dataclass(frozen=True)
class ChapterFacts:
    """Which chapter is composed, and the hash of all that it may read."""

    item: str
    inputs: Digest


def compose_chapter(facts: ChapterFacts, files: Mapping[str, bytes]) -> Made:
    """Compose one chapter of the manual as a sheet of its own; one that is dropped has no page."""

    def page(worker_kit: WorkerKit) -> Made:
        sheets = Sheets(worker_kit.composer)
        chapter = sheets.chapters.get(facts.item)
        if chapter is None:
            return Made()
        made = packed(worker_kit, {PAPER.id: sheets.chapter(facts.item)})
        title = str(chapter.chapter.title.striptags())
        return replace(made, facts={**made.facts, "number": chapter.number, "title": title})

    return compose_in_worker(files, page)


def chapter_task(tasks: KitTasks, item: str) -> Task:
    """Return what composes a chapter of the manual that stands in a packet by itself."""
    facts = ChapterFacts(item, tasks.inputs_of(item.partition(CHAPTER_MARK)[0]))
    work = Work(compose_chapter, facts, carried={KIT: tasks.data}, lasting=False)
    return work_task(f"words of {item}", lambda: work, item, tasks.place())


@dataclass(frozen=True)
class CoverFacts:
    """Which packet a cover is for, what is inside, on how many sheets of paper."""

    packet: str
    inside: tuple[Inside, ...]
    papers: int
    edition: str
    inputs: Digest


def compose_cover(facts: CoverFacts, files: Mapping[str, bytes]) -> Made:
    """Compose the cover sheet of a packet."""

    def page(worker_kit: WorkerKit) -> Made:
        sheets = Sheets(worker_kit.composer)
        packet = next(each for each in worker_kit.composer.kit.packets if each.id == facts.packet)
        return packed(worker_kit, {PAPER.id: sheets.cover(packet, facts.inside, facts.papers)})

    return compose_in_worker(files, page)


def cover_task(
    tasks: KitTasks, packet: str, inside: tuple[Inside, ...], papers: int, name: str
) -> Task:
    """Return what composes the cover of a packet."""
    facts = CoverFacts(packet, inside, papers, tasks.packet(packet).edition, tasks.inputs_of())
    work = Work(compose_cover, facts, carried={KIT: tasks.data}, lasting=False)
    return work_task(name, lambda: work, packet, tasks.catalog_place("packets", packet))


def place_of(composed: Result, otherwise: Place) -> Place:
    """Return where the words of what was composed stand."""
    found = composed.facts.get("place")
    return Place(Path(found[0]), found[1], found[2]) if found else otherwise
