"""What the machine lacks is said, and is neither a bug nor a reason to give up what can be done."""

import json
import os
import resource
import subprocess

import pytest

from formgen.findings import ExitCode
from tests.support.plainly import deprived, formgen_as_program
from tests.support.tiny import write_tiny

# Pages that are not typeset are built in no time.
WEB = ("--variant", "web")


def limited(kind, most):
    return lambda: resource.setrlimit(kind, (most, most))


LIMITS = {
    "few files": (limited(resource.RLIMIT_NOFILE, 12), "open too few files"),
    "little memory": (limited(resource.RLIMIT_AS, 60_000_000), "too little memory"),
    "too little for workers": (limited(resource.RLIMIT_AS, 200_000_000), "too little memory"),
}


@pytest.mark.parametrize(("limit", "said"), LIMITS.values(), ids=LIMITS)
def test_what_the_machine_lacks_is_said_and_is_no_bug(limit, said, tmp_path, fonts):
    local = write_tiny(tmp_path / "a")

    done = formgen_as_program(tmp_path, "build", local, before=limit)

    assert done.returncode == ExitCode.BAD_INPUT, done.stderr
    assert "error[machine]" in done.stderr
    assert said in done.stderr
    assert "bug" not in done.stderr


@pytest.mark.slow
def test_a_home_that_cannot_be_written_is_named_and_done_without(tmp_path):
    local = write_tiny(tmp_path / "a")
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir(0o555)
    temporary.mkdir()
    places = {"HOME": str(home), "XDG_CACHE_HOME": "", "TMPDIR": str(temporary)}

    for _ in range(2):
        done = formgen_as_program(
            tmp_path, "build", local, *WEB, more={**places, "FORMGEN_CACHE": ""}
        )

        assert done.returncode == ExitCode.ALL_BUILT, done.stderr
        [line] = [each for each in done.stderr.splitlines() if "warning[" in each]
        assert "home/.cache/formgen: warning[no-cache]: nothing can be kept there" in line
        assert "FORMGEN_CACHE" in line
    # The second run found what the first had kept, where nobody else can.
    [folder] = temporary.glob("formgen-*")
    assert folder.stat().st_mode & 0o077 == 0
    assert "nothing has changed" in done.stdout


def test_a_reader_who_leaves_stops_nothing(tmp_path):
    local = write_tiny(tmp_path / "a")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = formgen_as_program(
            tmp_path,
            "build",
            local,
            *WEB,
            capture_output=False,
            stdout=writing,
            stderr=subprocess.PIPE,
        )
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (ExitCode.ALL_BUILT, "")
    assert (tmp_path / "output" / "a" / "manifest.json").is_file()


def test_closed_streams_stop_nothing(tmp_path):
    local = write_tiny(tmp_path / "a")

    def close():
        deprived()
        for number in (0, 1, 2):
            os.close(number)

    done = formgen_as_program(tmp_path, "build", local, *WEB, before=close, capture_output=False)

    assert done.returncode == ExitCode.ALL_BUILT
    manifest = json.loads((tmp_path / "output" / "a" / "manifest.json").read_bytes())
    assert manifest["id"] == "a"
