"""Make something once for all processes of a test run."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path

# Other processes wait this long for the one that got there first.
PATIENCE_SECONDS = 1200


def once(folder: Path, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first caller fills; everybody else waits until it is filled."""
    done = folder.with_name(f"{folder.name}.done")
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        _wait_for(done)
    else:
        problem = ""
        try:
            make(folder)
        except BaseException:
            problem = traceback.format_exc()
            raise
        finally:
            part = folder.with_name(f"{folder.name}.part")
            part.write_text(problem, encoding="utf-8")
            part.replace(done)
    problem = done.read_text(encoding="utf-8")
    if problem:
        message = f"{folder.name} could not be made by another process:\n{problem}"
        raise RuntimeError(message)
    return folder


def _wait_for(done: Path) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while not done.exists():
        if time.monotonic() > limit:
            message = f"{done} did not come"
            raise TimeoutError(message)
        time.sleep(0.05)
