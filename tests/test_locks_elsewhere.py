"""The locks, and the libraries in them, on systems that the tests do not run on."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
# What volunteers have, by the names that wheels use: the system and machine as markers know them.
MACHINES = {
    "win_amd64": ("win32", "AMD64"),
    "macosx_13_0_x86_64": ("darwin", "x86_64"),
    "macosx_14_0_arm64": ("darwin", "arm64"),
}

pytestmark = pytest.mark.slow


def lock_for(tag, python):
    """Return the lock's entries for a machine; pip alone would ask the markers about this one."""
    system, machine = MACHINES[tag]
    there = {
        "sys_platform": system,
        "platform_machine": machine,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "platform_python_implementation": "CPython",
    }
    text = re.sub(r"^\s*#.*\n", "", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for entry in re.split(r"\n(?=\S)", text.strip()):
        first, rest = entry.split("\\", 1)
        requirement = Requirement(first.strip())
        if requirement.marker is None or requirement.marker.evaluate(there):
            yield f"{first.partition(';')[0].strip()} \\{rest}"


def download(tag, python, entries, folder):
    """Fetch wheels alone, each by the hash of the lock."""
    folder.mkdir(exist_ok=True)
    (folder / "lock.txt").write_text("\n".join(entries), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "download")
    how = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--platform", tag)
    what = ("--python-version", python, "--dest", folder, "-r", folder / "lock.txt")
    done = subprocess.run([*pip, *how, *what], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("tag", MACHINES)
def test_every_package_has_a_wheel_for_the_machines_of_volunteers(tag, tmp_path):
    entries = list(lock_for(tag, "3.13"))

    download(tag, "3.13", entries, tmp_path / "wheels")

    assert len(list((tmp_path / "wheels").glob("*.whl"))) == len(entries)
    names = {entry.partition("==")[0] for entry in entries}
    assert {"gstreamer-libs", "pikepdf", "cryptography", "weasyprint"} <= names
