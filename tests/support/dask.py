"""A Dask cluster on this machine: a scheduler and workers, each a process that can be killed."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


def start(folder: Path, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    """Start one of Dask's programs; what it says goes into a file."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "HOME": str(folder), **more}
    with (folder / "said.txt").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def start_worker(folder: Path, address: str, **more: str) -> subprocess.Popen[bytes]:
    """Start a worker with one process that typesets."""
    command = ("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1")
    options = ("--no-dashboard", "--host", "127.0.0.1", "--local-directory", str(folder))
    return start(folder, *command, *options, **more)


@contextlib.contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """Give the address of a scheduler."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "scheduler.json"
    command = ("distributed.cli.dask_scheduler", "--port", "0", "--host", "127.0.0.1")
    options = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
    process = start(folder, *command, *options, "--scheduler-file", str(file))
    try:
        limit = time.monotonic() + PATIENCE_SECONDS
        while not file.exists():
            if time.monotonic() > limit or process.poll() is not None:
                message = (folder / "said.txt").read_text(encoding="utf-8")
                raise TimeoutError(message)
            time.sleep(0.1)
        time.sleep(0.1)
        yield str(json.loads(file.read_text(encoding="utf-8"))["address"])
    finally:
        process.kill()
        process.wait()
