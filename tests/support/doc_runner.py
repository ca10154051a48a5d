"""A page that tells how to do something: its files are written and its commands are run.

What it may hold, beside words:

- a fenced block of `yaml`, `markdown` or `css` after a line that names a file and ends with a
  colon: the file; after "at the end of", what is added to it;
- a fenced block of `console`: lines with `$` are run, the others are what they print;
- a comment that readers do not see: `<!-- undo FILE -->` takes the last addition back,
  `<!-- replace OLD with NEW in FILE -->` changes words of a file.

Keys and hashes differ from run to run, so pages are compared without them: see `masked`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.locals import write

_BLOCK = re.compile(
    r"^```console\n(?P<console>.*?)^```$"
    r"|^(?P<how>[^\n`]*)`(?P<file>[\w./-]+\.(?:yaml|md|css))`[^`]*?:\n\n```(?:yaml|markdown|css)\n(?P<text>.*?)^```$"
    r"|^<!-- undo (?P<undo>\S+) -->$"
    r"|^<!-- replace (?P<old>.+) with (?P<new>.+) in (?P<inside>\S+) -->$",
    re.DOTALL | re.MULTILINE,
)
_VARIES = (
    (re.compile(r"ed25519:[A-Za-z0-9+/]{43}="), "ed25519:..."),
    (re.compile(r"\b[0-9a-f]{64}\b"), "..."),
    (re.compile(r"\b[0-9a-f]{16}\b"), "..."),
    (re.compile(r"[\d,]+ bytes"), "... bytes"),
    (re.compile(r"Done in .*"), "Done in ..."),
    # Where formgen's own settings stand changes with every comment in them.
    (re.compile(r"in content/program\.yaml:\d+:\d+"), "in content/program.yaml"),
)
_TYPED = "Install it? [y/N]: "


@dataclass
class DocRunner:
    """A page that is being followed, in a folder of its own."""

    page: str
    folder: Path
    # The repository: `cp` takes formgen's own words from there.
    root: Path
    before: dict[str, str] = field(default_factory=dict)

    def follow(self) -> str:
        """Do what the page says; return the page with what was printed."""
        done, at = [], 0
        for block in _BLOCK.finditer(self.page):
            console = block["console"]
            if console is not None:
                done += [self.page[at : block.start("console")], "".join(self._run(console))]
                at = block.end("console")
            elif block["file"]:
                self._write(block["file"], block["text"], add="at the end of" in block["how"])
            elif block["undo"]:
                (self.folder / block["undo"]).write_text(self.before[block["undo"]])
            else:
                file = self.folder / block["inside"]
                text = file.read_text()
                assert block["old"] in text, block[0]
                file.write_text(text.replace(block["old"], block["new"]))
        return "".join([*done, self.page[at:]])

    def _write(self, name: str, text: str, *, add: bool) -> None:
        file = self.folder / name
        for public in self.folder.glob("*.pub"):
            text = text.replace("ed25519:...", public.read_text().strip())
        self.before[name] = file.read_text() if file.exists() else ""
        write(file, f"{self.before[name]}\n{text}" if add else text)

    def _run(self, console: str) -> Iterator[str]:
        for line in re.findall(r"^\$ .*\n", console, re.MULTILINE):
            yield line
            command, *arguments = shlex.split(line[2:])
            if command == "formgen":
                yield self._formgen(arguments)
            elif command == "mkdir":
                for name in arguments[1:]:
                    (self.folder / name).mkdir(parents=True)
            elif command == "cp":
                source, target = arguments
                root = self.root if source.startswith("content/") else self.folder
                shutil.copy(root / source, self.folder / target)
            elif command == "rm":
                (self.folder / arguments[0]).unlink()
            else:
                message = f"nobody knows how to run {command}"
                raise ValueError(message)

    def _formgen(self, arguments: list[str]) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "formgen", *arguments],
            cwd=self.folder,
            env={**os.environ, "COLUMNS": "100"},
            input="y\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.stdout.replace(_TYPED, f"{_TYPED}y\n").replace(f"{self.root}/", "")


def masked(text: str) -> str:
    """Return a text without what differs from run to run."""
    for pattern, shown in _VARIES:
        text = pattern.sub(shown, text)
    return text


def commands_of(page: str) -> list[list[str]]:
    """Return the command lines of `formgen` on a page, in its blocks of `console`."""
    blocks = re.findall(r"^```console\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    lines = re.findall(r"^\$ formgen (.*)$", "\n".join(blocks), re.MULTILINE)
    return [shlex.split(line) for line in lines]
