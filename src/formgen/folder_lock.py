"""Let two that write to the same folder wait for each other: builds, or installations."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

# How long to try before the user hears that somebody else is at work there.
_PATIENCE_SECONDS = 1.0

# Called with a folder that somebody else is at work on.
Waiting = Callable[[Path], None]


def wait_silently(_folder: Path) -> None:
    """Say nothing of waiting."""


@contextlib.contextmanager
def locked(folder: Path, waiting: Waiting) -> Iterator[None]:
    """Hold a folder for this process alone; ``waiting`` is called if another one has it."""
    from filelock import FileLock, Timeout

    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside the folder: what is published holds the kit and nothing else.
    path = folder.with_name(f".formgen-{folder.name}.lock")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=_PATIENCE_SECONDS)
    except Timeout:
        waiting(folder)
        lock.acquire()
    try:
        yield
    finally:
        # Before it is let go, so that it is ours; whoever waits notices, and makes it anew.
        with contextlib.suppress(OSError):
            path.unlink()
        lock.release()
