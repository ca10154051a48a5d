"""Typeset sheets in other processes, or here.

WeasyPrint runs in workers that can be killed: a sheet that hangs or that takes its
worker down costs itself alone.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext
from pathlib import Path
from typing import TYPE_CHECKING

from pebble import ProcessExpired, ProcessPool

from formgen.press.acroform import FieldsError
from formgen.press.bind import BindError, Binding, bind_and_count
from formgen.press.finish import Finishing, finish
from formgen.press.fonts import FONTCONFIG, use_only
from formgen.press.typeset import Sheet, Typeset, typeset

if TYPE_CHECKING:
    # Cannot be imported where a platform has no semaphores.
    from multiprocessing.synchronize import RLock

DEADLINE_SECONDS = 60.0
MEMORY_BYTES = 1_500_000_000

# What makes a file: a sheet to typeset, parts to bind, or a file to be finished for a printer.
Work = Sheet | Binding | Finishing
# Takes work and returns its result now or later.
Submit = Callable[[Work], "Future[Typeset]"]


class TypesettingError(Exception):
    """Raised in place of a PDF: a code, a plain sentence and a remedy."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        """Keep the parts of the finding that it becomes."""
        super().__init__(message)
        self.code, self.fix = code, fix


def usable_cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _TriedTwice(Future[Typeset]):
    """The result of a sheet that is tried once more if its worker hangs or dies."""

    def __init__(self, start: Callable[[], Future[Typeset]]) -> None:
        super().__init__()
        self._start = start
        self._trial = start()
        self._trial.add_done_callback(self._first_end)

    def running(self) -> bool:
        return not self.done() and self._trial.running()

    def _first_end(self, trial: Future[Typeset]) -> None:
        if not isinstance(_problem_of(trial), TimeoutError | ProcessExpired):
            self._end(trial)
            return
        try:
            self._trial = self._start()
        except RuntimeError:  # the pool is being closed
            self._end(trial)
        else:
            self._trial.add_done_callback(self._end)

    def _end(self, trial: Future[Typeset]) -> None:
        problem = _problem_of(trial)
        if problem:
            self.set_exception(problem)
        else:
            self.set_result(trial.result())


def _problem_of(future: Future[Typeset]) -> BaseException | None:
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


@contextlib.contextmanager
def worker_pool(
    workers: int,
    fonts: Path,
    deadline: float = DEADLINE_SECONDS,
    memory: int = MEMORY_BYTES,
) -> Iterator[Submit]:
    """Yield what submits sheets to a pool of processes, each of which has our fonts.

    A sheet may take so many seconds and its process so many bytes of memory.
    """
    with _deaf_to_interrupts():
        pool = ProcessPool(
            max_workers=workers,
            initializer=_prepare_worker,
            initargs=[fonts, memory],
            context=_LastingLocks(),
        )
        # Asking starts the threads that start the workers; they pass their deafness on.
        _ = pool.active

    def submit(work: Work) -> Future[Typeset]:
        return _TriedTwice(lambda: pool.schedule(make_calmly, args=[work], timeout=deadline))

    try:
        yield submit
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


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
def this_process(fonts: Path) -> Iterator[Submit]:
    """Yield what typesets at once, in this process: for measuring, and for one page."""
    before = os.environ.get(FONTCONFIG)
    prepare(fonts)

    try:
        yield make_here
    finally:
        gc.enable()
        gc.unfreeze()
        # Programs that are started later are to see the machine's own fonts.
        if before is None:
            os.environ.pop(FONTCONFIG, None)
        else:
            os.environ[FONTCONFIG] = before


def _prepare_worker(fonts: Path, memory: int) -> None:
    limit_memory(memory)
    prepare(fonts)


def limit_memory(most_bytes: int) -> None:
    """Keep this process from taking more memory, where the platform can."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    # What a process writes to; its address space would count what is only mapped.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))


def prepare(fonts: Path) -> None:
    """Ready a process for typesetting: our fonts, WeasyPrint loaded, the collector calmed.

    What is loaded by now lives as long as the process, and most of a page's boxes die with
    it; looking for cycles all the time costs a sixth of the time (measured).
    """
    use_only(fonts)
    # What is missing for it is said of each sheet; see `result_of`.
    with contextlib.suppress(OSError, ImportError):
        import weasyprint  # noqa: F401

    gc.freeze()
    gc.disable()


def make_here(work: Work) -> Future[Typeset]:
    """Do some work at once, in this process."""
    future: Future[Typeset] = Future()
    try:
        future.set_result(make_calmly(work))
    except Exception as problem:  # noqa: BLE001  (as a pool would hand it on)
        future.set_exception(problem)
    return future


def make_calmly(work: Work) -> Typeset:
    """Typeset or bind, then look for cycles: at once, while there are few objects to look at."""
    try:
        result = _made(work)
    except MemoryError as problem:
        # The frames of the exception hold all that filled the memory.
        raise MemoryError(str(problem)) from None
    finally:
        gc.collect()
    return result


def _made(work: Work) -> Typeset:
    if isinstance(work, Sheet):
        return typeset(work)
    return bind_work(work) if isinstance(work, Binding) else finish(work)


def bind_work(work: Binding) -> Typeset:
    """Bind parts into one file. Raises BindError."""
    return Typeset(*bind_and_count(work.parts, work.facts))


def result_of(future: Future[Typeset]) -> Typeset:
    """Return what a worker made; raises TypesettingError with a plain sentence."""
    try:
        return future.result()
    except TimeoutError:
        code, message = "timeout", f"typesetting took longer than {DEADLINE_SECONDS:.0f} s, twice."
        fix = "build it again, or split its longest table."
        raise TypesettingError(code, message, fix) from None
    except ProcessExpired:
        code, message = "worker-died", "the process that typeset it ended, twice."
        raise TypesettingError(
            code, message, "build it again; close other programs if memory is short."
        ) from None
    except (FieldsError, BindError) as problem:
        raise TypesettingError(problem.code, problem.message, problem.fix) from None
    except MemoryError:
        raise TypesettingError(
            "memory", "typesetting needs too much memory.", "use smaller pictures."
        ) from None
    except (OSError, ImportError) as problem:
        message = f"WeasyPrint does not work on this machine ({problem})."
        raise TypesettingError(
            "no-weasyprint", message, "install Pango; `python3 build.py` says how."
        ) from None
    except Exception as problem:  # noqa: BLE001  (WeasyPrint raises many kinds)
        message = f"typesetting failed ({type(problem).__name__}: {problem})."
        raise TypesettingError(
            "typeset", message, "simplify the template; then report it."
        ) from None
