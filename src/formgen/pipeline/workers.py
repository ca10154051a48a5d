"""Typeset sheets in other processes, or here.

WeasyPrint runs in workers that can be killed: a sheet that hangs or that takes its
worker down costs itself alone.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from formgen.press.acroform import FieldsError
from formgen.press.fonts import use_only
from formgen.press.typeset import Sheet, Typeset, typeset

DEADLINE_SECONDS = 60.0
# About 100 MB of WeasyPrint's boxes.
_MANY_OBJECTS = 500_000

# Takes a sheet and returns its result now or later.
Submit = Callable[[Sheet], "Future[Typeset]"]


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


@contextlib.contextmanager
def worker_pool(workers: int, fonts: Path, deadline: float = DEADLINE_SECONDS) -> Iterator[Submit]:
    """Yield what submits sheets to a pool of processes, each of which has our fonts."""
    pool = ProcessPool(
        max_workers=workers,
        initializer=_prepare,
        initargs=[fonts],
        context=multiprocessing.get_context("spawn"),
    )

    def submit(sheet: Sheet) -> Future[Typeset]:
        future: Future[Typeset] = pool.schedule(_typeset_calmly, args=[sheet], timeout=deadline)
        return future

    try:
        yield submit
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


@contextlib.contextmanager
def this_process(fonts: Path) -> Iterator[Submit]:
    """Yield what typesets at once, in this process: for measuring, and for one page."""
    _prepare(fonts)

    def submit(sheet: Sheet) -> Future[Typeset]:
        future: Future[Typeset] = Future()
        try:
            future.set_result(_typeset_calmly(sheet))
        except Exception as problem:  # noqa: BLE001  (as a pool would hand it on)
            future.set_exception(problem)
        return future

    try:
        yield submit
    finally:
        gc.enable()
        gc.unfreeze()


def _prepare(fonts: Path) -> None:
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


def _typeset_calmly(sheet: Sheet) -> Typeset:
    """Typeset, then look for cycles if many objects have come together."""
    result = typeset(sheet)
    if gc.get_count()[0] > _MANY_OBJECTS:
        gc.collect()
    return result


def result_of(future: Future[Typeset]) -> Typeset:
    """Return what a worker made; raises TypesettingError with a plain sentence."""
    try:
        return future.result()
    except TimeoutError:
        code, message = "timeout", f"typesetting took longer than {DEADLINE_SECONDS:.0f} s."
        raise TypesettingError(code, message, "split its longest table.") from None
    except ProcessExpired:
        code, message = "worker-died", "the process that typeset it ended."
        raise TypesettingError(
            code, message, "build it again; close other programs if memory is short."
        ) from None
    except FieldsError as problem:
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
