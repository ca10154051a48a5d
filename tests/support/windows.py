"""Programs for Windows, compiled here and run by Wine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from formgen.system import TEST_PROGRAMS
from tests.support.once import once

SOURCES = Path(__file__).parents[1] / "samples" / "windows"
_PATIENCE_SECONDS = 120
# The question of what reads all of its input before it says anything.
AT_ONCE = ""


def compiled(name: str, folder: Path) -> Path:
    """Compile one of the samples; return the program."""
    program = folder / f"{name}.exe"
    folder.mkdir(parents=True, exist_ok=True)
    (compiler,) = TEST_PROGRAMS["mingw"]
    subprocess.run([compiler, "-O1", "-s", "-o", program, SOURCES / f"{name}.c"], check=True)
    return program


def windows_path(path: Path) -> str:
    """Write a path of this machine as Wine's programs see it."""
    return f"Z:{path}"


@dataclass(frozen=True)
class Wine:
    """A Windows of the tests' own."""

    prefix: Path

    def run(
        self,
        command: Sequence[str | Path],
        folder: Path,
        answers: Mapping[str, str] | None = None,
        **variables: str,
    ) -> tuple[int, str]:
        """Run a program; each answer is typed when its question is read.

        Returns the exit code, and what was printed.
        """
        environment = {
            name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WINEPATH"}
        }
        environment |= {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", **variables}
        with subprocess.Popen(
            [wine_program(), *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as running:
            said = b""
            waiting = dict(answers or {})
            if AT_ONCE in waiting:
                running.stdin.write(waiting.pop(AT_ONCE).encode())
                running.stdin.close()
            while part := os.read(running.stdout.fileno(), 4096):
                said += part
                for question in [each for each in waiting if each.encode() in said]:
                    running.stdin.write(waiting.pop(question).encode())
                    running.stdin.flush()
            if not running.stdin.closed:
                running.stdin.close()
            code = running.wait(_PATIENCE_SECONDS)
        assert waiting == {}, said
        return code, said.decode(errors="replace").replace("\r\n", "\n")


def wine_program() -> str:
    """Return the path of Wine."""
    (names,) = TEST_PROGRAMS["wine"]
    return next(filter(None, map(which, names.split("|"))))


def new_wine(folder: Path) -> Wine:
    """Return a Windows of the tests' own, made once for the whole run."""

    def make(prefix: Path) -> None:
        environment = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all"}
        environment["WINEDLLOVERRIDES"] = "mscoree,mshtml="
        command = [wine_program(), "wineboot", "--init"]
        subprocess.run(command, env=environment, check=True, capture_output=True)

    return Wine(once(folder / "wine", make))
