"""The pages that are made from the code and its words, and what differs from them on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.reference.code_pages import LIST, code_list
from formgen.reference.comments import commented, program_head
from formgen.reference.json_pages import schema_pages
from formgen.reference.settings import Reference, base_reference
from formgen.reference.settings_page import settings_page
from formgen.sources.layers import base_layer
from formgen.sources.paths import FIRST_LANGUAGE, settings_paths
from formgen.sources.text_files import read_text


@dataclass(frozen=True)
class Source:
    """What pages are made from: the folder of the repository, and the settings."""

    root: Path
    reference: Reference


@dataclass(frozen=True)
class Generated:
    """Some generated pages: their texts by path, and where else such a page may lie.

    A file that matches ``pattern`` and that is not made any more is to be deleted.
    """

    make: Callable[[Source], Mapping[str, str]]
    pattern: str = ""


def _program(source: Source) -> Mapping[str, str]:
    heads = (program_head(source.reference), source.reference.said.words.language_head)
    return {
        path: commented(read_text(source.root / path), head, source.reference)
        for path, head in zip(settings_paths(FIRST_LANGUAGE), heads, strict=True)
    }


def _settings(source: Source) -> Mapping[str, str]:
    return {"docs/settings.md": settings_page(source.reference)}


def _codes(_: Source) -> Mapping[str, str]:
    return {LIST: code_list()}


# To add generated pages, add a line: `formgen docs` writes them, and a test compares them.
GENERATED: tuple[Generated, ...] = (
    Generated(_program),
    Generated(_settings),
    Generated(_codes),
    Generated(lambda _: schema_pages(), "docs/json/*.schema.json"),
)


def checkout() -> Path:
    """Return the folder of the repository. Raises InputError if formgen runs without one."""
    root = base_layer().folder
    if (root / "pyproject.toml").is_file():
        return root
    message = "this formgen is installed, and its pages are made in its repository."
    fix = "run it in a copy of formgen's source."
    raise InputError([Finding(Place(root), Code.NO_CHECKOUT, message, fix)])


def stale_generated(
    root: Path, table: Sequence[Generated] = GENERATED
) -> Iterator[tuple[Path, str | None]]:
    """Yield each page that is not as it is made, with its text; None if it is not made any more."""
    source = Source(root, base_reference())
    for some in table:
        made = {root / path: text for path, text in some.make(source).items()}
        for path, text in made.items():
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                yield path, text
        for path in sorted(root.glob(some.pattern)) if some.pattern else ():
            if path not in made:
                yield path, None


def check_generated(root: Path, table: Sequence[Generated] = GENERATED) -> list[Finding]:
    """Return a finding for each page that is not as it is made."""
    message, fix = "this page is not as it is made.", "run `formgen docs`."
    return [
        Finding(Place(path), Code.STALE_PAGE, message, fix)
        for path, _ in stale_generated(root, table)
    ]


def write_generated(root: Path, table: Sequence[Generated] = GENERATED) -> list[Path]:
    """Write each page that is not as it is made; return those that were changed."""
    changed = list(stale_generated(root, table))
    for path, text in changed:
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return [path for path, _ in changed]
