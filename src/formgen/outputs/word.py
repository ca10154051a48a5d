"""Word copies of documents, for those who change words in a word processor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formgen.compose.pages import Composer
from formgen.compose.text.wording import Wording
from formgen.graph.task import Digest, Made, Result, Steps, Task, Work, work_task
from formgen.kit import KitDocument
from formgen.model.looks.palette import palette_of
from formgen.model.page_format import SCREEN
from formgen.outputs.base import Count, FileFacts, Item, KitTasks, Output, file_result, no_file
from formgen.outputs.making.pages import KIT, WorkerKit, compose_in_worker, document_task, place_of
from formgen.word.facts import Prompts, WordFacts

# The anchor of a section is this and its name (templates/partials/sections.html.j2).
_SECTION = "section-"
# What bears the employer's mark in its head, as templates/partials/brand.html.j2 has it.
_WITH_PARTNER = ("letter", "manual")


@dataclass(frozen=True)
class CopyFacts:
    """Which document is copied, and the hash of all that it may read."""

    document: str
    inputs: Digest


def make_copy(facts: CopyFacts, files: Mapping[str, bytes]) -> Made:
    """Make the Word copy of a web page."""
    from formgen.word.convert import to_word

    def copy(worker_kit: WorkerKit) -> Made:
        composer = worker_kit.composer
        document = next(each for each in composer.kit.documents if each.id == facts.document)
        page = files["page"].decode("utf-8", "surrogatepass")
        return Made({"docx": to_word(page, _about(composer, document))})

    return compose_in_worker(files, copy)


def _about(composer: Composer, document: KitDocument) -> WordFacts:
    """Return what the page does not say of itself."""
    kit, wording = composer.kit, Wording(composer.wording.context)
    known, settings = composer.documents[document.id], kit.settings
    brand = settings.brand
    advice = kit.words.nearest(("handling", document.handling))
    is_shared = document.entry.kind in _WITH_PARTNER and document.privacy != "private"
    locks = [lock for lock in kit.locks if lock.name == document.id]
    return WordFacts(
        title=str(known["title"]),
        local=settings.local.name,
        kind=document.entry.kind,
        language=settings.language,
        paper=settings.paper,
        code=known["code"],
        handling=wording.text(kit.words.text("handling", document.handling), advice.place),
        edition=document.edition,
        palette=palette_of(brand.primary, brand.accent, brand.look),
        look=brand.look,
        serif=kit.voice == "serif",
        logo=kit.logo.data if kit.logo else None,
        logo_alt=settings.local.name,
        partner_logo=kit.partner_logo.data if kit.partner_logo and is_shared else None,
        partner_alt=settings.local.district or composer.word("page.partner_alt", wording),
        form_id=f"formgen:{kit.id}/{document.id}/{document.edition}",
        locked=tuple(f"{_SECTION}{lock.clause}" if lock.clause else "*" for lock in locks),
        prompts=Prompts(
            *(
                composer.word(f"page.{word}", wording)
                for word in ("choose", "page", "of", "edition")
            )
        ),
    )


def word_file(tasks: KitTasks, output: Output, item: Item) -> Task:
    """Return what makes the Word copy of a document, from its web page."""
    path = output.path(item, tasks.outputs)
    facts = CopyFacts(item.id, tasks.inputs_of(item.id))

    def work(composed: Result) -> Work:
        files = {"page": composed.files[f"{SCREEN.id} page"]}
        return Work(make_copy, facts, files, {KIT: tasks.data})

    def steps() -> Steps:
        composing = document_task(tasks, item.id)
        [composed] = yield [composing]
        if f"{SCREEN.id} page" not in composed.files:
            return no_file(composed)
        place = place_of(composed, tasks.place())
        [made] = yield [work_task(f"copy of {item.id}", work, item.id, place, [composing])]
        if "docx" not in made.files:
            return no_file(composed, made)
        sources = tuple(composed.facts["sources"])
        about = FileFacts(item.id, output.id, tasks.document(item.id).privacy, 0, sources)
        return file_result(path, made, "docx", about, [composed])

    return Task(path, steps, item.id, tasks.place())


WORD = Output(
    "word",
    "document",
    "word",
    ".docx",
    word_file,
    made_from=(SCREEN.id,),
    summary="Word copies, to change words or to fill in",
    labels=("index.word",),
    count=Count("{count} Word copy", "{count} Word copies"),
)
