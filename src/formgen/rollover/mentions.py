"""Find what a local wrote itself that still names last year: words that no setting moves on."""

from __future__ import annotations

from collections.abc import Iterator

from formgen.findings import InputError, Place
from formgen.kit import Kit
from formgen.rollover.questions import questions
from formgen.rollover.year import SchoolYear, moved_years
from formgen.sources.paths import CONTENT, OWN_FILES
from formgen.sources.text_files import read_text
from formgen.sources.tree import Node, leaves

_WORDS = (".md", ".yaml")


def mentions(kit: Kit, own: Node, old: SchoolYear, new: SchoolYear) -> Iterator[Place]:
    """Yield each place where a local's settings or its own files of words name the old year.

    What is asked for anew is not among them.
    """
    asked = {question.path for question in questions(own, old, new)}
    for path, leaf in leaves(own):
        if path not in asked and _names(str(leaf.value), old, new):
            yield leaf.place
    folder = kit.stack.local.folder
    for file in sorted(folder.glob(f"{CONTENT}/**/*")):
        ours = file.suffix in _WORDS and file != folder / OWN_FILES
        if ours and file.is_file() and not file.is_symlink():
            try:
                lines = read_text(file).splitlines()
            except InputError:  # no document is made of it, or the check would have told
                continue
            for number, line in enumerate(lines, 1):
                if _names(line, old, new):
                    yield Place(file, number, 1)


def _names(text: str, old: SchoolYear, new: SchoolYear) -> bool:
    """Tell whether a text names a year that the old school year is in."""
    return moved_years(text, old, new) != text
