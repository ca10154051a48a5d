"""Why a text is no YAML: the parser tells where it noticed, and the cause often stands before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from formgen.codes import Code
from formgen.findings import Finding, Place, brief
from formgen.sources.yaml_mistakes.lost_text import ODD_BLANKS, Lost, Mark, odd_blank, quoted
from formgen.sources.yaml_mistakes.messages import SYNTAX

# So far before the place where the parser gave up, a cause is looked for.
_FAR = 30

_INDENTED = r"(?P<lead>[ \t]*(?:- )*)"
_VALUE = re.compile(rf"{_INDENTED}(?P<key>[A-Za-z_][\w -]*:[ \t]+)?(?P<value>[\"'].*)")
_EQUALS = re.compile(rf"{_INDENTED}(?P<key>[A-Za-z_][\w-]*)[ \t]*=[ \t]*(?P<value>.*)")
_NO_SPACE = re.compile(
    rf"{_INDENTED}(?!https?:|mailto:)(?P<key>[A-Za-z_][\w-]*):[{ODD_BLANKS}]?(?P<value>[^ \t].*)"
)
_WIDE_COLON = re.compile(rf"{_INDENTED}(?P<key>[A-Za-z_][\w-]*)：[ \t]*(?P<value>.*)")
_NO_DASH = re.compile(
    rf"(?P<lead>[ \t]*)(?:-[{ODD_BLANKS}]?|[–—•·*][ {ODD_BLANKS}]*)(?P<value>[^ \t\-.].*)"
)
# What a program leaves that joins two people's changes.
_VERSIONS = re.compile(r"<{7} |={7}$|>{7} ")
_CURLY_END = re.compile(r"[^\"]*[“”„][ \t]*$")


def syntax_finding(
    problem: yaml.MarkedYAMLError, lines: Sequence[str], path: Path, first_line: int
) -> Finding:
    """Return a finding at what causes a syntax error, or else where the parser noticed it."""
    mark: Mark | None = problem.problem_mark or problem.context_mark
    context: Mark | None = problem.context_mark
    said = f"{problem.problem or ''} {problem.context or ''}"
    # What never closes is noticed at the end of the file, and mended where it starts.
    end = len(lines) - (not lines[-1])
    if context and mark and ("end of stream" in said or mark.line >= end):
        mark = context
    row, column = (mark.line, mark.column) if mark else (0, 0)
    while row > 0 and (row >= len(lines) or not lines[row].strip()):
        row -= 1
        column = len(lines[row])
    cause = _tab(lines, row) or _cause(list(lines), row, unclosed="end of stream" in said)
    if cause:
        place = Place(path, cause.row + first_line, cause.column + 1)
        return Finding(place, cause.code, cause.message, cause.fix)
    place = Place(path, row + first_line, column + 1)
    for theirs, ours, fix in SYNTAX:
        if theirs in said:
            return Finding(place, Code.YAML_SYNTAX, f"{ours}.", fix)
    message = f"this is not readable as YAML ({(problem.problem or 'syntax').strip()})."
    return Finding(place, Code.YAML_SYNTAX, message, "compare it with the lines around it.")


def _tab(lines: Sequence[str], row: int) -> Lost | None:
    for number in (row, row - 1):
        line = lines[number] if 0 <= number < len(lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            message, fix = "tab used for indentation.", "use two spaces."
            return Lost(number, 0, Code.YAML_TAB, message, fix)
    return None


def _cause(lines: list[str], row: int, *, unclosed: bool) -> Lost | None:
    """Return the nearest line, from a row upwards, that reads like a known mistake."""
    for number in range(min(row, len(lines) - 1), max(-1, row - _FAR), -1):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = (
            _versions(line, number)
            or odd_blank(lines, number)
            or _quote(line, number, unclosed=unclosed)
            or _sign(line, number)
        )
        if found:
            return found
    return None


def _versions(line: str, row: int) -> Lost | None:
    """Return the marks of two versions that a program could not join."""
    if not _VERSIONS.match(line):
        return None
    message = "two versions of this file were put together here."
    fix = "keep one of the two, and delete the lines of <<<<<<<, ======= and >>>>>>>."
    return Lost(row, 0, Code.YAML_SYNTAX, message, fix)


def _quote(line: str, row: int, *, unclosed: bool) -> Lost | None:
    """Return a quote that does not close on its line, or closes before the end of the text."""
    found = _VALUE.fullmatch(line)
    if not found:
        return None
    value, start = found["value"].rstrip(), found.start("value")
    quote = value[0]
    before = f"{found['lead'].lstrip()}{found['key'] or ''}".strip()
    closed = re.match(r'"(?:[^"\\]|\\.)*"' if quote == '"' else r"'(?:[^']|'')*'", value)
    typed = re.sub(r"[ \t]+#.*$", "", value)
    wrapped = closed is None or typed.endswith(quote)
    bare = typed.strip("\"'“”„").strip() if wrapped else typed
    write = f"write `{f'{before} {quoted(bare)}'.strip()}`."
    if closed is None:
        if unclosed or not value.endswith(","):
            bent = _CURLY_END.match(value[1:])
            what = "closes with a bent one of a word processor" if bent else "never closes"
            return Lost(row, start, Code.YAML_SYNTAX, f"the quote that opens here {what}.", write)
        return None
    rest = value[closed.end() :].strip()
    if not rest or rest.startswith(("#", ",", "]", "}", ":")):
        return None
    message = f"the quote that opens here closes before {brief(rest)}."
    return Lost(row, start, Code.YAML_SYNTAX, message, write)


def _sign(line: str, row: int) -> Lost | None:
    """Return a line whose colon or dash is another sign, or lacks its space."""
    for pattern, what in (
        (_EQUALS, "a setting is written with a colon, not with ="),
        (_WIDE_COLON, "this colon is not the one of a keyboard"),
        (_NO_SPACE, "a space is missing after the colon"),
    ):
        found = pattern.fullmatch(line)
        if found:
            value = found["value"].strip().strip('"“”„').strip()
            line_to_write = f"{found['lead'].lstrip()}{found['key']}: {quoted(value)}"
            at = found.end("key")
            return Lost(row, at, Code.YAML_SYNTAX, f"{what}.", f"write `{line_to_write}`.")
    found = _NO_DASH.fullmatch(line)
    if found and not line.lstrip().startswith("---"):
        item = f"- {quoted(found['value'].strip())}"
        message = "an item starts with a dash and a space."
        return Lost(row, found.end("lead"), Code.YAML_SYNTAX, message, f"write `{item}`.")
    return None
