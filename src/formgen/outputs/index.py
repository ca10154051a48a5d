"""The kit's own page: all its documents and packets, with their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formgen.compose.index_page import KitFiles, index_page
from formgen.graph.task import Digest, Made, Steps, Task, Work, work_task
from formgen.model.page_format import PAPER, SCREEN
from formgen.outputs.base import FileFacts, Item, KitTasks, Output, file_result, no_file
from formgen.outputs.making.embedding import PAGE, picture_task, whole_page_task
from formgen.outputs.making.pages import KIT, WorkerKit, compose_in_worker
from formgen.pdf.web_fonts import asked_faces


@dataclass(frozen=True)
class IndexFacts:
    """The files that the page lists, and the hash of the words that it says of them."""

    files: KitFiles
    edition: str
    inputs: Digest


def compose_index(facts: IndexFacts, files: Mapping[str, bytes]) -> Made:
    """Compose the kit's own page."""

    def page(worker_kit: WorkerKit) -> Made:
        html = index_page(worker_kit.composer, facts.files)
        return Made(
            {f"{SCREEN.id} page": html.encode()}, {"formats": {SCREEN.id: asked_faces(html)}}
        )

    return compose_in_worker(files, page)


def _index_file(tasks: KitTasks, output: Output, item: Item) -> Task:
    facts = IndexFacts(tasks.listed, tasks.kit.edition, tasks.inputs_of())
    path = output.path(item, tasks.outputs)

    def steps() -> Steps:
        work = Work(compose_index, facts, carried={KIT: tasks.data}, lasting=False)
        composing = work_task("words of index", lambda: work, "index", tasks.place())
        [made] = yield [composing]
        if not made.files:
            return no_file(made)
        pictures = _pictures(tasks)
        [whole] = yield [
            whole_page_task(path, "index", composing, SCREEN.id, tasks.place(), pictures)
        ]
        return file_result(path, whole, PAGE, FileFacts("", output.id), [made])

    return Task(path, steps, "index", tasks.place())


def _pictures(tasks: KitTasks) -> dict[str, Task]:
    """Return what draws the first pages of what can be printed, by document."""
    output = tasks.outputs[PAPER.id]
    making = {item.id: tasks.task(output.id, item) for item in tasks.items(output)}
    return {
        name: picture_task(name, file.digest, tasks.place(), making.get(name))
        for name, files in tasks.listed.documents
        for file in files
        if file.output == PAPER.id and file.digest
    }


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
