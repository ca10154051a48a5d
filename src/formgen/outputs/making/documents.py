"""Files of documents: composed, and typeset unless they are for a browser."""

from __future__ import annotations

from formgen.graph.task import Result, Steps, Task
from formgen.outputs.base import FileFacts, Item, KitTasks, Output, file_result, no_file
from formgen.outputs.making.pages import document_task, place_of
from formgen.outputs.making.typesetting import defects_of, typeset_task


def document_file(tasks: KitTasks, output: Output, item: Item) -> Task:
    """Return what makes the file of a document; what asks nothing has none to fill in."""
    page = output.page
    assert page is not None, output.id  # noqa: S101  (said by the table's test)

    path = output.path(item, tasks.outputs)

    def facts(composed: Result, pages: int) -> FileFacts:
        privacy, sources = tasks.document(item.id).privacy, tuple(composed.facts["sources"])
        return FileFacts(item.id, output.id, privacy, pages, sources)

    def steps() -> Steps:
        composing = document_task(tasks, item.id)
        [composed] = yield [composing]
        if f"{page.id} page" not in composed.files:
            return no_file(composed)
        if page.medium == "web":
            return file_result(path, composed, f"{page.id} page", facts(composed, 0))
        place = place_of(composed, tasks.place())
        name = f"{item.id} {page.id}"
        [made] = yield [typeset_task(name, composing, page.id, item.id, place)]
        defects = defects_of(made, item.id, place)
        if defects or "pdf" not in made.files:
            return no_file(composed, made, Result(findings=defects))
        return file_result(path, made, "pdf", facts(composed, made.facts["pages"]), [composed])

    return Task(path, steps, item.id, tasks.place())
