"""Draw pages of documents as they were and as they will be, to be put side by side."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.compose.pages import Composed
from formgen.graph.cache import Cache, cache_folder
from formgen.graph.code import code_with
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Made, Task, Work, work_task
from formgen.pdf.first_page import page_in_greys
from formgen.pdf.fonts import font_folder
from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset
from formgen.workers.pool import usable_cores, worker_pool

# Large enough to read the words of a page.
_BOX = (640, 830)


@dataclass(frozen=True)
class Picture:
    """A page as a PNG, and its size."""

    png: bytes
    size: tuple[int, int]


@dataclass(frozen=True)
class DrawnFacts:
    """A page to be typeset, and the numbers of the pages to be drawn; the first is 1."""

    html: str
    styles: tuple[str, ...]
    assets: tuple[str, ...]
    zoom: float
    pages: tuple[int, ...]


def draw_pages(facts: DrawnFacts, files: Mapping[str, bytes]) -> Made:
    """Typeset a page, and draw some of its pages."""
    assets = {name: files[name] for name in facts.assets}
    made = typeset(Sheet(facts.html, facts.styles, assets, zoom=facts.zoom))
    drawn = {page: page_in_greys(made.pdf, _BOX, page - 1) for page in facts.pages}
    return Made(
        files={str(page): png for page, (png, _) in drawn.items()},
        facts={str(page): size for page, (_, size) in drawn.items()},
    )


def pictures(wanted: Mapping[str, tuple[Composed, Sequence[int]]]) -> dict[str, dict[int, Picture]]:
    """Return pictures of some pages of documents, by the name that each was given here.

    Each is typeset within the workers' limits of time and memory; what cannot be is left out.
    """
    found: dict[str, dict[int, Picture]] = {name: {} for name in wanted}
    pool = worker_pool(usable_cores(), font_folder(cache_folder()))
    with pool as workers, tempfile.TemporaryDirectory(prefix="formgen-") as folder:
        store = Store(Cache(Path(folder)))
        run = Run(workers, store, code_with({}))
        for task, made in run.make(_drawing(name, *each) for name, each in wanted.items()):
            for page, digest in made.files.items():
                width, height = made.facts[page]
                png = store.read(digest) or b""
                found[task.name][int(page)] = Picture(png, (width, height))
    return found


def _drawing(name: str, page: Composed, pages: Sequence[int]) -> Task:
    facts = DrawnFacts(page.html, page.styles, tuple(page.assets), page.zoom, tuple(pages))
    work = Work(draw_pages, facts, carried=page.assets)
    return work_task(name, lambda: work, "", page.place)
