"""A page that tells how to do something: its files are written and its commands are run.

What it may hold, beside words:

- a fenced block after a line that names a file and ends with a colon: the file; after "at the end
  of", what is added to it;
- a fenced block of `console`: lines with `$` are run, the others are what they print; `...` on a
  line of its own stands for whatever else is printed there;
- a comment that readers do not see: `<!-- undo FILE -->` takes the last addition back,
  `<!-- replace OLD with NEW in FILE -->` changes words of a file, and
  `<!-- answer A | B -->` is what the next command is answered, a line each.

Keys, hashes and days differ from run to run, so pages are compared without them: see `masked`.
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
    r"|^(?P<how>[^\n`]*)`(?P<file>[\w./-]+\.\w+)`[^`]*?:\n\n```(?!console)\w+\n(?P<text>.*?)^```$"
    r"|^<!-- undo (?P<undo>\S+) -->$"
    r"|^<!-- replace (?P<old>[^\n]+) with (?P<new>[^\n]+) in (?P<inside>\S+) -->$"
    r"|^<!-- answer (?P<answers>[^\n]+) -->$",
    re.DOTALL | re.MULTILINE,
)
_VARIES = (
    (re.compile(r"ed25519:[A-Za-z0-9+/]{43}="), "ed25519:..."),
    (re.compile(r"\b[0-9a-f]{64}\b"), "..."),
    (re.compile(r"\b[0-9a-f]{16}\b"), "..."),
    # The ids of people are made with a key that is random.
    (re.compile(r"^( +row \d+ +)\w{8}$", re.MULTILINE), r"\1..."),
    (re.compile(r"[\d,]+ bytes"), "... bytes"),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), "..."),
    (re.compile(r"Done in .*"), "Done in ..."),
    # Where formgen's own settings stand changes with every comment in them.
    (re.compile(r"in content/program\.yaml:\d+:\d+"), "in content/program.yaml"),
)
_ASKED = "Install it? [y/N]: "
_YES = "y\n"
# A line that stands for others.
_CUT = "...\n"
_COMMAND = re.compile(r"^\$ (?P<name>formgen|python3 build\.py) (?P<words>.*)$", re.MULTILINE)


@dataclass
class DocRunner:
    """A page that is being followed, in a folder of its own."""

    page: str
    folder: Path
    # The repository: `cp` takes formgen's own words from there.
    root: Path
    before: dict[str, str] = field(default_factory=dict)
    # What the next command reads.
    answers: str = _YES

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
            elif block["answers"]:
                self.answers = "".join(f"{each.strip()}\n" for each in block["answers"].split("|"))
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
        for line, shown in re.findall(r"^(\$ .*\n)((?:(?!\$ ).*\n)*)", console, re.MULTILINE):
            yield line
            typed = _COMMAND.match(line)
            if typed:
                printed = self._formgen(typed["name"], shlex.split(typed["words"]))
                yield shown if _CUT in shown and _is_cut_from(shown, printed) else printed
            else:
                self._change_files(*shlex.split(line[2:]))

    def _change_files(self, command: str, *arguments: str) -> None:
        if command == "mkdir":
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

    def _formgen(self, name: str, arguments: list[str]) -> str:
        answers, self.answers = self.answers, _YES
        done = subprocess.run(
            [sys.executable, "-m", "formgen", *arguments],
            cwd=self.folder,
            env={**os.environ, "COLUMNS": "100", "FORMGEN_COMMAND": name},
            input=answers,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.stdout.replace(_ASKED, f"{_ASKED}{_YES}").replace(f"{self.root}/", "")


def _is_cut_from(shown: str, printed: str) -> bool:
    """Tell whether what is shown is what was printed, with lines left out where it says so."""
    parts = (re.escape(masked(part)) for part in shown.split(_CUT))
    return bool(re.fullmatch(".*".join(parts), masked(printed), re.DOTALL))


def masked(text: str) -> str:
    """Return a text without what differs from run to run."""
    for pattern, instead in _VARIES:
        text = pattern.sub(instead, text)
    return text


def commands_of(page: str) -> list[list[str]]:
    """Return the command lines of formgen on a page, in its blocks of `console`."""
    blocks = re.findall(r"^```console\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    found = _COMMAND.finditer("\n".join(blocks))
    return [shlex.split(each["words"]) for each in found]
