"""The sheet that lists what to print: how many, on which paper, held together how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formgen.compose.copy_list import Card, ToPrint, copies_sheet
from formgen.compose.packet_sheets import Sheets
from formgen.graph.task import Digest, Made, Result, Steps, Task, Work, work_task
from formgen.model.page_format import PAPER
from formgen.outputs.base import (
    FileFacts,
    Item,
    KitTasks,
    Option,
    Output,
    file_result,
    no_file,
    only_file,
)
from formgen.outputs.making.pages import KIT, WorkerKit, compose_in_worker, packed, place_of
from formgen.outputs.making.typesetting import defects_of, typeset_task


@dataclass(frozen=True)
class PacketToPrint:
    """A packet that was bound: its file, its pages, its certificates' places, its booklets."""

    packet: str
    path: str
    pages: int
    cards: tuple[tuple[int, int], ...]
    booklets: tuple[str, ...]


@dataclass(frozen=True)
class CopiesFacts:
    """For how many pairs copies are made, and the files that are printed."""

    pairs: int
    packets: tuple[PacketToPrint, ...]
    # Certificates: document, file, pages.
    cards: tuple[tuple[str, str, int], ...]
    edition: str
    inputs: Digest


def compose_copies(facts: CopiesFacts, files: Mapping[str, bytes]) -> Made:
    """Compose the sheet that lists what to print, and how many."""

    def page(worker_kit: WorkerKit) -> Made:
        kit = worker_kit.composer.kit
        packets = {packet.id: packet for packet in kit.packets}
        documents = {document.id: document for document in kit.documents}
        listed = [
            ToPrint(packets[each.packet], each.path, each.pages, each.cards, each.booklets)
            for each in facts.packets
        ]
        cards = [Card(documents[name], path, pages) for name, path, pages in facts.cards]
        composed = copies_sheet(Sheets(worker_kit.composer), facts.pairs, listed, cards)
        return packed(worker_kit, {PAPER.id: composed})

    return compose_in_worker(files, page)


def read_labels(_facts: None, files: Mapping[str, bytes]) -> Made:
    """Read from a bound file which pages belong to which of its parts."""
    from formgen.pdf.files.page_labels import labelled_pages

    return Made(facts={"labels": labelled_pages(files["pdf"])})


def _copies_file(tasks: KitTasks, output: Output, item: Item) -> Task:
    path = output.path(item, tasks.outputs)

    def steps() -> Steps:
        listed = yield [_packet_task(tasks, packet.id) for packet in tasks.packets]
        packets = tuple(
            PacketToPrint(
                each.facts["packet"],
                each.facts["path"],
                each.facts["pages"],
                tuple((first, last) for first, last in each.facts["cards"]),
                tuple(each.facts["booklets"]),
            )
            for each in listed
            if each.facts
        )
        if not packets:
            return Result()
        cards = yield [tasks.task(PAPER.id, Item("document", name)) for name in _cards(tasks)]
        known = tuple(
            (each.facts["document"], name, each.facts["pages"])
            for each in cards
            for name in each.files
        )
        edition, inputs = tasks.kit.edition, tasks.inputs_of()
        facts = CopiesFacts(tasks.choice.pairs, packets, known, edition, inputs)
        work = Work(compose_copies, facts, carried={KIT: tasks.data}, lasting=False)
        composing = work_task("words of copies", lambda: work, "copies", tasks.place())
        [composed] = yield [composing]
        if not composed.files:
            return no_file(composed)
        place = place_of(composed, tasks.place())
        [made] = yield [typeset_task("copies", composing, PAPER.id, "copies", place)]
        found = Result(findings=defects_of(made, "copies", place))
        if "print" not in made.files:
            return no_file(composed, made, found)
        about = FileFacts("copies", output.id, "program", made.facts["pages"])
        return file_result(path, made, "print", about, [composed])

    return Task(path, steps, "copies", tasks.place())


def _packet_task(tasks: KitTasks, packet: str) -> Task:
    """Return what finds out what there is to print of a packet."""
    item = Item("packet", packet)

    def steps() -> Steps:
        folded = [
            each for each in tasks.outputs.values() if not each.takes_private and tasks.wants(each)
        ]
        binding = tasks.task("packet", item)
        [bound, *booklets] = yield [binding, *(tasks.task(each.id, item) for each in folded)]
        if not bound.files:
            return Result()

        def work(bound: Result) -> Work:
            return Work(read_labels, None, {"pdf": only_file(bound)})

        name = f"labels of {packet}"
        [read] = yield [work_task(name, work, packet, tasks.place(), [binding])]
        codes = {tasks.titles["documents"][name]["code"] for name in _cards(tasks)}
        return Result(
            facts={
                "packet": packet,
                "path": next(iter(bound.files)),
                "pages": bound.facts["pages"],
                "cards": [
                    (first, last)
                    for code, first, last in read.facts.get("labels", ())
                    if code in codes
                ],
                "booklets": [
                    kind.id for kind, made in zip(folded, booklets, strict=True) if made.files
                ],
            }
        )

    return Task(f"what to print of {packet}", steps, packet)


def _cards(tasks: KitTasks) -> list[str]:
    """Return the certificates of the packets, by id."""
    wanted = {name for packet in tasks.packets for name in packet.documents}
    return [
        document.id
        for document in tasks.kit.documents
        if document.entry.kind == "certificate" and document.id in wanted
    ]


COPIES = Output(
    "copies",
    "kit",
    "packets",
    ".pdf",
    _copies_file,
    made_from=("packet",),
    # No packet's name begins with a number.
    name="0-copies.pdf",
    asked_by=Option("--copies", "List what to print for so many pairs.", number="PAIRS"),
    summary="a list of what to print, and how many",
    labels=("packet.copies.listed",),
    advice="0-copies.pdf lists what to print, and how many",
)
