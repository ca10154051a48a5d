"""Do work in other processes, or here.

Words and looks of packs are rendered by workers that can be killed, and WeasyPrint runs there:
work that hangs or that takes its worker down costs itself alone.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pebble import ProcessExpired, ProcessPool

from formgen.graph.interfaces import WorkError, Workers
from formgen.graph.task import Made, Work
from formgen.pdf.engine.load import load_weasyprint
from formgen.pdf.fonts import FONTCONFIG, use_only
from formgen.workers.forget import forget_people
from formgen.workers.memory import LEAST_BYTES, MEMORY_BYTES, limit_memory, memory_allowed
from formgen.workers.problems import DEADLINE_SECONDS, problem_of

if TYPE_CHECKING:
    # Cannot be imported where a platform has no semaphores.
    from multiprocessing.synchronize import RLock

# The boxes of a page or two: while there are few objects, to look at them takes little time.
_MANY_OBJECTS = 20_000
# So seldom is all looked through again: what a process kept for a while may have been dropped.
_ROUNDS = 64


def usable_cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _TriedTwice(Future[Made]):
    """The result of work that is tried once more if its worker hangs or dies."""

    def __init__(self, start: Callable[[], Future[Made]]) -> None:
        super().__init__()
        self._start = start
        self._trial = start()
        self._trial.add_done_callback(self._first_end)

    def running(self) -> bool:
        return not self.done() and self._trial.running()

    def cancel(self) -> bool:
        return self._trial.cancel()

    def _first_end(self, trial: Future[Made]) -> None:
        if not isinstance(_problem_of(trial), TimeoutError | ProcessExpired):
            self._end(trial)
            return
        try:
            self._trial = self._start()
        except RuntimeError:  # the pool is being closed
            self._end(trial)
        else:
            self._trial.add_done_callback(self._end)

    def _end(self, trial: Future[Made]) -> None:
        problem = _problem_of(trial)
        if problem:
            self.set_exception(problem)
        else:
            self.set_result(trial.result())


def _problem_of(future: Future[Made]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()


class _LastingLocks(SpawnContext):
    """Starts processes, and keeps the locks that they share until all of them have ended.

    Pebble drops its locks before it ends its workers, and one that is still starting then
    looks for a lock in vain and prints a traceback.
    """

    def __init__(self) -> None:
        super().__init__()
        self._locks: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802  (the standard library's name)
        self._locks.append(super().RLock())
        return self._locks[-1]


@dataclass(frozen=True)
class Here:
    """Does work at once, in this process."""

    remote: bool = False

    def start(self) -> None:
        """Do nothing: it is ready."""

    def submit(
        self, work: Work, files: Mapping[str, bytes], *, personal: bool = False
    ) -> Future[Made]:
        """Do some work; the future is done."""
        future: Future[Made] = Future()
        try:
            future.set_result(do_calmly(work.do, work.facts, {**work.carried, **files}, personal))
        except Exception as problem:  # noqa: BLE001  (as a pool would hand it on)
            future.set_exception(problem)
        return future

    def problem(self, error: BaseException) -> WorkError:
        """Say in plain words why work could not be done."""
        return problem_of(error)


@dataclass
class Pool:
    """Hands work to processes, which are started with the first of it."""

    start_pool: Callable[[], ProcessPool]
    # Work may take so many seconds.
    deadline: float
    remote: bool = False
    pool: ProcessPool | None = None

    def start(self) -> None:
        """Start the processes, since there is going to be work. Raises MemoryError."""
        if memory_allowed() < LEAST_BYTES:
            raise MemoryError
        self.pool = self.pool or self.start_pool()

    def submit(
        self, work: Work, files: Mapping[str, bytes], *, personal: bool = False
    ) -> Future[Made]:
        """Hand out some work."""
        self.start()
        pool = self.pool
        arguments = [work.do, work.facts, {**work.carried, **files}, personal]

        def schedule() -> Future[Made]:
            assert pool is not None  # noqa: S101  (it was started just now)
            future: Future[Made] = pool.schedule(do_calmly, args=arguments, timeout=self.deadline)
            return future

        return _TriedTwice(schedule)

    def problem(self, error: BaseException) -> WorkError:
        """Say in plain words why work could not be done."""
        return problem_of(error)


@contextlib.contextmanager
def worker_pool(
    workers: int,
    fonts: Path,
    deadline: float = DEADLINE_SECONDS,
    memory: int = MEMORY_BYTES,
    *,
    typesets: bool = True,
) -> Iterator[Workers]:
    """Yield a pool of processes, each of which has our fonts.

    Work may take so many seconds and its process so many bytes of memory. A pool that typesets
    nothing is up sooner.
    """

    def start() -> ProcessPool:
        with _deaf_to_interrupts():
            pool = ProcessPool(
                max_workers=workers,
                initializer=_prepare_worker,
                initargs=[fonts, memory, typesets],
                context=_LastingLocks(),
            )
            # Asking starts the threads that start the workers; they pass their deafness on.
            _ = pool.active
        return pool

    processes = Pool(start, deadline)
    try:
        yield processes
        if processes.pool:
            processes.pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        if processes.pool:
            processes.pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        if processes.pool:
            processes.pool.join()


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let threads and processes that start meanwhile leave Ctrl-C to this process."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # Started later, it would undo the blocking (CPython's resource_tracker.py).
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def this_process(fonts: Path) -> Iterator[Workers]:
    """Yield what does work at once, in this process: for measuring, and for one page."""
    before = os.environ.get(FONTCONFIG)
    prepare(fonts)
    try:
        yield Here()
    finally:
        gc.enable()
        gc.unfreeze()
        # Programs that are started later are to see the machine's own fonts.
        if before is None:
            os.environ.pop(FONTCONFIG, None)
        else:
            os.environ[FONTCONFIG] = before


def _prepare_worker(fonts: Path, memory: int, typesets: bool) -> None:  # noqa: FBT001
    limit_memory(memory)
    prepare(fonts, typesets=typesets)


def prepare(fonts: Path, *, typesets: bool = True) -> None:
    """Ready a process for work: our fonts, what it needs loaded, the collector calmed.

    What is loaded by now lives as long as the process, and most of a page's boxes die with
    it; looking for cycles all the time costs a sixth of the time (measured).
    """
    use_only(fonts)
    # What is missing for it is said of each sheet; see `result_of`.
    with contextlib.suppress(OSError, ImportError):
        if typesets:
            load_weasyprint()

    gc.freeze()
    gc.disable()


def do_calmly(do: Any, facts: Any, files: Mapping[str, bytes], personal: bool) -> Made:  # noqa: FBT001
    """Do some work, then look for cycles if many objects have come together."""
    try:
        made: Made = do(facts, files)
    except MemoryError as problem:
        # The frames of the exception hold all that filled the memory.
        raise MemoryError(str(problem)) from None
    finally:
        if personal:
            forget_people()
        if personal or gc.get_count()[0] > _MANY_OBJECTS:
            _remove_cycles(everywhere=personal)
    return made


def _remove_cycles(*, everywhere: bool) -> None:
    """Remove cycles from what is new, and now and then from all: what stays is not looked at again.

    Styles and lines that are kept for the next page are a hundred thousand objects, and to look
    through them after each page took a tenth of a kit's time (measured).
    """
    if everywhere or gc.get_stats()[-1]["collections"] % _ROUNDS == 0:
        gc.unfreeze()
    gc.collect()
    gc.freeze()
