"""Ctrl-C: remembered, since not everything that it interrupts lets it through.

A KeyboardInterrupt that is raised while a library is loaded may come out as that library's own
error, and one that is raised while an object is cleared away is dropped by Python.
"""

from __future__ import annotations

import _thread
import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any, NoReturn

_AGAIN_SECONDS = 0.02


@contextlib.contextmanager
def remembered_interrupts() -> Iterator[list[int]]:
    """Yield a list that fills with interruptions; one that Python drops is raised again."""
    interrupts: list[int] = []

    def interrupt(number: int, _frame: object) -> NoReturn:
        interrupts.append(number)
        raise KeyboardInterrupt

    def dropped(problem: Any) -> None:
        if problem.exc_type is KeyboardInterrupt:
            threading.Timer(_AGAIN_SECONDS, _interrupt_again).start()
        else:
            hook(problem)

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield interrupts  # whoever started this has other plans for it
        return
    hook = sys.unraisablehook
    signal.signal(signal.SIGINT, interrupt)
    sys.unraisablehook = dropped
    try:
        yield interrupts
    finally:
        sys.unraisablehook = hook
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _interrupt_again() -> None:
    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main, signal.SIGINT)  # ends a wait as well
    else:  # Windows
        _thread.interrupt_main()
