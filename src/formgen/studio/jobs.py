"""Work that pages ask for: each in a process of its own, which tells how far it is."""

from __future__ import annotations

import _thread
import contextlib
import json
import queue
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool

from formgen.build.options import BuildOptions
from formgen.build.report import Progress
from formgen.people.options import PeopleOptions

Tell = Callable[[dict[str, Any]], None]
_STOP = "stop"
_PATIENCE_SECONDS = 3.0


@dataclass
class Job:
    """Some work: its process, and what it told so far."""

    process: Any
    pipe: Connection
    news: queue.Queue[dict[str, Any] | None] = field(default_factory=queue.Queue)

    def stop(self) -> None:
        """Ask it to end; what was published stays, and nothing is half-written."""
        try:
            self.pipe.send(_STOP)
        except OSError:
            return  # it has ended

    def told(self) -> Iterator[dict[str, Any]]:
        """Yield what it tells, until it ends."""
        while (news := self.news.get()) is not None:
            yield news


@dataclass
class Jobs:
    """The work on all locals; each has one at a time."""

    running: dict[Path, Job] = field(default_factory=dict)

    def begin(self, place: Path, work: Callable[..., None], *about: Any) -> Job | None:
        """Begin work on a local in a process of its own; nothing if there is some of it."""
        if self.is_running(place):
            return None
        context = get_context("spawn")
        mine, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, work, place, *about), daemon=False)
        process.start()
        theirs.close()
        job = self.running[place] = Job(process, mine)
        threading.Thread(target=_listen, args=(job,), daemon=True).start()
        return job

    def is_running(self, place: Path) -> bool:
        """Tell whether something is being made for a local."""
        return place in self.running and self.running[place].process.is_alive()

    def stop(self, place: Path) -> None:
        """Stop the work on a local, if there is some."""
        if place in self.running:
            self.running[place].stop()

    def close(self) -> None:
        """Stop all work, and wait a moment for it."""
        for job in self.running.values():
            job.stop()
        for job in self.running.values():
            job.process.join(_PATIENCE_SECONDS)
            if job.process.is_alive():
                job.process.kill()


async def lines_of(job: Job) -> AsyncIterator[str]:
    """Yield what work tells, as lines of JSON for a page."""
    told = job.told()
    while (news := await run_in_threadpool(next, told, None)) is not None:
        yield json.dumps(news) + "\n"


def _listen(job: Job) -> None:
    try:
        while True:
            job.news.put(job.pipe.recv())
    except (EOFError, OSError):
        job.news.put(None)
        job.process.join()


def _work(pipe: Connection, work: Callable[..., None], place: Path, *about: Any) -> None:
    """Do some work in this process, and tell of it through a pipe, until that is closed."""
    from formgen import api

    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Thread(target=_obey, args=(pipe,), daemon=True).start()
        work(pipe.send, place, *about)
    except KeyboardInterrupt:
        pipe.send({"stopped": True})
    except api.InputError as problem:
        pipe.send({"failed": [f"{f.message} {f.fix}" for f in problem.findings]})
    except (api.OptionError, OSError) as problem:
        pipe.send({"failed": [str(problem)]})


def build_here(tell: Tell, place: Path, options: BuildOptions) -> None:
    """Build a local; tell how far it is, and what became of it."""
    from formgen import api
    from formgen.json_output import of_build

    report = api.build([place], options, progress=_meter(tell))
    tell({"report": of_build(report), "findings": [str(each) for each in report.findings]})


def people_here(tell: Tell, place: Path, options: PeopleOptions) -> None:
    """Make documents for the people of a local; nobody is named in what is told of it."""
    from formgen import api

    roster = api.read_roster(place, skip_bad_rows=True, out=options.out)
    report = api.people(roster, options, progress=_meter(tell))
    found = [f"{each.message} {each.fix}" for each in report.findings]
    tell({"made": len(report.made), "people": len(report.people), "findings": found})


def _meter(tell: Tell) -> Progress:
    return lambda done, known, name: tell({"done": done, "known": known, "name": name})


def _obey(pipe: Connection) -> None:
    """Stop this process as Ctrl-C does when it is asked to, or when nobody is there to ask."""
    with contextlib.suppress(EOFError, OSError):
        pipe.recv()
    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main, signal.SIGINT)  # ends a wait as well
    else:  # Windows
        _thread.interrupt_main()
