"""Tell which pages of a document change: typeset it as it was and as it will be, and compare."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from pathlib import Path

from formgen.compose.pages import Composed
from formgen.graph.cache import Cache, cache_folder
from formgen.graph.code import code_with
from formgen.graph.interfaces import Workers
from formgen.graph.run import Run
from formgen.graph.store import Store
from formgen.graph.task import Made, Result, Steps, Task, Work, work_task
from formgen.outputs.base import findings_of
from formgen.pdf.fonts import font_folder
from formgen.pdf.sheet import Sheet
from formgen.pdf.typeset import typeset
from formgen.workers.pool import usable_cores, worker_pool

# The number of a page, and of all pages: with one page more, all pages would differ.
_COUNTER = re.compile(r"(?<![\w-])counters?\(\s*pages?\b[^)]*\)")


@dataclass(frozen=True)
class Pages:
    """Which pages of a document change, in words (nothing if none), and how many it has."""

    said: str
    before: int = 0
    now: int = 0
    # Pages that go together, as it was and as it will be; 0 is for one that is not there.
    pairs: tuple[tuple[int, int], ...] = ()


def pages_changed(
    documents: Mapping[str, tuple[Composed, Composed]],
    pool: AbstractContextManager[Workers] | None = None,
) -> dict[str, Pages]:
    """Say which pages of each document change, for documents as they were and as they will be.

    Each is typeset within the workers' limits of time and memory.
    """
    if not documents:
        return {}
    pool = pool or worker_pool(usable_cores(), font_folder(cache_folder()))
    with pool as workers, tempfile.TemporaryDirectory(prefix="formgen-") as folder:
        run = Run(workers, Store(Cache(Path(folder))), code_with({}))
        goals = (_compared(name, *both) for name, both in documents.items())
        made = {task.name: result for task, result in run.make(goals)}
    return {name: _pages_of(made[name]) for name in documents}


@dataclass(frozen=True)
class PrintFacts:
    """A page without its numbers, to be typeset and compared."""

    html: str
    styles: tuple[str, ...]
    assets: tuple[str, ...]
    zoom: float


def read_prints(facts: PrintFacts, files: Mapping[str, bytes]) -> Made:
    """Typeset a page, and say what is on each page of it without keeping the file."""
    assets = {name: files[name] for name in facts.assets}
    made = typeset(Sheet(facts.html, facts.styles, assets, zoom=facts.zoom))
    from formgen.pdf.files.page_fingerprints import page_fingerprints

    return Made(facts={"prints": page_fingerprints(made.pdf), "pages": made.pages})


def _compared(name: str, before: Composed, now: Composed) -> Task:
    def steps() -> Steps:
        old, new = yield [_prints(name, before, "before"), _prints(name, now, "now")]
        return Result(facts={"old": old.facts, "new": new.facts}, findings=findings_of((old, new)))

    return Task(name, steps)


def _prints(name: str, page: Composed, moment: str) -> Task:
    """Return what says what is on each page; numbers of pages, and of all of them, do not count."""
    styles = tuple(_COUNTER.sub('"0"', style) for style in page.styles)
    html = _COUNTER.sub('"0"', page.html)
    facts = PrintFacts(html, styles, tuple(page.assets), page.zoom)
    work = Work(read_prints, facts, carried=page.assets)
    return work_task(f"{name} {moment}", lambda: work, "", page.place)


def _pages_of(made: Result) -> Pages:
    if made.findings:
        return Pages(f"its pages cannot be compared: {made.findings[0].message}")
    old, new = made.facts["old"], made.facts["new"]
    prints = old["prints"], new["prints"]
    return Pages(said(*prints), old["pages"], new["pages"], tuple(pairs(*prints)))


def said(old: Sequence[str], new: Sequence[str]) -> str:
    """Say in words which of the old pages change, and how many there are then; nothing if none."""
    changed: list[int] = []
    added: list[int] = []
    for what, start, end, begin, finish in _differences(old, new):
        if what != "equal":
            changed += range(start + 1, end + 1)
        if what == "insert":
            added += range(begin + 1, finish + 1)
    parts = [f"{_pages(changed)} of {len(old)}"] if changed else []
    if changed and len(changed) == len(old):
        parts = [f"all {len(old)} pages" if len(old) > 1 else "its one page"]
    parts += [f"new: {_pages(added)}"] if added else []
    parts += [f"now {_count(len(new))}"] if len(new) != len(old) else []
    return ", ".join(parts)


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of pages that differ, each with the one that comes in its place or 0."""
    for what, start, end, begin, finish in _differences(old, new):
        if what != "equal":
            both = zip_longest(range(start, end), range(begin, finish), fillvalue=-1)
            yield from ((before + 1, now + 1) for before, now in both)


def _differences(
    old: Sequence[str], new: Sequence[str]
) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _count(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"


def _pages(numbers: Sequence[int]) -> str:
    """Write page numbers: `pages 2, 4 to 6 and 9`."""
    runs = [*_runs(numbers)]
    listed = ", ".join(runs[:-1]) + f" and {runs[-1]}" if len(runs) > 1 else runs[0]
    return f"{'page' if len(numbers) == 1 else 'pages'} {listed}"


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    breaks = [0, *(at for at, (one, two) in enumerate(pairwise(numbers), 1) if two != one + 1)]
    for start, end in pairwise([*breaks, len(numbers)]):
        run = numbers[start:end]
        if len(run) > 2:  # noqa: PLR2004  (two are named, more are a span)
            yield f"{run[0]} to {run[-1]}"
        else:
            yield from map(str, run)
