"""One run over a roster: a goal for each document, written as soon as its copies are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formgen.compose.pages import Composer
from formgen.findings import Place
from formgen.graph.store import Store
from formgen.graph.task import Result, Steps, Task
from formgen.kit import KitDocument
from formgen.outputs.base import Item, KitTasks, Output
from formgen.people.copies import (
    COPIES_AT_ONCE,
    AllFacts,
    Batch,
    CopiesFacts,
    all_task,
    batch_task,
    together,
)
from formgen.people.recipients import Recipient
from formgen.people.writer import Writer
from formgen.sources.places import on_disk

# A document, and the kind of file that is made of it.
Personal = tuple[KitDocument, Output]


def goals(
    composer: Composer, tasks: KitTasks, store: Store, writer: Writer, documents: Sequence[Personal]
) -> Iterator[Task]:
    """Yield a task for each document, which makes and writes the copies of all people."""
    for document, output in documents:
        people = writer.wanted(document, output)
        if people:
            yield _goal(composer, tasks, store, writer, document, output, people)


def _goal(  # noqa: PLR0913, PLR0917  (what it takes)
    composer: Composer,
    tasks: KitTasks,
    store: Store,
    writer: Writer,
    document: KitDocument,
    output: Output,
    recipients: Sequence[Recipient],
) -> Task:
    report, fronts = writer.report, writer.options.fronts
    people = tuple(each.person for each in recipients)
    places = {each.person.id: each.place for each in recipients}
    folder = Place(composer.kit.stack.local.folder)

    def steps() -> Steps:
        # How many pages a document takes, it takes for nobody in particular.
        [blank] = yield [tasks.task(output.id, Item("document", document.id))]
        report.findings += on_disk(blank.findings, composer.kit.stack)
        page = output.page
        if not blank.files or page is None:
            return Result()
        batches = [
            batch_task(
                Batch(
                    CopiesFacts(
                        document.id,
                        page,
                        people[first : first + COPIES_AT_ONCE],
                        blank.facts["pages"],
                        fronts,
                        output.edition,
                    ),
                    tasks.data,
                    places,
                ),
                f"{first:06}",
            )
            for first in range(0, len(people), COPIES_AT_ONCE)
        ]
        made = together((yield batches))
        report.findings += on_disk(made.findings, composer.kit.stack)
        if not made.facts["parts"]:
            return Result()
        title = str(composer.documents[document.id]["title"])
        facts = AllFacts(title, composer.kit.settings.language, fronts)
        [whole] = yield [all_task(batches, facts, document.id, folder)]
        report.findings += on_disk(whole.findings, composer.kit.stack)
        if whole.files:
            writer.keep(document, output, made, whole, store.read)
        return Result()

    return Task(f"{document.id} {output.id}", steps, document.id, folder, personal=True)
