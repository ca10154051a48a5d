"""Make what copiers and print shops take of PDFs to print: nothing is laid out anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TypeAlias

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.graph.task import Made, Result, Steps, Task, Work, work_task
from formgen.model.printing import Finish
from formgen.outputs.base import (
    FileFacts,
    Item,
    KitTasks,
    Make,
    Output,
    file_result,
    no_file,
    only_file,
)
from formgen.outputs.making.typesetting import defects_of
from formgen.pdf.finish import Finishing, finish


@dataclass(frozen=True)
class FinishFacts:
    """What a file becomes, and the paper that it was made for."""

    finish: Finish
    paper: str


def finish_file(facts: FinishFacts, files: Mapping[str, bytes]) -> Made:
    """Make of a PDF to print what it is to become."""
    made = finish(Finishing(files["pdf"], facts.finish, facts.paper))
    defects = [asdict(defect) for defect in made.defects]
    return Made({"pdf": made.pdf}, {"pages": made.pages, "defects": defects})


# Says what speaks against a file, given what it is made from; an error keeps it from being made.
Check: TypeAlias = Callable[[KitTasks, Item, Result], list[Finding]]


def finished(kind: Finish, check: Check | None = None) -> Make:
    """Return what makes PDFs to print into this."""

    def make(tasks: KitTasks, output: Output, item: Item) -> Task:
        source, path = output.source(item, tasks.outputs), output.path(item, tasks.outputs)
        place = item_place(tasks, item)

        def steps() -> Steps:
            printing = tasks.task(source.id, item)
            [printed] = yield [printing]
            if not printed.files:
                return Result()
            found = check(tasks, item, printed) if check else []
            if any(each.code in {Code.PRIVATE, Code.SHARED_BOOKLET} for each in found):
                return Result(findings=tuple(found))
            facts = FinishFacts(kind, tasks.kit.settings.paper)

            def work(printed: Result) -> Work:
                return Work(finish_file, facts, {"pdf": only_file(printed)}, lasting=False)

            [made] = yield [work_task(f"work of {path}", work, item.id, place, [printing])]
            # Said once, in however many files it is so.
            seen = defects_of(made, "", tasks.place("brand"))
            also = Result(findings=(*found, *seen))
            if "pdf" not in made.files:
                return no_file(also, made)
            known = FileFacts(
                item.id,
                output.id,
                printed.facts["privacy"],
                made.facts["pages"],
                tuple(printed.facts["sources"]),
            )
            return file_result(path, made, "pdf", known, [also])

        return Task(path, steps, item.id, place)

    return make


def item_place(tasks: KitTasks, item: Item) -> Place:
    """Return where what is made of a packet or document is mended."""
    return tasks.catalog_place("packets", item.id) if item.of == "packet" else tasks.place()
