"""What a build leaves behind when it is killed, interrupted, crowded out or run twice."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import formgen
from formgen.build.publish import MANIFEST, NEXT, describe, read_manifest, sha256_of, write_file
from formgen.findings import ExitCode
from formgen.folder_lock import locked
from tests.support.interrupts import interruptible
from tests.support.publishing import NAMES, names_in, publish_version, publisher, version_of
from tests.support.tiny import FILES, write_tiny

ROOT = Path(formgen.__file__).parents[2]
KILLS = 200


def environment(**more):
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path, **more}


def started(*command, **more):
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def files_in(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


# --- kill -9


@pytest.mark.slow
def test_a_kit_is_never_torn_however_often_its_build_is_killed(tmp_path):
    folder = tmp_path / "kit"
    chance = random.Random(4)  # noqa: S311
    publish_version(folder, 0)
    mine = folder / "print" / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    torn, left_parts, half_way, number = [], 0, 0, 0
    for _ in range(KILLS):
        child = publisher(folder, number)
        time.sleep(chance.uniform(0, 0.03))
        child.kill()
        child.join()

        number = int(json.loads((folder / MANIFEST).read_bytes())["number"])
        whole = {name: sha256_of(folder / name) for name in NAMES if (folder / name).exists()}
        for name, digest in whole.items():
            versions = (number, number + 1)
            if digest not in {describe(name, version_of(name, each)).sha256 for each in versions}:
                torn.append((name, number))
        left_parts += len(list(folder.rglob("*.part")))
        half_way += (folder / NEXT).exists()
    assert torn == []
    # The kills came in the middle of something, or they would show nothing.
    assert left_parts > 0
    assert half_way > 0

    publish_version(folder, number + 2)
    assert files_in(folder) == sorted([*names_in(number + 2), MANIFEST, "print/mine.txt"])
    assert all(sha256_of(folder / entry.path) == entry.sha256 for entry in read_manifest(folder))
    assert [path.name for path in tmp_path.iterdir()] == ["kit"]


# --- A full disk

FULL = """
import resource, signal, sys
from pathlib import Path
from tests.support.publishing import publish_version
# No file may grow longer than that, as on a disk without room; an error instead of a signal.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    publish_version(Path(sys.argv[1]), 3)
except OSError as problem:
    print(problem.strerror)
"""


@pytest.mark.parametrize("room", [0, 1, 100, 5000, 11_000])
def test_a_full_disk_leaves_the_old_kit_as_it_was(room, tmp_path):
    folder = tmp_path / "kit"
    publish_version(folder, 2)
    before = {name: (folder / name).read_bytes() for name in files_in(folder)}

    child = started("-c", FULL, str(folder), str(room))
    out, err = child.communicate(timeout=60)

    assert (out, err) == ("File too large\n", "")
    assert {name: (folder / name).read_bytes() for name in files_in(folder)} == before
    assert [path.name for path in tmp_path.iterdir()] == ["kit"]


def test_a_full_disk_leaves_no_empty_kit(tmp_path):
    child = started("-c", FULL, str(tmp_path / "kit"), "0")
    assert child.communicate(timeout=60) == ("File too large\n", "")

    assert list(tmp_path.iterdir()) == []


# --- Two builds


def test_two_builds_of_the_same_output_wait_for_each_other(tmp_path):
    folder = tmp_path / "kit"
    publish_version(folder, 0)
    children = [publisher(folder, number) for number in (0, 1000)]
    torn = 0
    for _ in range(20):
        with locked(folder, lambda _: None):
            entries = read_manifest(folder)
            assert entries
            torn += sum(sha256_of(folder / entry.path) != entry.sha256 for entry in entries)
            assert not list(folder.rglob("*.part"))
    for child in children:
        child.kill()
        child.join()

    assert torn == 0


def test_who_waits_for_another_build_is_told(tmp_path):
    said = []
    entered = threading.Event()

    def second():
        with locked(tmp_path / "kit", said.append):
            entered.set()

    with locked(tmp_path / "kit", said.append):
        thread = threading.Thread(target=second)
        thread.start()
        limit = time.monotonic() + 30
        while not said and time.monotonic() < limit:
            time.sleep(0.05)
        assert not entered.is_set()
    thread.join()

    assert said == [tmp_path / "kit"]
    assert entered.is_set()
    assert list(tmp_path.iterdir()) == []


def test_the_same_is_not_written_twice(tmp_path):
    write_file(tmp_path / "a.pdf", b"words")
    before = (tmp_path / "a.pdf").stat().st_mtime_ns
    write_file(tmp_path / "a.pdf", b"words")

    assert (tmp_path / "a.pdf").stat().st_mtime_ns == before


# --- Ctrl-C


@pytest.mark.slow
@pytest.mark.parametrize("moment", [1.0, 1.5, 2.5])
def test_an_interrupted_build_stops_at_once_and_leaves_everything_whole(moment, fonts, tmp_path):
    for name in "abcdef":
        write_tiny(tmp_path / "locals" / name)
    out = tmp_path / "out"
    with interruptible():
        child = started(
            *("-m", "formgen", "build", str(tmp_path / "locals"), "--out", str(out), "--no-cache"),
            start_new_session=True,
        )
    time.sleep(moment)
    # As a terminal does it: to the build and to its workers.
    os.killpg(child.pid, signal.SIGINT)
    interrupted = time.monotonic()
    _, err = child.communicate(timeout=30)

    if child.returncode == ExitCode.ALL_BUILT:
        pytest.fail("it was done before it could be interrupted")
    assert time.monotonic() - interrupted < 10
    assert (child.returncode, err.splitlines()[-1:]) == (130, ["Stopped. Nothing is half-written."])
    assert "Traceback" not in err
    for kit in out.glob("[a-f]"):
        assert all(sha256_of(kit / entry.path) == entry.sha256 for entry in read_manifest(kit))
        assert not list(kit.rglob("*.part"))
        assert set(files_in(kit)) <= {*FILES, MANIFEST}
