"""What an output is to the rest: facts about a kind of file, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal, TypeAlias

from formgen.compose.index_page import KitFiles
from formgen.findings import Finding, Place
from formgen.graph.task import Digest, Result, Task, digest_of
from formgen.kit import Kit, KitDocument
from formgen.model.catalog import PrivacyClass
from formgen.model.packets import KitPacket
from formgen.model.page_format import Edition, PageFormat
from formgen.sources.paths import LOCAL_FILE
from formgen.sources.places import layer_place

# What files are made of: each document, each packet, or the kit as a whole.
Of = Literal["document", "packet", "kit"]


@dataclass(frozen=True)
class Option:
    """What asks for an output on the command line: a flag, one of its values, or a number."""

    flag: str
    help: str
    value: str = ""
    # What the number counts.
    number: str = ""


@dataclass(frozen=True)
class Count:
    """How a build tells of so many files: {count} and {pages} are numbers."""

    one: str
    many: str
    # Told of even if there is none.
    always: bool = False


@dataclass(frozen=True)
class Item:
    """What a file is made of: a document, a packet or the kit, by its id."""

    of: Of
    id: str


@dataclass(frozen=True)
class Choice:
    """Which part of a kit to build: all of it, or some documents, outputs and packets."""

    documents: tuple[str, ...] = ()
    # Named alone; without any, those that every kit has.
    outputs: tuple[str, ...] = ()
    # With packets named, the documents are those that are in them.
    packets: tuple[str, ...] = ()
    # Asked for besides.
    also: tuple[str, ...] = ()
    # For so many pairs, what is to be printed is listed.
    pairs: int = 0

    @property
    def everything(self) -> bool:
        """Tell whether nothing is left out."""
        return not (self.documents or self.packets or self.outputs)


EVERYTHING = Choice()


@dataclass(frozen=True)
class KitTasks:
    """One kit as its outputs see it: what is decided, what was chosen, and each other's tasks."""

    kit: Kit
    choice: Choice
    # The hash of all that a document may read, by its id; "" is for what is none.
    inputs: Mapping[str, Digest]
    # The kit as workers get it.
    data: bytes
    outputs: Mapping[str, Output]
    # What is known of documents and packets by id: code, title and so on.
    titles: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    # The files of the kit, once all are known that its own page lists.
    listed: KitFiles = field(default_factory=KitFiles)

    def task(self, output: str, item: Item) -> Task:
        """Return what makes a file."""
        kind = self.outputs[output]
        return kind.make(self, kind, item)

    def items(self, output: Output) -> Iterator[Item]:
        """Yield what files of an output are to be made of."""
        if not self.wants(output):
            return
        for item in self._all_items(output):
            if output.applies(self, item):
                yield item

    def wants(self, output: Output) -> bool:
        """Tell whether an output was asked for, or comes without asking."""
        choice = self.choice
        if output.comes_last:
            return True
        if output.id in (*choice.also, *choice.outputs):
            return True
        if output.is_standing and output.of == "packet" and choice.packets:
            return all(self.wants(self.outputs[each]) for each in output.made_from)
        by_setting = self.kit.settings.outputs.get(output.id, output.is_standing)
        return by_setting and not choice.outputs

    def editions(self, output: Output) -> tuple[Edition, ...]:
        """Return all that the pages of an output are to be written as, so that one layout does."""
        asked = [
            source.edition
            for each in self.outputs.values()
            if self.wants(each)
            for source in (each, *(self.outputs[name] for name in each.made_from))
            if source.page == output.page
        ]
        return tuple(sorted({output.edition, *asked}))

    def _all_items(self, output: Output) -> Iterator[Item]:
        kinds = [self.outputs[each].of for each in output.made_from] if output.is_beside else []
        for kind in kinds or [output.of]:
            if kind == "kit":
                yield Item(kind, self.kit.id)
            elif kind == "packet":
                yield from (Item(kind, packet.id) for packet in self.packets)
            elif not output.is_beside:
                yield from (Item(kind, document.id) for document in self.documents)
            elif not self.choice.packets:
                yield from (Item(kind, name) for name in self.choice.documents)

    @property
    def documents(self) -> list[KitDocument]:
        """Return the documents that were chosen."""
        names, kit = self.choice.documents, self.kit
        if not (names or self.choice.packets):
            return list(kit.documents)
        inside = (name for packet in self.packets for name in packet.documents)
        wanted = {*names, *inside}
        return [document for document in kit.documents if document.id in wanted]

    @property
    def packets(self) -> list[KitPacket]:
        """Return the packets that were chosen; part of a kit leaves packets alone."""
        if self.choice.packets:
            return [each for each in self.kit.packets if each.id in self.choice.packets]
        return [] if self.choice.documents else list(self.kit.packets)

    def inputs_of(self, document: str = "") -> Digest:
        """Return the hash of all that a document may read, or of what all of them may."""
        return self.inputs[document]

    def state_of(self, name: str) -> str:
        """Return a short hash of all that the files of a document or packet are made from."""
        own = self.inputs.get(name) if name else None
        return (own or digest_of(repr(sorted(self.inputs.items())).encode()))[:16]

    def document(self, name: str) -> KitDocument:
        """Return a document of the kit."""
        return next(each for each in self.kit.documents if each.id == name)

    def packet(self, name: str) -> KitPacket:
        """Return a packet of the kit."""
        return next(each for each in self.kit.packets if each.id == name)

    def place(self, *path: str) -> Place:
        """Return where a setting stands, or the local's file."""
        node = self.kit.tree.get(*path)
        place = node.place if node else Place(self.kit.stack.local.folder / LOCAL_FILE)
        return layer_place(place, self.kit.stack)

    def catalog_place(self, *path: str) -> Place:
        """Return where an entry of the catalog stands."""
        return layer_place(self.kit.catalog.nearest(path).place, self.kit.stack)


# Returns what makes the file of an item.
Make: TypeAlias = "Callable[[KitTasks, Output, Item], Task]"


def _always(_tasks: KitTasks, _item: Item) -> bool:
    return True


@dataclass(frozen=True)
class Output:
    """One kind of file: facts that the rest asks for, and what makes one."""

    id: str
    of: Of
    # Where its files go below the kit's folder, and how they end.
    folder: str
    suffix: str
    # What makes a file: a task whose result has it under its path, with the facts of `file_facts`.
    make: Make
    # How its pages are composed, if it has pages of its own.
    page: PageFormat | None = None
    # What its pages are written as; one with fields is there only of what asks something.
    edition: Edition = "print"
    # The outputs whose files it is made from.
    made_from: tuple[str, ...] = ()
    # It lies in its folder below the folder of what it is made from.
    is_beside: bool = False
    # It has one file, of this name, and is made when all others are.
    name: str = ""
    comes_last: bool = False
    # Every kit has it; another kind is made where it is asked for.
    is_standing: bool = False
    # What asks for it on the command line, besides `--output` and the setting `outputs`.
    asked_by: Option | None = None
    # What it is, for `--help` and the documentation.
    summary: str = ""
    # Listed on the kit's page with these words: for one page, for more, if that is not known.
    labels: tuple[str, ...] = ()
    # How a build tells of its files, and how they are printed.
    count: Count | None = None
    advice: str = ""
    # How its files for people end; without, none are made for people.
    for_people: str = ""
    # Whether pages may be in it that belong to the pair alone, beside those of others.
    takes_private: bool = True
    applies: Callable[[KitTasks, Item], bool] = _always

    def path(self, item: Item, outputs: Mapping[str, Output]) -> str:
        """Return where the file of an item is, below the kit's folder."""
        name = self.name or f"{item.id}{self.suffix}"
        if not self.is_beside:
            return f"{self.folder}/{name}" if self.folder else name
        return f"{self.source(item, outputs).folder}/{self.folder}/{name}"

    def is_there(self, *, asks: bool) -> bool:
        """Tell whether there are pages of a document that asks something, or nothing."""
        return self.page is not None and (asks or self.edition != "fillable")

    def can_be_of(self, item: Item, outputs: Mapping[str, Output]) -> bool:
        """Tell whether there can be a file of an item."""
        if self.is_beside:
            return item.of in {outputs[each].of for each in self.made_from}
        return item.of == self.of

    def source(self, item: Item, outputs: Mapping[str, Output]) -> Output:
        """Return the output whose file of the same item it is made from."""
        return next(outputs[each] for each in self.made_from if outputs[each].of == item.of)


@dataclass(frozen=True)
class FileFacts:
    """What the manifest and the kit's page say of a file."""

    document: str
    output: str
    privacy: PrivacyClass | Literal[""] = ""
    pages: int = 0
    sources: tuple[str, ...] = ()


def file_result(
    path: str, made: Result, name: str, facts: FileFacts, parts: Sequence[Result] = ()
) -> Result:
    """Return a result that is one file of the kit, with the findings of what it is made of.

    The file is what ``made`` calls ``name``.
    """
    listed = {**asdict(facts), "sources": list(facts.sources)}
    files, sizes = {path: made.files[name]}, {path: made.sizes[name]}
    return Result(files, listed, findings_of((*parts, made)), sizes=sizes)


def no_file(*parts: Result) -> Result:
    """Return the result of what could not be made, with the findings that say why."""
    return Result(findings=findings_of(parts))


def only_file(result: Result) -> Digest:
    """Return the hash of the one file that a result is."""
    [digest] = result.files.values()
    return digest


def findings_of(parts: Iterable[Result]) -> tuple[Finding, ...]:
    """Return all that was found in several results."""
    return tuple(finding for part in parts for finding in part.findings)
