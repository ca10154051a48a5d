"""The examples on the pages of codes, run: one that goes wrong, and one that does not.

A page has a part `## Wrong` and perhaps a part `## Right`. Each is followed in a folder of its own
by `doc_runner.py`, which says what it may hold; its commands run in this process. Besides,

- a `local.yaml` gets what each local needs and the page leaves out, below what is shown, and builds
  few documents;
- a part without commands is checked, and one without any beside `## Wrong` runs the commands there;
- `<!-- given NAME -->` puts there what no page can show (`GIVEN`), and
  `<!-- FILE in ENCODING -->` saves a file in another encoding.

A page whose finding takes more than files says so («No example»), and names the test that shows it:
`<!-- shown by tests/test_x.py::test_name -->`.
"""

from __future__ import annotations

import ast
import contextlib
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
from click.testing import CliRunner

from formgen.build.check import check_pages
from formgen.cli import program
from formgen.cli.console import finding_lines
from formgen.codes import Code
from formgen.findings import in_order
from formgen.kit import resolve
from formgen.people.roster import roster_files, roster_findings
from formgen.sources.layers import base_layer
from tests.support.doc_runner import DocRunner, masked
from tests.support.locals import findings_of, minimal_below, write
from tests.support.packs import pack_files, packed
from tests.support.tiny import EVERY
from tests.support.typefaces import give

ROOT = base_layer().folder
_PART = re.compile(r"^## (?P<title>.+)\n(?P<text>(?:(?!## ).*\n)*)", re.MULTILINE)
_COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)
_CODE = re.compile(r"(?:error|warning)\[([a-z0-9-]+)\]")
_GIVEN = re.compile(r"<!-- given (\w+) -->")
_ENCODED = re.compile(r"<!-- (\S+) in ([\w-]+) -->")
_NAME = re.compile(r"""["'\[]([a-z0-9-]+)(?=["'\]])""")
_CONSTANT = re.compile(r"\bCode\.([A-Z0-9_]+)\b")
_SHOWN_BY = re.compile(r"<!-- shown by (tests/test_\w+\.py)::(test_\w+) -->")
_NONE = "No example: "
# Documents that examples are about, or that locals are warned not to omit.
_KEPT = (
    *("mentor-application", "letter-of-understanding", "mentor-pledge", "mentor-thank-you"),
    "certificate-of-appreciation",
)
_FEW = f"{{omit: [{', '.join(str(name) for name in EVERY if name not in _KEPT)}]}}"
# Where something stands in all styles of a document changes with every line of theirs.
_IN_STYLES = re.compile(r" at \d+:\d+,")


@dataclass
class Example(DocRunner):
    """One part of a page, followed in a folder of its own."""

    # What settings decide is found before anything is composed, which takes a hundred times longer.
    composes: bool = True
    printed: list[str] = field(default_factory=list)

    def follow(self) -> str:
        """Do what the part says; return it with what was printed."""
        write(self.folder / "local.yaml", _completed(""))
        for name in _GIVEN.findall(self.page):
            GIVEN[name](self.folder)
        return super().follow()

    @property
    def codes(self) -> set[str]:
        """Return the codes of all findings that were printed."""
        return {code for text in self.printed for code in _CODE.findall(text)}

    def run(self, commands: list[str]) -> None:
        """Run some commands beside those of the page."""
        list(self._run("".join(f"$ {command}\n" for command in commands)))

    def _write(self, name: str, text: str, *, add: bool) -> None:
        if Path(name).name == "local.yaml" and not add:
            text = _completed(text)
        super()._write(name, text, add=add)
        for file, encoding in _ENCODED.findall(self.page):
            if file == name:
                (self.folder / name).write_text(text, encoding=encoding)

    def _formgen(self, _name: str, arguments: list[str]) -> str:
        with contextlib.chdir(self.folder):
            command, *rest = arguments
            if command == "check":
                said = self._check(Path.cwd().joinpath(*rest, "local.yaml"))
            else:
                result = CliRunner().invoke(program, arguments, input="y\n", prog_name="formgen")
                if result.exception and not isinstance(result.exception, SystemExit):
                    raise result.exception
                said = result.output
        self.printed.append(said)
        return said.replace(f"{self.root}/", "")

    def _check(self, local: Path) -> str:
        """Return what `formgen check` prints; where a roster is, that is what the page is about."""
        found = findings_of(local)
        if self.composes and not found:
            has_roster = roster_files(local.parent)
            found += roster_findings(local) if has_roster else check_pages(resolve(local))
        lines = list(finding_lines(in_order(found))) or ["Nothing is wrong."]
        said = click.unstyle("".join(f"{line}\n" for line in lines))
        # As if the local had been named from here.
        return said.replace(f"{Path.cwd()}", ".")


def _completed(text: str) -> str:
    """Return a `local.yaml` with what it needs below it; it builds few documents unless it says."""
    few = "" if re.search(r"^documents:", text, re.MULTILINE) else f"documents: {_FEW}\n"
    return minimal_below(text) + few


@dataclass(frozen=True)
class Page:
    """The page of a code."""

    code: Code
    text: str

    def parts(self) -> dict[str, str]:
        """Return the text below each heading."""
        return {part["title"]: part["text"] for part in _PART.finditer(self.text)}

    def problems(self, folder: Path) -> Iterator[str]:
        """Yield what the page says and is not so, with all of it done in a folder."""
        if not self.text.startswith(f"# {self.code} ({self.code.level})\n\n"):
            yield f"{self.code}: does not begin with the code and its level"
        parts = self.parts()
        if "Wrong" not in parts:
            yield from self._without_example()
            return
        if "What to do" not in parts:
            yield f"{self.code}: does not say what to do"
        wrong = Example(parts["Wrong"], folder / f"{self.code}-wrong", ROOT)
        followed = wrong.follow()
        if "$ formgen" not in parts["Wrong"]:
            yield f"{self.code}: does not show how it is found"
        if _shown(followed) != _shown(parts["Wrong"]):
            yield f"{self.code}: prints otherwise:\n{''.join(wrong.printed)}"
        if wrong.codes != {self.code}:
            found = ", ".join(sorted(wrong.codes)) or "nothing"
            yield f"{self.code}: the wrong example yields {found}"
        if "Right" in parts:
            composes = self.code not in _by_settings(wrong.folder)
            right = Example(parts["Right"], folder / f"{self.code}-right", ROOT, composes=composes)
            right.follow()
            if not right.printed:
                right.run(_COMMAND.findall(parts["Wrong"]))
            if right.codes:
                yield f"{self.code}: the right example yields {', '.join(sorted(right.codes))}"

    def _without_example(self) -> Iterator[str]:
        shown = _SHOWN_BY.search(self.text)
        if _NONE not in self.text or not shown:
            yield f"{self.code}: has no example, and no test instead"
        elif self.code not in codes_in(source_of(ROOT / shown[1], shown[2])):
            yield f"{self.code}: {shown[2]} in {shown[1]} does not show it"

    def rewritten(self, folder: Path) -> str:
        """Return the page with what its wrong example prints."""
        wrong = self.parts().get("Wrong", "")
        followed = Example(wrong, folder / f"{self.code}-again", ROOT).follow() if wrong else ""
        return self.text.replace(wrong, followed)


def _shown(text: str) -> str:
    return _IN_STYLES.sub(" at ...,", masked(text))


def _by_settings(folder: Path) -> set[str]:
    return {finding.code for finding in findings_of(folder / "local.yaml")}


def source_of(file: Path, function: str) -> str:
    """Return the source of a test with its decorators, or nothing if there is none."""
    text = file.read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
    return ""


def codes_in(source: str) -> set[str]:
    """Return the codes that a source may name: words in quotes or brackets, and constants."""
    constants = (word.lower().replace("_", "-") for word in _CONSTANT.findall(source))
    return {*_NAME.findall(source), *constants}


# --- What is given


def _pictures(folder: Path) -> None:
    """Write a logo, and pictures that are cut off, far too large, small or white."""
    logo = _png(400, 200)
    (folder / "logo.png").write_bytes(logo)
    (folder / "cut-off.png").write_bytes(logo[: len(logo) // 2])
    (folder / "huge.png").write_bytes(_png(12_000, 9000))
    (folder / "icon.png").write_bytes(_png(60, 60))
    (folder / "white.png").write_bytes(_png(400, 200, b"\xff"))


def _png(width: int, height: int, dots: bytes = b"\0") -> bytes:
    """Return a black picture, or one of other dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    row = b"\0" + dots * ((width + 7) // 8)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(row * height)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _archives(folder: Path) -> None:
    """Write archives of a small pack: two editions, and the first again with other words."""
    letter = "content/en/letters/mentor-thank-you.md"
    words = "---\nrecipient: true\n---\n"
    years = {"content/program.yaml": "archive: {years: 5}\n"}
    for name, edition, said in (
        ("ohio-2026.1", "2026.1", "Thank you."),
        ("ohio-2026.1-other", "2026.1", "Thanks."),
        ("ohio-2026.2", "2026.2", "Thank you for this year."),
    ):
        files = pack_files({"edition": edition}, {**years, letter: f"{words}{said}\n"})
        (folder / f"{name}.zip").write_bytes(packed(files))


GIVEN: dict[str, Callable[[Path], None]] = {
    "pictures": _pictures,
    "archives": _archives,
    "typefaces": lambda folder: give(folder / "fonts"),
}
