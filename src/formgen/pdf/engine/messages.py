"""What WeasyPrint says in its log, and what that means for a page.

It «succeeds» whatever is missing: what it ignored, could not fetch or could not print is only
said. The sentences are those of WeasyPrint 70; tests/test_typeset.py has it say each of them.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator

from formgen.codes import Code
from formgen.findings import MOST_OF_A_KIND, brief
from formgen.pdf.sheet import Defect

# What is said of things that are not wrong with a page.
_HARMLESS = re.compile(r"^(Step \d|Using |Anchor defined twice)")
# Said of what the fetcher refused, and remembers itself.
_REFUSED = re.compile(r"^Failed to load .* is not a file of this page$", re.DOTALL)
_DRAWN = re.compile(r"Failed to render SVG image formgen:(.*)", re.DOTALL)
_NOTDEF = re.compile(r'\.notdef glyph.*?"(.*)"', re.DOTALL)


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    """Yield a list that fills with what WeasyPrint logs."""
    log = _Log()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(log)
    logger.propagate = False
    try:
        yield log.messages
    finally:
        logger.removeHandler(log)


class _Log(logging.Handler):
    """Keeps what WeasyPrint says at the level of a warning or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self.more = 0

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if _HARMLESS.match(message):
            return
        if len(self.messages) <= MOST_OF_A_KIND:
            self.messages.append(message)
        else:
            self.more += 1
        if self.more:
            self.messages[-1] = f"Ignored {self.more + 1:,} more, which are not listed"


def defect_of(message: str) -> Defect | None:
    """Return what a message says is wrong with a page, or none."""
    if _REFUSED.search(message):
        return None
    glyphs = _NOTDEF.search(message)
    if glyphs or ".notdef" in message:
        shown = glyphs[1] if glyphs else message
        said = f'no font of ours can print all of "{shown}".'
        return Defect(Code.NO_GLYPH, said, "use other letters for it.")
    if message.startswith(("Ignored", "Invalid", "Expected", "Unknown")):
        return Defect(Code.CSS, f"{message.rstrip('.')}.", "correct the style sheet.")
    drawn = _DRAWN.match(message)
    if drawn:
        said = f"the picture {brief(drawn[1])} cannot be drawn."
        return Defect(Code.IMAGE_UNREADABLE, said, "export it again as plain SVG, or as PNG.")
    if "ailed to load" in message:
        return Defect(Code.FETCH_DENIED, f"{message.rstrip('.')}.", "copy the file into assets/.")
    return Defect(Code.TYPESET, f"{message.rstrip('.')}.", "correct the template.")


def refused_file(url: str) -> Defect:
    """Return what is wrong with a page that asks for a file that is not its own."""
    message = f"{brief(url)} is not a file of the stack."
    fix = "copy the file into assets/ and name it with asset()."
    return Defect(Code.FETCH_DENIED, message, fix)


def cut_off_picture(url: str) -> Defect:
    """Return what is wrong with a page one of whose pictures lacks its end."""
    name = url.removeprefix("formgen:")
    return Defect(Code.IMAGE_TRUNCATED, f"{brief(name)} ends early.", "export it again.")
