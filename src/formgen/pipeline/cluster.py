"""Typeset and bind on other machines: a Dask cluster in place of the pool of processes.

Each worker of the cluster gets the fonts once and keeps a pool as `workers.py` makes it, so
that a sheet that hangs or takes too much memory costs itself alone there as well. Styles and
pictures are sent once by their hash. If a worker dies, the scheduler gives its sheets to others;
one that falls silent is struck off its list, which comes to the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import multiprocessing
import tempfile
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from formgen.findings import Finding, InputError, Place, brief
from formgen.pipeline.remembered import pack, unpack
from formgen.pipeline.workers import (
    DEADLINE_SECONDS,
    MEMORY_BYTES,
    Submit,
    Work,
    worker_pool,
)
from formgen.press.fonts import font_files, write_fonts
from formgen.press.typeset import Sheet, Typeset
from formgen.press.versions import typesetter_versions

CONNECT_SECONDS = 10.0
# A sheet outlives the loss of so many workers.
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
    _submit: Any = field(default=None, repr=False)

    def setup(self, worker: Any) -> None:
        """Write the fonts and open the pool, with a process for each of the worker's threads."""
        self._open = contextlib.ExitStack()
        place = self._open.enter_context(tempfile.TemporaryDirectory(prefix="formgen-fonts-"))
        folder = Path(place) / self.versions["fonts"]
        write_fonts(folder, self.fonts)
        pool = worker_pool(worker.state.nthreads, folder, DEADLINE_SECONDS, MEMORY_BYTES)
        self._submit = self._open.enter_context(pool)

    def teardown(self, worker: Any) -> None:  # noqa: ARG002  (Dask hands it over)
        """Close the pool and remove the fonts."""
        self._open.close()

    async def make(self, work: Work) -> Typeset:
        """Typeset or bind in the pool, and wait for it without holding up the worker."""
        result: Typeset = await asyncio.wrap_future(self._submit(work))
        return result


@contextlib.contextmanager
def cluster_at(
    address: str,
    fonts: Path,
    *,
    connect_seconds: float = CONNECT_SECONDS,
    silent_seconds: float = DEADLINE_SECONDS,
) -> Iterator[Submit]:
    """Yield what submits sheets to the cluster of a scheduler. Raises InputError.

    A worker that says nothing for so long loses its sheets to the others.
    """
    client = _client(address, connect_seconds)
    try:
        versions = typesetter_versions(fonts)
        _check_workers(client, address, versions)
        files = font_files(fonts)
        plugin = Typesetter(files, versions, f"formgen-{_digest(repr(sorted(versions.items())))}")
        client.register_plugin(_as_plugin(plugin), name=plugin.name)
        with _watched(client, silent_seconds):
            yield _submitter(client, plugin)
    finally:
        client.close()


def _client(address: str, seconds: float) -> Any:
    place = Place(Path("--cluster"))
    try:
        from distributed import Client
    except ImportError:
        message = "this formgen was installed without what a cluster needs."
        fix = 'run `pip install "formgen[cluster]"`.'
        raise InputError([Finding(place, "no-distributed", message, fix)]) from None
    try:
        make: Any = Client
        return make(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError, TypeError) as problem:
        message = f"there is no scheduler at {brief(address)} ({brief(str(problem))})."
        fix = "start one with `dask scheduler`, and name the address that it tells."
        raise InputError([Finding(place, "no-cluster", message, fix)]) from None


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
        raise InputError([Finding(place, "cluster-versions", message, fix)]) from None
    if not answers:
        message = f"the scheduler at {brief(address)} has no workers."
        fix = "start some with `dask worker ADDRESS --no-nanny`."
        raise InputError([Finding(place, "no-workers", message, fix)])
    findings = []
    for worker, (theirs, daemonic) in sorted(answers.items()):
        differ = [name for name in versions if theirs.get(name) != versions[name]]
        if differ:
            told = "; ".join(f"{n} {versions[n]} here, {theirs.get(n)} there" for n in differ)
            message = f"worker {worker} would not make the same pages ({told})."
            findings.append(
                Finding(place, "cluster-versions", message, "install the same versions there.")
            )
        if daemonic:
            message = f"worker {worker} may not start processes."
            fix = "start it with `dask worker ADDRESS --no-nanny`."
            findings.append(Finding(place, "cluster-daemon", message, fix))
    if findings:
        raise InputError(findings)


def _describe_worker(fonts: str) -> tuple[dict[str, str], bool]:
    return typesetter_versions(Path(fonts)), bool(multiprocessing.current_process().daemon)


def _submitter(client: Any, plugin: Typesetter) -> Submit:
    executor = client.get_executor(pure=False, retries=_RETRIES)
    # As tasks and not as data, so that they are made again if their worker dies.
    sent: dict[str, Any] = {}

    def shared(data: bytes) -> Any:
        digest = _digest(data)
        if digest not in sent:
            sent[digest] = client.submit(_same, data, key=f"formgen-part-{digest}")
        return sent[digest]

    def submit(work: Work) -> Future[Typeset]:
        parts: list[Any] = []
        names: tuple[str, ...] = ()
        if isinstance(work, Sheet):
            parts = [shared(style.encode("utf-8", "surrogatepass")) for style in work.styles]
            parts += [shared(data) for data in work.assets.values()]
            names = tuple(work.assets)
            # What many sheets have is sent apart.
            work = replace(work, styles=(), assets={})
        whole: Future[Typeset] = Future()

        def check(future: Future[tuple[str, bytes]]) -> None:
            try:
                digest, data = future.result()
                if _digest(data) != digest:
                    whole.set_exception(DamagedError("a result was damaged on its way"))
                else:
                    whole.set_result(unpack(data))
            except BaseException as problem:  # noqa: BLE001  (as a pool would hand it on)
                whole.set_exception(problem)

        facts = (plugin.name, dict(plugin.versions), work, names)
        executor.submit(_make_there, facts, *parts).add_done_callback(check)
        return whole

    return submit


def _same(data: bytes) -> bytes:
    return data


async def _make_there(
    facts: tuple[str, Mapping[str, str], Work, tuple[str, ...]],
    *parts: bytes,
) -> tuple[str, bytes]:
    """Typeset or bind on a worker of the cluster; return the result and its hash."""
    from distributed import get_worker

    name, versions, work, names = facts
    # Workers that came later were not asked before.
    if typesetter_versions(Path(versions["fonts"])) != versions:
        message = "a worker of the cluster has other versions"
        raise RuntimeError(message)
    if isinstance(work, Sheet):
        count = len(parts) - len(names)
        styles = tuple(part.decode("utf-8", "surrogatepass") for part in parts[:count])
        work = replace(work, styles=styles, assets=dict(zip(names, parts[count:], strict=True)))
    typesetter: Any = get_worker().plugins[name]
    data = pack(await typesetter.make(work))
    return _digest(data), data


def _digest(data: bytes | str) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
