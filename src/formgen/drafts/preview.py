"""What a document of a draft looks like: as a web page, and a page of its PDF as a picture."""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from formgen.compose.pages import make_composer
from formgen.drafts.draft import Draft, with_draft_in_it
from formgen.findings import Finding, InputError, errors
from formgen.graph.interfaces import Workers
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Made, Result, Steps, Task, Work, digest_of, work_task
from formgen.kit import KitDocument
from formgen.model.page_format import PAPER, SCREEN
from formgen.outputs.base import Choice, Item, KitTasks
from formgen.outputs.making.inputs import LayerReader, document_keys, pack_kit, read_layers
from formgen.outputs.making.pages import titles_task
from formgen.outputs.table import OUTPUTS
from formgen.pdf.page_picture import page_picture
from formgen.pdf.web_fonts import ADDRESS, asked_faces, cut_faces
from formgen.sources.paths import LOCAL_FILE
from formgen.sources.places import on_disk

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
# What a page offers to do, which a picture of it cannot.
_QUIET = "<style>.tools { display: none !important; }</style></head>"
_TABLE = {output.id: output for output in OUTPUTS}


@dataclass(frozen=True)
class Picture:
    """A page of a document as a PNG; nothing if it cannot be made, and why."""

    png: bytes = b""
    pages: int = 0
    findings: tuple[Finding, ...] = ()


def document_of(draft: Draft, name: str) -> KitDocument | None:
    """Return a document of the draft's kit, by id."""
    documents = draft.kit.documents if draft.kit else ()
    return next((each for each in documents if each.id == name), None)


def web_page(draft: Draft, name: str, faces_at: str = "") -> tuple[str, tuple[Finding, ...]]:
    """Return a document as a web page that does nothing by itself; or nothing, and why.

    ``faces_at`` is where the typefaces of web pages are to be had; else they stand in the page.
    """
    document = document_of(draft, name)
    if draft.kit is None or document is None:
        return "", ()
    try:
        html = make_composer(draft.kit).compose(document, SCREEN).html
    except InputError as problem:
        return "", problem.findings
    html = _SCRIPT.sub("", html).replace("</head>", _QUIET, 1)
    asked = asked_faces(html)
    if faces_at and not asked["letters"]:
        faces: Mapping[str, str] = {each: f"{faces_at}{each}.woff2" for each in asked["faces"]}
    else:
        faces = _faces(tuple(asked["faces"]), "".join(asked["letters"]))
    for face, address in faces.items():
        html = html.replace(f'"{ADDRESS}{face}"', f'"{address}"')
    return html, ()


# To cut them takes longer than all else, and most pages of a kit ask for the same.
@functools.lru_cache(maxsize=32)
def _faces(names: tuple[str, ...], letters: str) -> Mapping[str, str]:
    cut = cut_faces(names, letters)
    head = "data:font/woff2;base64,"
    return {name: head + base64.b64encode(data).decode() for name, data in cut.items()}


@dataclass(frozen=True)
class PictureFacts:
    """Which page is drawn, so many pixels wide."""

    number: int
    width: int


def draw_page(facts: PictureFacts, files: Mapping[str, bytes]) -> Made:
    """Draw a page of a PDF."""
    png, pages = page_picture(files["pdf"], facts.number, facts.width)
    return Made({"png": png}, {"pages": pages})


def printed_page(  # noqa: PLR0913, PLR0917  (what it takes)
    draft: Draft,
    name: str,
    facts: PictureFacts,
    workers: Workers,
    store: Store,
    code_of: Callable[[Work], str],
) -> Picture:
    """Return a page of a document's PDF, made as a build makes it."""
    if draft.kit is None or draft.own is None or document_of(draft, name) is None:
        return Picture()
    try:
        stack, inputs = read_layers(LayerReader(), draft.kit.stack, draft.own)
    except InputError as problem:
        return Picture(findings=problem.findings)
    stack = with_draft_in_it(draft, stack)
    inputs = replace(
        inputs, files={**inputs.files, (0, LOCAL_FILE): digest_of(draft.text.encode())}
    )
    kit = replace(draft.kit, stack=stack)
    choice = Choice(documents=(name,), outputs=(PAPER.id,))
    tasks = KitTasks(kit, choice, document_keys(kit, inputs), pack_kit(kit), _TABLE)
    task = _picture_task(tasks, name, facts)
    for _, result in Run(workers, store, code_of).make([task]):
        png = store.read(result.files["png"]) if "png" in result.files else None
        found = tuple(on_disk(result.findings, kit.stack))
        return Picture(png or b"", result.facts.get("pages", 0), found)
    return Picture()


def _picture_task(tasks: KitTasks, name: str, facts: PictureFacts) -> Task:
    place = tasks.place()

    def steps() -> Steps:
        [titles] = yield [titles_task(tasks)]
        if titles.findings:
            return Result(findings=titles.findings)
        making = tasks.task(PAPER.id, Item("document", name))
        [made] = yield [making]
        if errors(made.findings) or not made.files:
            return Result(findings=made.findings)

        def work(pdf: Result) -> Work:
            [digest] = pdf.files.values()
            return Work(draw_page, facts, {"pdf": digest})

        [drawn] = yield [work_task(f"screen of {name}", work, name, place, [making])]
        return Result(drawn.files, drawn.facts, (*made.findings, *drawn.findings))

    return Task(f"preview of {name}", steps, name, place)
