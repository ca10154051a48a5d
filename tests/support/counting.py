"""Workers that do everything in this process, and count what it was."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from formgen.graph.task import Made, Work
from formgen.workers.pool import Here, this_process


@dataclass(frozen=True)
class Counting(Here):
    """Does work at once, and notes each piece of it."""

    done: list[Work] = field(default_factory=list)
    # Called before each piece.
    before: Callable[[Work], object] = lambda _work: None

    def submit(
        self, work: Work, files: Mapping[str, bytes], *, personal: bool = False
    ) -> Future[Made]:
        """Do some work; the future is done."""
        self.done.append(work)
        self.before(work)
        return super().submit(work, files, personal=personal)


@contextlib.contextmanager
def counting(
    fonts: Path, done: list[Work], before: Callable[[Work], object] = lambda _work: None
) -> Iterator[Counting]:
    """Yield what does work here, and notes it in a list."""
    with this_process(fonts):
        yield Counting(done=done, before=before)
