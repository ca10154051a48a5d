"""What YAML would take from a text, or add to it, without a word: found before it is printed.

YAML reads ` #` as the start of a comment, joins lines, and keeps quotes that a word processor
bent. Whoever types a name means none of that.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from formgen.codes import Code
from formgen.findings import brief

if TYPE_CHECKING:
    import yaml

LOST = {Code.CUT_VALUE, Code.LOOSE_QUOTE, Code.JOINED_LINES, Code.ODD_BLANK}
# Blanks that look like a space and are none: no-break, figure, thin, ideographic.
ODD_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_COMMENT = re.compile(r"([ \t]*)(#.*)")
_TWO_SPACES = 2
_ODD_START = re.compile(rf"[ \t]*[{ODD_BLANKS}][ \t{ODD_BLANKS}]*(?=\S)")
# A line that was meant to be a value of its own, and not the end of the one above.
_OWN_LINE = re.compile(rf"(?:[-–—•·*][ \t{ODD_BLANKS}]?\S|(?!https?:|mailto:)[a-z_]+(?:\s*=|:\S))")
_KEY_LINE = re.compile(r"[ \t]*(?:- )*[A-Za-z_][\w-]*:(?:[ \t]|$)")
_DOUBLE, _SINGLE = "“”„‟", "‘’‚‛"
_ANY_QUOTE = re.compile(f"[{_DOUBLE}{_SINGLE}\"']")
_SIGNS = re.compile(f"[#{_DOUBLE}{_SINGLE}\"']")
# Two quotes where one was meant, at the start of a text or its end.
_TWICE = re.compile(r'^[“”„‟]{2}|[“”„‟"]{2}$')
# A straight quote that opens, as in: The "Best".
_OPENED = re.compile(r'(?:^|[\s(])"')
# What a backslash makes of a letter between double quotes; a quote and a backslash stay themselves,
# and who writes \\n means a new line, but behind the name of a disk.
_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*\\([^"\\/uUn\n\r ]|(?<=[A-Za-z]:\\)n)')
_SETTING_ASIDE = re.compile(r"\s*#\w+:")


class Mark(Protocol):
    """A spot in the text, as both the C parser and the Python one give it."""

    line: int
    column: int


@dataclass(frozen=True)
class Lost:
    """What would not be printed as typed: its spot, counted from 0, and what to do."""

    row: int
    column: int
    code: Code
    message: str
    fix: str


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, as the parser counts them."""
    return re.split(r"\r\n|\r|\n", text)


def quoted(text: str) -> str:
    """Write a text in quotes, so that YAML reads it back whole."""
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def suspect_rows(lines: list[str]) -> frozenset[int]:
    """Return the lines on which a text may be cut: those with a quote or a `#`.

    To search a line for each of its values would take minutes if it has very many.
    """
    return frozenset(row for row, line in enumerate(lines) if _SIGNS.search(line))


def lost_in_scalar(lines: list[str], event: yaml.ScalarEvent) -> Lost | None:
    """Return what of a text would be lost, or printed though nobody means it."""
    start, end, value = event.start_mark, event.end_mark, str(event.value)
    if start is None or end is None or event.style in {"|", ">"}:
        return None
    cut = lost_after(lines, start, end, value)
    if cut or not value:
        return cut or (None if event.style else _lost_below(lines, end))
    if event.style:
        return _closed_late(lines, start, end) or _escaped(lines, event)
    return _joined(lines, start, end) or _loose_quote(value, start)


def lost_after(
    lines: list[str], start: Mark | None, end: Mark | None, value: str | None = None
) -> Lost | None:
    """Return what stands after a value and looks like part of it: a comment too near."""
    if start is None or end is None or end.line >= len(lines):
        return None
    comment = _COMMENT.fullmatch(lines[end.line], end.column)
    written = (start.line, start.column) != (end.line, end.column)
    if not comment or not comment[1] or (written and len(comment[1]) >= _TWO_SPACES):
        return None
    typed = comment[2].rstrip()
    read, fix = "nothing is read here", "put quotes round the text"
    if written and value is None:
        read = f"only {brief(lines[end.line][: end.column].strip())} is read"
    elif written:
        read = f"only {quoted(brief(value or ''))} is read"
    if value is not None:
        line = f"{lines[start.line][: start.column].strip()} {quoted(f'{value} {typed}'.strip())}"
        fix = f"write `{line.strip()}`"
    message = f'{read}, since "{brief(typed)}" is taken for a comment.'
    aside = "two spaces before its #" if written else "a line of its own"
    fix = f"{fix}; a comment needs {aside}."
    return Lost(end.line, comment.start(2), Code.CUT_VALUE, message, fix)


def _lost_below(lines: list[str], end: Mark) -> Lost | None:
    """Return a comment on the line below an empty value that reads like the value."""
    if end.line + 1 >= len(lines):
        return None
    above, line = lines[end.line], lines[end.line + 1]
    blank = len(line) - len(line.lstrip())
    deeper = blank > len(above) - len(above.lstrip())
    if not deeper or not re.match(r"#\S", line[blank:]) or _SETTING_ASIDE.match(line):
        return None
    typed = line.strip()
    message = f'nothing is read here, since "{brief(typed)}" is taken for a comment.'
    fix = f"write `{above.strip()} {quoted(typed)}`; a comment needs a space behind its #."
    return Lost(end.line + 1, blank, Code.CUT_VALUE, message, fix)


def _escaped(lines: list[str], event: yaml.ScalarEvent) -> Lost | None:
    """Return a backslash between double quotes that makes something else of the next letter."""
    start, end = event.start_mark, event.end_mark
    if event.style != '"' or start is None or end is None or start.line != end.line:
        return None
    written = lines[start.line][start.column : end.column]
    found = _ESCAPE.search(written)
    if not found:
        return None
    doubled = written[1:-1].replace("'", "''")
    message = f"the backslash before {found[1]} means something else between double quotes."
    fix = f"write `'{doubled}'`, in single quotes."
    return Lost(start.line, start.column + found.start(1) - 1, Code.YAML_SYNTAX, message, fix)


def _closed_late(lines: list[str], start: Mark, end: Mark) -> Lost | None:
    """Return a quote that runs over the settings below it, up to the next quote."""
    first = lines[start.line]
    indent = len(first) - len(first.lstrip(" "))
    for line in lines[start.line + 1 : end.line + 1]:
        if len(line) - len(line.lstrip()) <= indent and _KEY_LINE.match(line):
            message = f"the quote that opens here closes only on line {end.line + 1}."
            fix = "write a quote at the end of the text, on its own line."
            return Lost(start.line, start.column, Code.JOINED_LINES, message, fix)
    return None


def _joined(lines: list[str], start: Mark, end: Mark) -> Lost | None:
    """Return a line that would be joined to the text above it, and was meant as a line apart."""
    for row in range(start.line + 1, min(end.line + 1, len(lines))):
        line = lines[row]
        blank = len(line) - len(line.lstrip())
        if _OWN_LINE.match(line, blank):
            message = f'"{brief(line.strip())}" would be joined to the line above it.'
            fix = "write a setting as `name: value` and an item as `- item`, below the one above."
            return Lost(row, blank, Code.JOINED_LINES, message, fix)
    return None


def _loose_quote(value: str, start: Mark) -> Lost | None:
    """Return a quote that would be printed, and was to mark where a text starts or ends."""
    # Asked of every value of a file, few of which have any.
    if not _ANY_QUOTE.search(value):
        return None
    text = value.strip()
    if not _has_loose_quote(text):
        return None
    bare = text.strip(_DOUBLE + _SINGLE + "\"'").strip()
    message = f"the quotes of {brief(text)} would be printed."
    fix = f"write `{quoted(bare)}`; to print them, `{quoted(text)}`."
    return Lost(start.line, start.column, Code.LOOSE_QUOTE, message, fix)


def _has_loose_quote(text: str) -> bool:
    doubles = sum(text.count(each) for each in _DOUBLE)
    ends = (text[0], text[-1])
    if any(each in _DOUBLE for each in ends) and (doubles % 2 or _wraps(text, _DOUBLE)):
        return True
    if _TWICE.search(text):
        return True
    if text[-1] == '"' and (text.count('"') % 2 or not _OPENED.search(text[:-1])):
        return True
    if _wraps(text, _SINGLE):
        return True
    # The apostrophe of "the drivers'" is none of these.
    return text[-1] == "'" and text[-2:-1].lower() != "s" and not re.search(r"(?:^|\s)'", text[:-1])


def _wraps(text: str, quotes: str) -> bool:
    """Tell whether a pair of bent quotes holds the whole text, and it is not what somebody says."""
    inside = text[1:-1]
    whole = len(text) > 1 and text[0] in quotes and text[-1] in quotes
    said = inside.endswith((".", "?", "!", "…")) and any(map(str.isalpha, inside))
    return whole and not said and not any(each in inside for each in quotes.replace("’", ""))


def odd_indentation(lines: list[str], key: yaml.Event) -> Lost | None:
    """Return a blank before a key that only looks like a space, as word processors write it."""
    mark = key.start_mark
    if mark is None or mark.line >= len(lines):
        return None
    return odd_blank(lines, mark.line)


def odd_blank(lines: list[str], row: int) -> Lost | None:
    """Return the blank at the start of a line that only looks like a space."""
    line = lines[row]
    if not _ODD_START.match(line):
        return None
    column = next(at for at, char in enumerate(line) if char not in " \t")
    message = f"a blank that is no space (U+{ord(line[column]):04X}) indents this line."
    fix = (
        "delete the blanks at the start of the line and type spaces; word processors write others."
    )
    return Lost(row, column, Code.ODD_BLANK, message, fix)
