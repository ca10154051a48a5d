"""Files of documents: composed, and typeset unless they are for a browser."""

from __future__ import annotations

from formgen.graph.task import Result, Steps, Task
from formgen.outputs.base import FileFacts, Item, KitTasks, Output, file_result, no_file
from formgen.outputs.making.embedding import PAGE, whole_page_task
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
        asks = f"{page.id} form" in composed.files
        if f"{page.id} page" not in composed.files or not output.is_there(asks=asks):
            return no_file(composed)
        if page.medium == "web":
            [whole] = yield [whole_page_task(path, item.id, composing, page.id, tasks.place())]
            return file_result(path, whole, PAGE, facts(composed, 0), [composed])
        place = place_of(composed, tasks.place())
        name, editions = f"{item.id} {page.id}", tasks.editions(output) if asks else ("print",)
        [made] = yield [typeset_task(name, composing, page.id, item.id, place, editions)]
        defects = defects_of(made, item.id, place, output.edition)
        if defects or output.edition not in made.files:
            return no_file(composed, made, Result(findings=defects))
        known = facts(composed, made.facts["pages"])
        return file_result(path, made, output.edition, known, [composed])

    return Task(path, steps, item.id, tasks.place())
