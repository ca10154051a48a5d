"""cluster.py: a real scheduler and real workers; what comes back is what this machine makes."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from formgen.findings import ExitCode, InputError
from formgen.graph.task import Work
from formgen.outputs.making.typesetting import PageFacts, typeset_page
from formgen.pdf.versions import installation
from formgen.workers.cluster import cluster_at
from tests.support.dask import ROOT, scheduler, start_worker
from tests.support.pdf import text_in
from tests.support.tiny import FILES, PACKETS, write_tiny

pytestmark = pytest.mark.slow

# Workers are heard of twice a second, on a busy machine later.
SILENT_SECONDS = 4


@contextlib.contextmanager
def cluster(folder, workers, **more):
    """Give the address of a cluster with so many workers, and their processes."""
    with scheduler(folder) as address:
        processes = [start_worker(folder, address, **more) for _ in range(workers)]
        try:
            yield address, processes
        finally:
            for process in processes:
                process.kill()
                process.wait()


def command(*arguments):
    return [sys.executable, "-m", "formgen", "build", *map(str, arguments), "--no-cache", "--json"]


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def run(*arguments):
    return subprocess.run(
        command(*arguments), env=environment(), capture_output=True, text=True, timeout=120
    )


def wait_for_workers(folder, count):
    limit = time.monotonic() + 60
    while (folder / "said.txt").read_text(encoding="utf-8").count("Starting established") < count:
        assert time.monotonic() < limit
        time.sleep(0.1)


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_cluster_makes_the_same_bytes_even_if_a_worker_dies(fonts, tmp_path):
    packets = [packet for packet in PACKETS if packet != "pair"]
    for name in "abc":
        write_tiny(tmp_path / "locals" / name, {"packets": {"omit": packets}})
    here, there = tmp_path / "here", tmp_path / "there"
    assert run(tmp_path / "locals", "--out", here).returncode == 0

    with cluster(tmp_path / "dask", 2) as (address, workers):
        wait_for_workers(tmp_path / "dask", 2)
        build = subprocess.Popen(
            command(tmp_path / "locals", "--out", there, "--cluster", address),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        # The first kit is there, and others are not.
        limit = time.monotonic() + 60
        while not (there / "a" / "manifest.json").exists() and build.poll() is None:
            assert time.monotonic() < limit
            time.sleep(0.02)
        running = build.poll() is None
        workers[0].kill()
        out, err = build.communicate(timeout=100)

    assert running
    assert (build.returncode, [each["state"] for each in json.loads(out)["locals"]]) == (
        ExitCode.ALL_BUILT,
        ["built"] * 3,
    ), err
    assert files_in(there) == files_in(here)
    made = {path.partition("/")[2] for path in files_in(there)}
    assert made > {*FILES, "packets/pair.pdf", "packets/pair.fillable.pdf"}


def test_a_worker_that_freezes_loses_its_sheets_to_the_others(fonts, tmp_path):
    pages = [
        f'<!doctype html><html lang="en"><title>t</title><body>page {number}</body></html>'.encode()
        for number in range(12)
    ]
    work = Work(typeset_page, PageFacts(styles=0, assets=(), zoom=1.0))
    with cluster(tmp_path / "dask", 2) as (address, processes):
        wait_for_workers(tmp_path / "dask", 2)
        with cluster_at(address, fonts, silent_seconds=SILENT_SECONDS) as workers:
            first = workers.submit(work, {"page": pages[0]}).result(60)
            assert text_in(first.files["print"]) == "page 0"
            processes[0].send_signal(signal.SIGSTOP)
            futures = [workers.submit(work, {"page": page}) for page in pages]
            texts = [text_in(future.result(60).files["print"]) for future in futures]

    assert texts == [f"page {number}" for number in range(12)]


def test_workers_of_another_version_are_refused(fonts, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    # Another formgen: the same one with one more line.
    shutil.copytree(ROOT / "src", other / "src", ignore=shutil.ignore_patterns("__pycache__"))
    module = other / "src" / "formgen" / "pdf" / "typeset.py"
    module.write_text(module.read_text(encoding="utf-8") + "# other\n", encoding="utf-8")
    write_tiny(tmp_path / "a")
    with cluster(tmp_path / "dask", 1, PYTHONPATH=str(other / "src")) as (address, _):
        wait_for_workers(tmp_path / "dask", 1)
        said = run(tmp_path / "a", "--out", tmp_path / "out", "--cluster", address)

    assert said.returncode == ExitCode.BAD_INPUT
    assert "--cluster: error[cluster-versions]: worker tcp://127.0.0.1:" in said.stderr
    assert "would not make the same pages (formgen 0." in said.stderr
    assert not (tmp_path / "out").exists()


def test_a_formgen_without_what_a_cluster_needs_says_how_to_get_it(fonts, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(InputError) as caught, cluster_at("tcp://127.0.0.1:9", fonts):
        pass

    assert [finding.code for finding in caught.value.findings] == ["no-distributed"]


def test_workers_that_may_not_start_processes_are_refused(fonts, monkeypatch):
    class Client:
        def run(self, *_):
            return {"tcp://127.0.0.1:9": (installation(fonts), True)}

        def close(self):
            pass

    monkeypatch.setattr("formgen.workers.cluster._client", lambda *_: Client())

    with pytest.raises(InputError) as caught, cluster_at("tcp://127.0.0.1:9", fonts):
        pass

    assert [finding.code for finding in caught.value.findings] == ["cluster-daemon"]


def test_a_cluster_without_workers_and_no_cluster_at_all_are_told(fonts, tmp_path):
    write_tiny(tmp_path / "a")
    with cluster(tmp_path / "dask", 0) as (address, _):
        said = run(tmp_path / "a", "--out", tmp_path / "out", "--cluster", address)
    assert (said.returncode, "error[no-workers]" in said.stderr) == (ExitCode.BAD_INPUT, True)

    with (
        pytest.raises(InputError) as caught,
        cluster_at("tcp://127.0.0.1:9", fonts, connect_seconds=1),
    ):
        pass
    assert [finding.code for finding in caught.value.findings] == ["no-cluster"]
