"""Do work on other machines: a Dask cluster in place of the pool of processes.

Each worker of the cluster gets the fonts once and keeps a pool as `pool.py` makes it, so
that work that hangs or takes too much memory costs itself alone there as well. Files that go out
a second time are sent by their hash, once for all. If a worker dies, the scheduler gives its work
to others; one that falls silent is struck off its list, which comes to the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import pickle
import tempfile
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place, brief
from formgen.graph.interfaces import WorkError, Workers
from formgen.graph.task import Made, Work, digest_of
from formgen.pdf.fonts import font_files, write_fonts
from formgen.pdf.versions import installation
from formgen.workers.memory import MEMORY_BYTES
from formgen.workers.pool import worker_pool
from formgen.workers.problems import DEADLINE_SECONDS, problem_of

CONNECT_SECONDS = 10.0
# Work outlives the loss of so many workers.
_RETRIES = 2


class DamagedError(Exception):
    """Raised for a result that is not what the worker sent."""


@dataclass
class Typesetter:
    """What every worker of the cluster has for us: the fonts on its disk, and a pool."""

    fonts: Mapping[str, bytes]
    versions: Mapping[str, str]
    name: str
    # Another build may have brought it already.
    idempotent: bool = True
    _open: Any = field(default=None, repr=False)
    _pool: Any = field(default=None, repr=False)

    def setup(self, worker: Any) -> None:
        """Write the fonts and open the pool, with a process for each of the worker's threads."""
        self._open = contextlib.ExitStack()
        place = self._open.enter_context(tempfile.TemporaryDirectory(prefix="formgen-fonts-"))
        folder = Path(place) / self.versions["fonts"]
        write_fonts(folder, self.fonts)
        pool = worker_pool(worker.state.nthreads, folder, DEADLINE_SECONDS, MEMORY_BYTES)
        self._pool = self._open.enter_context(pool)

    def teardown(self, worker: Any) -> None:  # noqa: ARG002  (Dask hands it over)
        """Close the pool and remove the fonts."""
        self._open.close()

    async def do(self, work: Work, files: Mapping[str, bytes]) -> Made:
        """Do work in the pool, and wait for it without holding up the worker."""
        made: Made = await asyncio.wrap_future(self._pool.submit(work, files))
        return made


@contextlib.contextmanager
def cluster_at(
    address: str,
    fonts: Path,
    *,
    connect_seconds: float = CONNECT_SECONDS,
    silent_seconds: float = DEADLINE_SECONDS,
) -> Iterator[Workers]:
    """Yield the cluster of a scheduler. Raises InputError.

    A worker that says nothing for so long loses its work to the others.
    """
    client = _client(address, connect_seconds)
    try:
        versions = installation(fonts)
        _check_workers(client, address, versions)
        files = font_files(fonts)
        plugin = Typesetter(files, versions, f"formgen-{_digest(repr(sorted(versions.items())))}")
        client.register_plugin(_as_plugin(plugin), name=plugin.name)
        with _watched(client, silent_seconds):
            yield Cluster(client.get_executor(pure=False, retries=_RETRIES), client, plugin)
    finally:
        client.close()


def _client(address: str, seconds: float) -> Any:
    place = Place(Path("--cluster"))
    try:
        from distributed import Client
    except ImportError:
        message = "this formgen was installed without what a cluster needs."
        fix = 'run `pip install "formgen[cluster]"`.'
        raise InputError([Finding(place, Code.NO_DISTRIBUTED, message, fix)]) from None
    try:
        make: Any = Client
        return make(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError, TypeError) as problem:
        message = f"there is no scheduler at {brief(address)} ({brief(str(problem))})."
        fix = "start one with `dask scheduler`, and name the address that it tells."
        raise InputError([Finding(place, Code.NO_CLUSTER, message, fix)]) from None


@contextlib.contextmanager
def _watched(client: Any, seconds: float) -> Iterator[None]:
    """Strike workers off that froze, which keep their connections and would be waited for."""
    over = threading.Event()

    # Within, it goes there as code: a scheduler need not have formgen.
    async def strike_off(dask_scheduler: Any) -> None:
        heard = {address: state.last_seen for address, state in dask_scheduler.workers.items()}
        for address, moment in heard.items():
            if moment < max(heard.values()) - seconds:
                await dask_scheduler.remove_worker(address, stimulus_id="formgen-silent")

    def watch() -> None:
        while not over.wait(seconds / 4):
            # Without its scheduler a build ends by itself.
            with contextlib.suppress(Exception):
                client.run_on_scheduler(strike_off)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _as_plugin(plugin: Typesetter) -> Any:
    from distributed import WorkerPlugin

    # Dask asks for a class of its own kind, and formgen loads Dask only where it is wanted.
    kind = type("_Plugin", (Typesetter, WorkerPlugin), {})
    return kind(plugin.fonts, plugin.versions, plugin.name)


def _check_workers(client: Any, address: str, versions: Mapping[str, str]) -> None:
    """Refuse workers that would not make the same bytes, or that cannot start processes."""
    place = Place(Path("--cluster"))
    try:
        answers = client.run(_describe_worker, versions["fonts"])
    except Exception as problem:  # noqa: BLE001  (whatever a foreign worker raises)
        message = f"the workers at {brief(address)} cannot load this formgen ({problem})."
        fix = "install the same formgen there."
        raise InputError([Finding(place, Code.CLUSTER_VERSIONS, message, fix)]) from None
    if not answers:
        message = f"the scheduler at {brief(address)} has no workers."
        fix = "start some with `dask worker ADDRESS --no-nanny`."
        raise InputError([Finding(place, Code.NO_WORKERS, message, fix)])
    findings = []
    for worker, (theirs, daemonic) in sorted(answers.items()):
        differ = [name for name in versions if theirs.get(name) != versions[name]]
        if differ:
            said = "; ".join(f"{n} {versions[n]} here, {theirs.get(n)} there" for n in differ)
            message = f"worker {worker} would not make the same pages ({said})."
            findings.append(
                Finding(place, Code.CLUSTER_VERSIONS, message, "install the same versions there.")
            )
        if daemonic:
            message = f"worker {worker} may not start processes."
            fix = "start it with `dask worker ADDRESS --no-nanny`."
            findings.append(Finding(place, Code.CLUSTER_DAEMON, message, fix))
    if findings:
        raise InputError(findings)


def _describe_worker(fonts: str) -> tuple[dict[str, str], bool]:
    return installation(Path(fonts)), bool(multiprocessing.current_process().daemon)


@dataclass
class Cluster:
    """Hands work to the workers of a cluster."""

    executor: Any
    client: Any
    plugin: Typesetter
    remote: bool = True
    # Files by hash: how often they were sent, and those that the cluster has by now.
    counts: dict[str, int] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)

    def start(self) -> None:
        """Do nothing: its workers wait for work."""

    def submit(
        self, work: Work, files: Mapping[str, bytes], *, personal: bool = False
    ) -> Future[Made]:
        """Send some work."""
        if personal:
            message = "what is personal stays on this machine"
            raise ValueError(message)
        files = {**work.carried, **files}
        shared = {name: self._shared(data) for name, data in files.items()}
        parts = {name: part for name, part in shared.items() if part is not None}
        rest = {name: data for name, data in files.items() if shared[name] is None}
        facts = (
            self.plugin.name,
            dict(self.plugin.versions),
            replace(work, files={}, carried={}),
            rest,
            tuple(parts),
        )
        whole: Future[Made] = Future()

        def check(future: Future[tuple[str, bytes]]) -> None:
            try:
                digest, data = future.result()
                if digest_of(data) != digest:
                    whole.set_exception(DamagedError("a result was damaged on its way"))
                else:
                    whole.set_result(pickle.loads(data))  # noqa: S301  (Dask itself does no other)
            except BaseException as problem:  # noqa: BLE001  (as a pool would hand it on)
                whole.set_exception(problem)

        self.executor.submit(_do_there, facts, *parts.values()).add_done_callback(check)
        return whole

    def problem(self, error: BaseException) -> WorkError:
        """Say in plain words why work could not be done."""
        return problem_of(error)

    def _shared(self, data: bytes) -> Any:
        """Return what stands for a file that the cluster has; None if it was sent to nobody yet."""
        digest = digest_of(data)
        self.counts[digest] = self.counts.get(digest, 0) + 1
        if self.counts[digest] > 1 and digest not in self.sent:
            # As a task and not as data, so that it is made again if its worker dies.
            self.sent[digest] = self.client.submit(_same, data, key=f"formgen-part-{digest}")
        return self.sent.get(digest)


def _same(data: bytes) -> bytes:
    return data


async def _do_there(
    facts: tuple[str, Mapping[str, str], Work, Mapping[str, bytes], tuple[str, ...]],
    *parts: bytes,
) -> tuple[str, bytes]:
    """Do work on a worker of the cluster; return what it made and its hash."""
    from distributed import get_worker

    name, versions, work, files, names = facts
    # Workers that came later were not asked before.
    if installation(Path(versions["fonts"])) != versions:
        message = "a worker of the cluster has other versions"
        raise RuntimeError(message)
    typesetter: Any = get_worker().plugins[name]
    made = await typesetter.do(work, {**files, **dict(zip(names, parts, strict=True))})
    data = pickle.dumps(made)
    return digest_of(data), data


def _digest(data: str) -> str:
    return digest_of(data.encode())
