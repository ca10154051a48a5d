"""What rendering may take: so much time, and texts of such a length."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import NoReturn

# Of the processor's time; the manual in all its formats takes a tenth of it on an old machine.
SECONDS = 20.0
# A text of the words; the longest manual has a tenth of it.
MOST_LETTERS = 1_000_000
# A whole page of HTML.
MOST_ON_A_PAGE = 20_000_000


class TooSlowError(Exception):
    """Raised wherever the work is when its time is over."""

    def __init__(self, seconds: float) -> None:
        """Keep how long it had."""
        super().__init__(seconds)
        self.seconds = seconds


@contextlib.contextmanager
def limited_time(seconds: float = SECONDS) -> Iterator[None]:
    """Give what happens meanwhile so much time, where the platform can.

    Elsewhere, a worker's own limit ends it. What is inside of another has the time of that.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not is_main or any(_remaining()):
        yield
        return

    def end(_number: int, _frame: object) -> NoReturn:
        raise TooSlowError(seconds)

    before = signal.signal(signal.SIGVTALRM, end)
    # Again and again: what is slow may be one of several things to do.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _remaining() -> tuple[float, float]:
    return signal.getitimer(signal.ITIMER_VIRTUAL)
