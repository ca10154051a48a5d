"""Measure builds of many locals, as ratios from one run.

    .venv/bin/python -m tests.benchmarks.many --locals 200 --part 6
    .venv/bin/python -m tests.benchmarks.many --locals 12 --part 4 --only workers cluster

Each build is a `formgen build` in a process of its own, on made-up locals that differ as real
ones do (tests/support/many.py). All of them are built cold once, then again with little or nothing
changed, checked, told by `status` and put on a site, and a tenth of them cold for the memory. The
other comparisons use a part of them.
A local takes about 7 s of two cores when it is built cold, so 200 take 25 minutes.

Memory is what the processes of a build have together at its highest, what they share counted
once, and apart from that what the one process has that grows with the locals: formgen's own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.model.page_format import PAPER
from formgen.pdf.engine.render import VARIANT
from formgen.pdf.fonts import font_folder, use_only
from formgen.pdf.sheet import Sheet
from tests.benchmarks.kit import bare, write_pages
from tests.support.dask import ROOT, scheduler, start_worker
from tests.support.many import (
    bind_packets,
    change_letter,
    change_letter_in_new_edition,
    change_value,
    write_state,
)

PARTS = ("rebuilds", "workers", "others", "cluster")


# Linux counts in kilobytes, macOS in bytes.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Run:
    """What a build took."""

    seconds: float
    megabytes: float
    # Of the process that reads and composes, without its workers.
    own_megabytes: float


@dataclass(frozen=True)
class State:
    """A made-up state on the disk, with a cache of its own."""

    folder: Path

    def build(
        self, *arguments: str, out: str = "out", cache: str = "cache", watched: bool = False
    ) -> Run:
        """Run `formgen build` and measure it; to watch its memory takes some of its time."""
        places = ["--quiet", "--out", str(self.folder / out)]
        return self.run("build", *arguments, *places, cache=cache, watched=watched)

    def run(self, *arguments: str, cache: str = "cache", watched: bool = False) -> Run:
        """Run a command of formgen and measure it."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "FORMGEN_CACHE": str(self.folder / cache),
        }
        font_folder(self.folder / cache)
        command = [sys.executable, "-m", "formgen", *arguments]
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, cwd=self.folder, stdout=subprocess.DEVNULL
        )
        most = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, most))
        if watched:
            watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"this failed: {' '.join(command)}")
        seconds = time.perf_counter() - started
        if watched:
            watcher.join()
        print(".", end="", file=sys.stderr, flush=True)
        return Run(seconds, most[0] / 1e6, used.ru_maxrss * _RSS_UNIT / 1e6)


def _watch(pid: int, most: list[float]) -> None:
    """Note the most memory that a process and its children have at a time."""
    while True:
        try:
            whole = psutil.Process(pid)
            family = [whole, *whole.children(recursive=True)]
            # What processes share is counted once, by parts.
            most[0] = max(most[0], sum(each.memory_full_info().pss for each in family))
            if whole.status() == psutil.STATUS_ZOMBIE:
                return
        except psutil.NoSuchProcess:
            if not psutil.pid_exists(pid):
                return
        time.sleep(1)


def main() -> None:
    """Run all comparisons and print them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--locals", type=int, default=200, dest="count")
    parser.add_argument("--part", type=int, default=6, help="locals for the other comparisons")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    asked = parser.parse_args()
    report: dict[str, float | None]
    with tempfile.TemporaryDirectory(prefix="formgen-many-") as place:
        folder = Path(place)
        state = State(folder)
        locals_ = write_state(folder / "state", asked.count)
        part = [str(local) for local in locals_[: asked.part]]
        report = {"locals": asked.count, "part": len(part), "cores": os.cpu_count()}
        if "rebuilds" in asked.only:
            report |= rebuilds(state, locals_)
        for name, compare in (("workers", workers), ("others", others), ("cluster", cluster)):
            if name in asked.only:
                report |= compare(state, part)
    print(file=sys.stderr)
    print(json.dumps(report, indent=1))


def rebuilds(state: State, locals_: Sequence[Path]) -> dict[str, float]:
    """Compare a cold build with those that follow it."""
    where = str(state.folder / "state")
    cold = state.build(where, watched=True)
    few = [str(local) for local in locals_[: max(1, len(locals_) // 10)]]
    less = state.build(*few, out="few", cache="few-cache", watched=True)
    memory = f"of {len(locals_)} locals / of {len(few)}"
    same = min(state.build(where).seconds for _ in range(2))
    kits = str(state.folder / "out")
    check, again = state.run("check", where), state.run("check", where)
    status = state.run("status", where, "--out", kits)
    site = ["site", where, "--kits", kits, "--out", str(state.folder / "site")]
    first, unchanged = state.run(*site), state.run(*site)
    change_value(locals_[-1])
    value = state.build(where).seconds
    letter = state.build(where, "--only", "mentor-thank-you", "--no-cache", out="letter").seconds
    changed = _letter_changed(state, "out")
    change_letter_in_new_edition(state.folder / "state", "2027.2")
    edition = state.build(where).seconds
    bind_packets(state.folder / "state", bound=False)
    # All documents are in the cache.
    state.build(where, out="documents")
    documents = _letter_changed(state, "documents")
    return {
        "cold: seconds": round(cold.seconds, 1),
        "cold: megabytes": round(cold.megabytes),
        "nothing changed / cold": round(same / cold.seconds, 4),
        "check / cold": round(check.seconds / cold.seconds, 4),
        "check again / check": round(again.seconds / check.seconds, 4),
        "status: seconds": round(status.seconds, 1),
        "site / cold": round(first.seconds / cold.seconds, 4),
        "site again / site": round(unchanged.seconds / first.seconds, 4),
        "one value of one local changed / cold": round(value / cold.seconds, 4),
        "one letter of the pack changed / cold": round(changed / cold.seconds, 4),
        "one letter changed and the edition raised / cold": round(edition / cold.seconds, 4),
        "the same without packets / cold": round(documents / cold.seconds, 4),
        "the letter alone, for all / cold": round(letter / cold.seconds, 4),
        f"memory {memory}": round(cold.megabytes / less.megabytes, 3),
        f"memory of formgen's own process {memory}": round(
            cold.own_megabytes / less.own_megabytes, 3
        ),
    }


def _letter_changed(state: State, out: str) -> float:
    change_letter(state.folder / "state")
    return state.build(str(state.folder / "state"), out=out).seconds


def workers(state: State, part: Sequence[str]) -> dict[str, float]:
    """Compare two workers with one."""
    one, two = (
        state.build(*part, "--jobs", jobs, "--no-cache", out=f"jobs{jobs}").seconds
        for jobs in ("1", "2")
    )
    return {"2 workers / 1": round(two / one, 3)}


def others(state: State, part: Sequence[str]) -> dict[str, float]:
    """Compare with bare WeasyPrint on the same pages, with as many processes."""
    count = os.cpu_count() or 1
    fonts = font_folder(state.folder / "cache")
    use_only(fonts)
    sheets = [sheet for local in part for sheet in _sheets(Path(local))]
    (state.folder / "pages").mkdir()
    pages = write_pages(sheets, state.folder / "pages" / "all")
    jobs = ("--jobs", str(count), "--variant", "print", "--no-cache")
    ours = state.build(*part, *jobs, out="print").seconds
    warm = _seconds(lambda: _bare_in_processes(sheets, count))
    apart = _seconds(lambda: _one_process_each(pages, count))
    return {
        "formgen / bare WeasyPrint": round(ours / warm, 3),
        "formgen / one process a document": round(ours / apart, 3),
    }


def _sheets(local: Path) -> list[Sheet]:
    composer = make_composer(resolve(local / "local.yaml"))
    made = [composer.compose(document, PAPER) for document in composer.kit.documents]
    return [Sheet(each.html, each.styles, each.assets, zoom=each.zoom) for each in made]


def _bare_in_processes(sheets: Sequence[Sheet], count: int) -> None:
    with get_context("spawn").Pool(count) as pool:
        pool.map(bare, [[sheet] for sheet in sheets], chunksize=1)


def _one_process_each(pages: Sequence[Path], count: int) -> None:
    def typeset(page: Path) -> None:
        command = [sys.executable, "-m", "weasyprint", "--pdf-variant", VARIANT]
        subprocess.run([*command, str(page), str(page.with_suffix(".pdf"))], check=True)

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(typeset, pages))


def cluster(state: State, part: Sequence[str]) -> dict[str, float]:
    """Compare two workers of a cluster with one."""
    seconds = {}
    for count in (1, 2):
        folder = state.folder / f"dask{count}"
        with scheduler(folder) as address:
            processes = [start_worker(folder, address) for _ in range(count)]
            time.sleep(10)
            try:
                # The first build brings the fonts.
                state.build(part[0], "--cluster", address, "--no-cache", out=f"warm{count}")
                run = state.build(*part, "--cluster", address, "--no-cache", out=f"dask{count}")
                seconds[count] = run.seconds
            finally:
                for process in processes:
                    process.kill()
                    process.wait()
    return {"2 Dask workers / 1": round(seconds[2] / seconds[1], 3)}


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
