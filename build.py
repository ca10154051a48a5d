"""Set formgen up on first use, then hand over to it.

    python3 build.py              build every local in content/locals into output/
    python3 build.py ARGS         the same as "formgen ARGS", in the folder where you are
    python3 build.py test [ARGS]  linter, type checker and tests; ARGS go to pytest
    .venv/bin/formgen ARGS        afterwards, from any folder (.venv/Scripts/formgen on Windows)

All it needs is Python 3.11 or newer. The set-up makes the folder .venv beside this file,
installs the pinned packages into it, and sees to it that the machine has Pango and HarfBuzz:
on Windows and macOS they are among those packages, as root on Debian and Ubuntu it installs
what is missing, elsewhere it stops and names the command that does. A stamp in .venv remembers
what was installed. While that is what the lock says, a run starts neither pip nor anything else,
and needs no network. formgen itself is not installed: .venv points at src/ by a relative path,
so that the whole folder can be moved.

The exit code is formgen's own (0 to 5), or 2 if the set-up could not be finished. With "test"
it is 0 only if every check passed and at least one test ran.
"""

import sys

OLDEST_PYTHON = (3, 11)
NOT_READY = 2


def old_python_message(major: int, minor: int) -> str:
    """Say what to do about a Python that is too old."""
    return (
        f"formgen needs Python 3.11 or newer, and this is Python {major}.{minor}. "
        "Get a newer one from your system's packages or from https://www.python.org/downloads/ "
        "and start build.py with it, for instance: python3.11 build.py"
    )


# An old Python reads the whole file but runs it only down to here, so that it can say the
# sentence above. Hence no syntax below that Python 3.6 cannot read.
if sys.version_info < OLDEST_PYTHON:
    print(old_python_message(*sys.version_info[:2]), file=sys.stderr)
    sys.exit(NOT_READY)

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sysconfig
from collections.abc import Sequence
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "src"))

from formgen.system import (
    BUNDLES,
    TEST_PROGRAMS,
    bundle_news,
    find_manager,
    how_to_install,
    loads,
    missing_libraries,
)

LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-test.txt"  # all of LOCK, and the test tools
WINDOWS = os.name == "nt"
# Windows takes paths of 259 characters, and those of the packages have up to 138 below here.
LONGEST_ROOT = 120
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
# -P: what happens to lie in the user's folder is not importable.
RUN = "-P -X utf8 -m formgen"
PYTHON_TAG = EXTENSION_SUFFIXES[0]  # the kind of Python that binary packages are made for
STAMP = VENV / "formgen-stamp"
PIP = ("-m", "pip", "--disable-pip-version-check", "-qq", "install")
NODE_LOCK = ROOT / "tests" / "tools" / "package-lock.json"
NODE_STAMP = NODE_LOCK.parent / "node_modules" / "formgen-stamp"
# Other programs that fill in forms need other versions of what formgen needs too.
FILLERS_LOCK = ROOT / "tests" / "tools" / "requirements.txt"
FILLERS = VENV / "fillers"
FILLERS_STAMP = FILLERS / "formgen-stamp"

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "-n", "auto"),  # last, so that its count closes the output
)


class NotReadyError(Exception):
    """The set-up cannot go on; the message says what to do."""


def say(text: str) -> None:
    """Tell the user what goes on, apart from the output that scripts read."""
    print(text, file=sys.stderr, flush=True)


# --- What the operating system brings, and who installs it --------------------------------


def missing_needs(system: str, *, tests: bool) -> list[str]:
    """List what the system still has to bring, by the keys of ``NAMES``."""
    here = {
        # Where they are among the packages, pip brings them later.
        "pango": system in BUNDLES or not missing_libraries(system),
        "venv": STAMP.exists() or importlib.util.find_spec("ensurepip") is not None,
    }
    if tests:
        here["libatomic"] = system != "Linux" or loads("libatomic.so.1")
        for need, programs in TEST_PROGRAMS.items():
            here[need] = all(any(map(shutil.which, names.split("|"))) for names in programs)
    return [need for need, found in here.items() if not found]


def apt_install(packages: list[str]) -> None:
    """Install packages on Debian or Ubuntu, as root; what apt-get says is shown if it fails."""
    say(f"Installing system packages, once: {' '.join(packages)}")
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ([*apt, "update"], [*apt, "install", "--no-install-recommends", *packages]):
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        if done.returncode:
            said = (done.stdout[-2000:] + done.stderr).decode(errors="replace")
            say(f"{' '.join(command)} failed:\n{said}")


def ensure_system(*, tests: bool) -> None:
    """See to it that the system has what is needed, or stop and say how to get it."""
    system = platform.system()
    missing = missing_needs(system, tests=tests)
    if not missing:
        return
    manager = find_manager(system)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root and manager and "apt-get" in manager.install:
        apt_install([name for need in missing for name in getattr(manager, need).split()])
        missing = missing_needs(system, tests=tests)
    if missing:
        raise NotReadyError(how_to_install(manager, missing, "start build.py", root=root))


# --- .venv, and the tools that npm brings -------------------------------------------------


def stamp_for(lock: Path) -> str:
    """Write the stamp of a finished set-up: the Python it was made with, and its lock."""
    return f"{PYTHON_TAG}\n{hashlib.sha256(lock.read_bytes()).hexdigest()}\n"


def read_stamp(stamp: Path) -> str:
    """Read a stamp; empty if there is none."""
    try:
        return stamp.read_text(encoding="utf-8")
    except OSError:
        return ""


def ensure_venv(lock: Path, *, enough: Sequence[Path]) -> None:
    """Make .venv hold what ``lock`` pins; a stamp for any lock in ``enough`` says that it does.

    A finished .venv is brought up to date. One that another Python made, or that an
    interrupted set-up left without its stamp, is made anew.
    """
    stamp = read_stamp(STAMP) if PYTHON.is_file() else ""
    if stamp in map(stamp_for, enough):
        return
    if WINDOWS and sysconfig.get_platform() != "win-amd64":
        raise NotReadyError(
            "This Python is not the one for 64-bit Windows (x86-64), and parts of formgen are made "
            "for no other. Get that one from https://www.python.org/downloads/windows/, also on a "
            "computer with an ARM processor, and start formgen with it."
        )
    if WINDOWS and len(str(ROOT)) > LONGEST_ROOT:
        raise NotReadyError(
            f"The folder of formgen lies too deep for Windows, which takes no more than "
            f"{LONGEST_ROOT} characters here: {ROOT}\n"
            "Move the whole folder to a place with a shorter path, for instance your Documents."
        )
    STAMP.unlink(missing_ok=True)
    if not stamp.startswith(PYTHON_TAG + "\n"):
        say("Making the folder .venv, once")
        python = getattr(sys, "_base_executable", sys.executable)  # not the one in .venv
        run([python, "-m", "venv", "--clear", VENV])
    say(f"Installing the Python packages in {lock.name}, once (about a minute)")
    news = bundle_news(platform.system())
    if news:
        say(news)
    run([PYTHON, *PIP, "--require-hashes", "-r", lock])
    point_at_source()
    STAMP.write_text(stamp_for(lock), encoding="utf-8")


def point_at_source() -> None:
    """Let the Python of .venv import formgen from src/, wherever the whole folder stands."""
    packages = sysconfig.get_path("purelib", "venv", {"base": str(VENV)})
    path = os.path.relpath(ROOT / "src", packages)
    Path(packages, "formgen.pth").write_text(path + "\n", encoding="utf-8")


def ensure_command() -> None:
    """Leave a command beside the Python of .venv, which finds it wherever the folder is moved."""
    command = PYTHON.with_name("formgen.cmd" if WINDOWS else "formgen")
    if WINDOWS:
        text = f'@"%~dp0python.exe" {RUN} %*\r\n'
    else:
        text = f'#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" {RUN} "$@"\n'
    if not command.exists():
        command.write_text(text, encoding="utf-8", newline="")
        command.chmod(0o755)


def ensure_node_tools() -> None:
    """Install the checkers of web pages, and the readers of PDFs, that the tests use."""
    digest = hashlib.sha256(NODE_LOCK.read_bytes()).hexdigest()
    if read_stamp(NODE_STAMP) == digest:
        return
    say("Installing the checkers of web pages (npm), once")
    npm = shutil.which("npm") or "npm"
    run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], NODE_LOCK.parent)
    NODE_STAMP.write_text(digest, encoding="utf-8")


def ensure_fillers() -> None:
    """Install the programs that fill in and sign forms in the tests, in a place of their own."""
    wanted = stamp_for(FILLERS_LOCK)
    if read_stamp(FILLERS_STAMP) == wanted:
        return
    say("Installing the programs that fill in forms, once")
    run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", "--clear", FILLERS])
    python = FILLERS / PYTHON.relative_to(VENV)
    run([python, *PIP, "--require-hashes", "-r", FILLERS_LOCK])
    FILLERS_STAMP.write_text(wanted, encoding="utf-8")


def run(command: Sequence[str | Path], folder: Path = ROOT) -> None:
    """Run one step of the set-up; its failure ends the set-up."""
    environment = os.environ | {"PIP_USER": "0"}  # a user's pip.conf may say otherwise
    if subprocess.run(command, cwd=folder, env=environment, check=False).returncode:
        shown = " ".join(map(str, command))
        raise NotReadyError(
            f"The set-up stopped at: {shown}\nWhat went wrong stands above. With the network "
            "there and room on the disk, start build.py again: it mends what is half-done."
        )


# --- The three ways to start --------------------------------------------------------------


def build_arguments() -> list[str]:
    """Write the arguments that build every local in content/locals into output/."""
    base = Path() if Path.cwd() == ROOT else ROOT
    locals_ = sorted(file.parent for file in base.glob("content/locals/*/local.yaml"))
    if not locals_:
        raise NotReadyError(
            "There is no local in content/locals yet. Make one with: "
            "python3 build.py new content/locals/NAME"
        )
    return ["build", *map(str, locals_), "--out", str(base / "output")]


def hand_over(arguments: Sequence[str]) -> int:
    """Become formgen, in the folder where the user is."""
    python = str(PYTHON)
    command = [python, *RUN.split(), *arguments]
    # What formgen prints of itself can be typed again.
    typed = sys.orig_argv[: len(sys.orig_argv) - len(sys.argv) + 1]
    os.environ["FORMGEN_COMMAND"] = " ".join(typed)
    if os.name == "posix":
        os.execv(python, command)  # noqa: S606 - no shell is wanted
    return subprocess.run(command, check=False).returncode


def run_checks(arguments: Sequence[str]) -> int:
    """Run every check, pytest with the arguments; each that fails is named at the end."""
    failed = []
    for check in CHECKS:
        extra = arguments if check[0] == "pytest" else ()
        say(f"== {' '.join([*check, *extra])}")
        command = [PYTHON, "-X", "utf8", "-m", *check, *extra]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(" ".join(check))
    if failed:
        say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def main(arguments: Sequence[str]) -> int:
    """Set up what is missing, then do what was asked."""
    try:
        tests = arguments[:1] == ["test"]
        ensure_system(tests=tests)
        if not tests:
            ensure_venv(LOCK, enough=[LOCK, TEST_LOCK])
            ensure_command()
            return hand_over(arguments or build_arguments())
        ensure_venv(TEST_LOCK, enough=[TEST_LOCK])
        ensure_command()
        ensure_node_tools()
        ensure_fillers()
        return run_checks(arguments[1:])
    except NotReadyError as problem:
        say(str(problem))
        return NOT_READY
    except KeyboardInterrupt:
        say("Stopped. The next run mends what is half-done.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
