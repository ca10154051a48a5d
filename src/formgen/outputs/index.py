"""The kit's own page: all its documents and packets, with their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formgen.compose.index_page import KitFiles, index_page
from formgen.graph.task import Digest, Made, Steps, Task, Work, work_task
from formgen.outputs.base import FileFacts, Item, KitTasks, Output, file_result, no_file
from formgen.outputs.making.pages import KIT, WorkerKit, compose_in_worker


@dataclass(frozen=True)
class IndexFacts:
    """The files that the page lists, and the hash of the words that it says of them."""

    files: KitFiles
    inputs: Digest


def compose_index(facts: IndexFacts, files: Mapping[str, bytes]) -> Made:
    """Compose the kit's own page."""

    def page(worker_kit: WorkerKit) -> Made:
        return Made({"page": index_page(worker_kit.composer, facts.files).encode()})

    return compose_in_worker(files, page)


def _index_file(tasks: KitTasks, output: Output, item: Item) -> Task:
    facts = IndexFacts(tasks.listed, tasks.inputs_of())
    path = output.path(item, tasks.outputs)

    def steps() -> Steps:
        work = Work(compose_index, facts, carried={KIT: tasks.data}, lasting=False)
        [made] = yield [work_task("words of index", lambda: work, "index", tasks.place())]
        if "page" not in made.files:
            return no_file(made)
        return file_result(path, made, "page", FileFacts("", output.id))

    return Task(path, steps, "index", tasks.place())


INDEX = Output(
    "index",
    "kit",
    "",
    ".html",
    _index_file,
    name="index.html",
    comes_last=True,
    is_standing=True,
    summary="the kit's own page, with all its files",
)
