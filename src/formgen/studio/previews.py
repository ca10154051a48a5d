"""Previews: web pages by number, and printed pages by two workers, one of which waits warm."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from formgen import api
from formgen.graph.cache import cache_folder
from formgen.graph.interfaces import WorkError, Workers
from formgen.graph.task import Made, Work
from formgen.pdf.fonts import font_folder
from formgen.studio.beside import Value, beside
from formgen.workers.pool import worker_pool

if TYPE_CHECKING:
    from formgen.drafts.draft import Draft
    from formgen.drafts.preview import Picture

_WORKERS = 2
_MOST_PAGES = 12


@dataclass
class _Cancellable:
    """Hands work to workers, and ends all of it when it is not wanted any more."""

    workers: Workers
    remote: bool = False
    futures: list[Future[Made]] = field(default_factory=list)
    ended: bool = False

    def start(self) -> None:
        self.workers.start()

    def submit(
        self, work: Work, files: Mapping[str, bytes], *, personal: bool = False
    ) -> Future[Made]:
        future = self.workers.submit(work, files, personal=personal)
        self.futures.append(future)
        if self.ended:
            future.cancel()
        return future

    def problem(self, error: BaseException) -> WorkError:
        return self.workers.problem(error)

    def end(self) -> None:
        self.ended = True
        for future in self.futures:
            future.cancel()


@dataclass
class Previews:
    """What pages show beside the settings, for as long as they are open."""

    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    lock: threading.Lock = field(default_factory=threading.Lock)
    workers: Workers | None = None
    # Those that compose and check, and typeset nothing.
    light: Workers | None = None
    draw: Callable[..., Picture] | None = None
    latest: _Cancellable | None = None
    pages: OrderedDict[int, str] = field(default_factory=OrderedDict)
    last: int = 0
    closed: bool = False

    def warm(self) -> None:
        """Start the workers, so that the first page does not wait for them."""
        with self.lock:
            if self.workers is None and not self.closed:
                fonts = font_folder(cache_folder())
                self.workers = self.stack.enter_context(worker_pool(_WORKERS, fonts))
                light = worker_pool(_WORKERS, fonts, typesets=False)
                self.light = self.stack.enter_context(light)
                self.draw = api.printer_of_pages()
                with contextlib.suppress(MemoryError):
                    self.light.start()
                    self.workers.start()

    def at_work(self) -> Workers:
        """Return the workers, started."""
        self.warm()
        assert self.workers is not None  # noqa: S101  (it was started just now)
        return self.workers

    def composing(self) -> Workers:
        """Return the workers that compose and check, started."""
        self.warm()
        assert self.light is not None  # noqa: S101  (it was started just now)
        return self.light

    def beside(self, do: Callable[..., Value], *given: Any, personal: bool = False) -> Value:
        """Return what a function returns that a worker calls; raises as `beside.beside` does."""
        return beside(self.composing(), do, *given, personal=personal)

    def keep(self, html: str) -> int:
        """Keep a web page for the frame that asks for it; return its number."""
        with self.lock:
            self.last += 1
            self.pages[self.last] = html
            while len(self.pages) > _MOST_PAGES:
                self.pages.popitem(last=False)
            return self.last

    def printed(self, draft: Draft, document: str, number: int, width: int) -> Picture | None:
        """Return a printed page; nothing if another one was asked for meanwhile."""
        self.warm()
        with self.lock:
            if self.workers is None or self.draw is None:
                return None
            stale, mine = self.latest, _Cancellable(self.workers)
            self.latest = mine
        if stale:
            stale.end()
        picture = self.draw(draft, document, number, width, mine)
        return None if mine.ended else picture

    def close(self) -> None:
        """End the workers, whatever they do."""
        with self.lock:
            self.closed = True
            latest = self.latest
        if latest:
            latest.end()
        for workers in (self.workers, self.light):
            pool = getattr(workers, "pool", None)
            if pool is not None:
                pool.stop()
        self.stack.close()
