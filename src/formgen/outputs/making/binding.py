"""Bind packets from a kit's PDFs; nothing is typeset twice.

What a packet has besides, a cover sheet and chapters of the manual, is typeset as any page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from formgen.codes import Code
from formgen.compose.packet_sheets import Inside
from formgen.findings import Finding
from formgen.graph.task import Made, Result, Steps, Task, Work, digest_of, work_task
from formgen.model.catalog import PrivacyClass
from formgen.model.packets import CHAPTER_MARK, KitPacket
from formgen.model.page_format import PAPER
from formgen.outputs.base import FileFacts, Item, KitTasks, Output, file_result, no_file
from formgen.outputs.making.pages import chapter_task, cover_task, place_of
from formgen.outputs.making.typesetting import defects_of, typeset_task
from formgen.pdf.files.duplex import lay_out
from formgen.pdf.parts import BoundFacts, Part

# From what anyone may read to what only the pair may.
_CLASSES: tuple[PrivacyClass, ...] = get_args(PrivacyClass)


@dataclass(frozen=True)
class PartFacts:
    """What a bound file says of one of its parts, and whether that has its sheets to itself."""

    title: str
    label: str
    own_sheet: bool = False


@dataclass(frozen=True)
class BindFacts:
    """The parts of a bound file in their order, and what it says of itself."""

    parts: tuple[PartFacts, ...]
    bound: BoundFacts


def bind_parts(facts: BindFacts, files: Mapping[str, bytes]) -> Made:
    """Bind PDFs into one."""
    parts = [
        Part(files[f"part {number}"], part.title, part.label, own_sheet=part.own_sheet)
        for number, part in enumerate(facts.parts)
    ]
    from formgen.pdf.files.bind import bind_and_count

    pdf, pages = bind_and_count(parts, facts.bound)
    return Made({"pdf": pdf}, {"pages": pages})


def packet_file(tasks: KitTasks, output: Output, item: Item) -> Task:
    """Return what binds a packet; one that is filled in takes what can be filled in of it."""
    packet = tasks.packet(item.id)

    def steps() -> Steps:
        partial = [_part_task(tasks, output, each) for each in packet.items]
        results = yield partial
        parts = [part for part in results if not part.facts.get("dropped")]
        missing = [part for part in parts if "print" not in part.files]
        if missing:
            return no_file(*_not_bound(tasks, output, packet, missing[0]))
        if not any(part.facts["own"] for part in parts):
            return Result()
        inside = tuple(
            Inside(part.facts["document"], number, part.facts["code"], part.facts["title"], pages)
            for number, part in enumerate(parts, 1)
            if (pages := part.facts["pages"])
        )
        covering = _cover(tasks, packet, inside)
        [cover] = yield [covering]
        if "print" not in cover.files:
            return no_file(cover)
        [bound] = yield [_binding(tasks, output, packet, [covering, *partial])]
        if "pdf" not in bound.files:
            return no_file(bound)
        return file_result(
            output.path(item, tasks.outputs),
            bound,
            "pdf",
            _facts(output, packet, parts, bound),
            [cover],
        )

    return Task(output.path(item, tasks.outputs), steps, packet.id, tasks.place())


def _facts(output: Output, packet: KitPacket, parts: Sequence[Result], bound: Result) -> FileFacts:
    classes: list[PrivacyClass] = ["public", *(part.facts["privacy"] for part in parts)]
    strictest = max(classes, key=_CLASSES.index)
    sources = dict.fromkeys(source for part in parts for source in part.facts["sources"])
    return FileFacts(packet.id, output.id, strictest, bound.facts["pages"], tuple(sources))


def _not_bound(tasks: KitTasks, output: Output, packet: KitPacket, missing: Result) -> list[Result]:
    # Of a packet to fill in, the one to print tells the same.
    if output.made_from != (PAPER.id,):
        return []
    message = f"{packet.id} is not bound, since {missing.facts['item']} was not made to be printed."
    fix = "correct what is wrong with it, or take it out of the packet."
    place = tasks.catalog_place("packets", packet.id)
    return [Result(findings=(Finding(place, Code.NOT_BOUND, message, fix),)), missing]


# --- The parts


def _part_task(tasks: KitTasks, output: Output, item: str) -> Task:
    """Return what makes one part of a packet: its PDF, and what the packet says of it."""
    if CHAPTER_MARK in item:
        return _chapter_part(tasks, item)
    document = tasks.document(item)

    def steps() -> Steps:
        facts = {"item": item, "document": item, "privacy": document.privacy, "own": False}
        facts |= dict(tasks.titles["documents"][item])
        # Its own kind, or what is printed of it.
        for kind in dict.fromkeys((*output.made_from, PAPER.id)):
            [made] = yield [tasks.task(kind, Item("document", item))]
            if made.files:
                break
        else:
            return Result(facts=facts)
        ((path, digest),) = made.files.items()
        facts |= {"pages": made.facts["pages"], "sources": made.facts["sources"]}
        facts["own"] = made.facts["output"] in output.made_from
        return Result({"print": digest}, facts, sizes={"print": made.sizes[path]})

    return Task(f"{output.id} part {item}", steps, item)


def _chapter_part(tasks: KitTasks, item: str) -> Task:
    """Return what makes a chapter of the manual that stands in a packet by itself."""
    name = item.partition(CHAPTER_MARK)[0]
    document, known = tasks.document(name), tasks.titles["documents"][name]

    def steps() -> Steps:
        composing = chapter_task(tasks, item)
        [composed] = yield [composing]
        facts = {"item": item, "document": name, "privacy": document.privacy, "own": False}
        if not composed.files and not composed.findings:
            # An empty file drops its chapter.
            return Result(facts={"dropped": True})
        if not composed.files:
            return Result(facts=facts, findings=composed.findings)
        place = place_of(composed, tasks.place())
        [made] = yield [typeset_task(item, composing, PAPER.id, item, place)]
        code = f"{known['code']}{composed.facts['number']}"
        facts |= {"code": code, "title": composed.facts["title"], "sources": []}
        facts |= {"pages": made.facts.get("pages", 0)}
        found = (*composed.findings, *made.findings, *defects_of(made, item, place))
        return Result(made.files, facts, found, sizes=made.sizes)

    return Task(f"part {item}", steps, item)


# --- The whole


def _cover(tasks: KitTasks, packet: KitPacket, inside: tuple[Inside, ...]) -> Task:
    """Return what makes a packet's cover. Printed and to fill in, a packet mostly shares it."""
    spans = lay_out((each.pages, False) for each in inside)
    # The cover's own sheet comes on top; a long list of documents takes its back.
    papers = spans[-1].end // 2 + 1
    name = f"cover of {packet.id} {digest_of(repr(inside).encode())}"

    def steps() -> Steps:
        composing = cover_task(tasks, packet.id, inside, papers, f"words of {name}")
        [composed] = yield [composing]
        if not composed.files:
            return no_file(composed)
        place = place_of(composed, tasks.place())
        [made] = yield [typeset_task(name, composing, PAPER.id, packet.id, place)]
        found = (*composed.findings, *made.findings, *defects_of(made, packet.id, place))
        return Result(made.files, made.facts, found, sizes=made.sizes)

    return Task(name, steps, packet.id, tasks.place())


def _binding(tasks: KitTasks, output: Output, packet: KitPacket, needs: Sequence[Task]) -> Task:
    """Return what binds a cover and the parts behind it."""
    settings = tasks.kit.settings
    title = tasks.titles["packets"][packet.id]["title"]
    name = settings.local.short_name or settings.local.name
    bound = BoundFacts(f"{title} – {name}", settings.language)

    def work(cover: Result, *results: Result) -> Work:
        parts = [part for part in results if not part.facts.get("dropped")]
        listed = [PartFacts(f"{packet.entry.code} {title}", packet.entry.code)]
        listed += [
            PartFacts(
                f"{facts['code']} {facts['title']}", facts["code"], facts["privacy"] == "private"
            )
            for facts in (part.facts for part in parts)
        ]
        files = {f"part {n}": part.files["print"] for n, part in enumerate((cover, *parts))}
        return Work(bind_parts, BindFacts(tuple(listed), bound), files, lasting=False)

    place = tasks.catalog_place("packets", packet.id)
    return work_task(f"{output.id} of {packet.id}", work, packet.id, place, needs)
