"""Tell which pages of a document change: typeset it as it was and as it will be, and compare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from formgen.compose.pages import Composed
from formgen.pipeline.build import sheet_of
from formgen.pipeline.cache import cache_folder
from formgen.pipeline.workers import (
    Submit,
    TypesettingError,
    result_of,
    usable_cores,
    worker_pool,
)
from formgen.press.fonts import font_folder
from formgen.press.prints import page_prints
from formgen.press.typeset import Sheet, Typeset

# The number of a page, and of all pages: with one page more, all pages would differ.
_COUNTER = re.compile(r"(?<![\w-])counters?\(\s*pages?\b[^)]*\)")


@dataclass(frozen=True)
class Pages:
    """Which pages of a document change, in words (nothing if none), and how many it has."""

    said: str
    before: int = 0
    now: int = 0


def pages_changed(
    documents: Mapping[str, tuple[Composed, Composed]],
    pool: AbstractContextManager[Submit] | None = None,
) -> dict[str, Pages]:
    """Say which pages of each document change, for documents as they were and as they will be.

    Each is typeset within the workers' limits of time and memory.
    """
    if not documents:
        return {}
    pool = pool or worker_pool(usable_cores(), font_folder(cache_folder()))
    with pool as submit:
        waiting = {
            name: [submit(_uncounted(sheet_of(each))) for each in both]
            for name, both in documents.items()
        }
        return {name: _compared(*both) for name, both in waiting.items()}


def _compared(before: Future[Typeset], now: Future[Typeset]) -> Pages:
    try:
        old, new = result_of(before), result_of(now)
    except TypesettingError as problem:
        return Pages(f"its pages cannot be compared: {problem}")
    return Pages(said(page_prints(old.pdf), page_prints(new.pdf)), old.pages, new.pages)


def _uncounted(sheet: Sheet) -> Sheet:
    """Return the sheet without the numbers of its pages, and without what they are checked for."""
    styles = tuple(_COUNTER.sub('"0"', style) for style in sheet.styles)
    return replace(sheet, html=_COUNTER.sub('"0"', sheet.html), styles=styles, originals=())


def said(old: Sequence[str], new: Sequence[str]) -> str:
    """Say in words which of the old pages change, and how many there are then; nothing if none."""
    changed: list[int] = []
    added: list[int] = []
    for what, start, end, begin, finish in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
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
