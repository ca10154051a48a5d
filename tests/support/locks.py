"""The lock as it is for another machine, and its wheels, fetched."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parents[2] / "requirements.txt"
# What volunteers have, by the names that wheels use: the system and machine as markers know them.
MACHINES = {
    "win_amd64": ("win32", "AMD64"),
    "macosx_13_0_x86_64": ("darwin", "x86_64"),
    "macosx_14_0_arm64": ("darwin", "arm64"),
}


def lock_for(tag: str, python: str) -> Iterator[str]:
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


def download(tag: str, python: str, entries: Iterable[str], folder: Path) -> None:
    """Fetch wheels alone, each by the hash of the lock."""
    folder.mkdir(exist_ok=True)
    (folder / "lock.txt").write_text("\n".join(entries), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "download")
    how = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--platform", tag)
    what = ("--python-version", python, "--dest", folder, "-r", folder / "lock.txt")
    done = subprocess.run([*pip, *how, *what], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
