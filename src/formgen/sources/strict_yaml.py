"""Strict YAML: texts, lists and mappings with their places, and nothing else.

Built on the parser's events, not on a loader: no tag is resolved, so `no`, `01245`
and `8:30` stay texts, and the schema decides their types. Anchors, tags, repeated
keys and deep nesting are refused, so no file can grow or execute anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from formgen.findings import Finding, InputError, Place
from formgen.sources.characters import find_bad_character, tidy
from formgen.sources.tree import Node

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# libyaml's words, and ours. The first that is contained in its message counts.
_SYNTAX = (
    (
        "mapping values are not allowed",
        '":" inside unquoted text',
        "put the value in double quotes.",
    ),
    (
        "cannot start any token",
        "a value cannot start with this character",
        "put the value in double quotes.",
    ),
    ("could not find expected ':'", "a key without a colon", "write it as `key: value`."),
    ("found unexpected end of stream", "a quote or bracket opened here never closes", "close it."),
    (
        "did not find expected ',' or ']'",
        "a list in [ ] is not closed, or lacks a comma",
        "separate the items with commas and close it with ].",
    ),
    (
        "did not find expected ',' or '}'",
        "a group in { } is not closed, or lacks a comma",
        "separate the entries with commas and close it with }.",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not belong to the list above it",
        "start it with `- `, or indent it less.",
    ),
    (
        "did not find expected key",
        "this line is indented differently from its neighbours",
        "line it up with the keys beside it; a value that starts with a quote must end with one.",
    ),
    (
        "did not find expected <document start>",
        "text after the end of the file's content",
        "indent it, or delete it.",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes means something else here",
        "use single quotes, or write \\\\ for a backslash.",
    ),
    (
        "control characters are not allowed",
        "a control character",
        "delete it and type the text again.",
    ),
    (
        "alphabetic or numeric character",
        "a value cannot start with * or &",
        "put the value in double quotes.",
    ),
    ("undefined alias", '"*" starts a reference', "put the value in double quotes."),
)


def read_yaml(path: Path, layer: str = "") -> Node:
    """Read a file strictly; raise InputError with every finding that can be told apart."""
    return parse_yaml(read_text(path), path, layer)


def read_text(path: Path) -> str:
    """Return a file's text; raise InputError if it is missing, huge or not UTF-8."""
    try:
        if not path.is_file():
            what = "is a folder or a device" if path.exists() else "does not exist"
            raise InputError(
                [Finding(Place(path), "no-file", f"{path.name} {what}.", "check the name.")]
            )
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                [
                    Finding(
                        Place(path),
                        "too-big",
                        f"{path.name} is larger than {MAX_BYTES:,} bytes.",
                        "split it, or move pictures out of it.",
                    )
                ]
            )
        raw = path.read_bytes()
    except OSError as problem:
        message = f"{path.name} cannot be read: {problem.strerror}."
        raise InputError(
            [Finding(Place(path), "no-file", message, "check its permissions.")]
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = raw[: problem.start]
        place = Place(path, before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
        message = f"byte 0x{raw[problem.start]:02X} is not UTF-8."
        raise InputError([Finding(place, "not-utf8", message, "save the file as UTF-8.")]) from None


def parse_yaml(text: str, path: Path, layer: str = "", first_line: int = 1) -> Node:
    """Parse a YAML text whose first line is line ``first_line`` of ``path``.

    Raises InputError. An empty text is an empty mapping.
    """
    builder = _Builder(path, layer, first_line)
    try:
        node = builder.document(iter(yaml.parse(text, Loader=_Parser)))
    except yaml.MarkedYAMLError as problem:
        builder.findings.append(_syntax_finding(problem, text, builder))
        raise InputError(builder.findings) from None
    except yaml.reader.ReaderError as problem:
        builder.findings.append(_reader_finding(problem, text, builder))
        raise InputError(builder.findings) from None
    if builder.findings:
        raise InputError(builder.findings)
    return node


def _syntax_finding(problem: yaml.MarkedYAMLError, text: str, builder: _Builder) -> Finding:
    mark = problem.problem_mark or problem.context_mark
    said = f"{problem.problem or ''} {problem.context or ''}"
    if "end of stream" in said and problem.context_mark:
        mark = problem.context_mark
    place = builder.place(mark)
    lines = text.splitlines()
    row = mark.line if mark else 0
    for number in (row, row - 1):
        line = lines[number] if 0 <= number < len(lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            spot = replace(place, line=place.line + number - row, column=1)
            return Finding(spot, "yaml-tab", "tab used for indentation.", "use two spaces.")
    for theirs, ours, fix in _SYNTAX:
        if theirs in said:
            return Finding(place, "yaml-syntax", f"{ours}.", fix)
    message = f"this is not readable as YAML ({(problem.problem or 'syntax').strip()})."
    return Finding(place, "yaml-syntax", message, "compare it with the lines around it.")


def _reader_finding(problem: yaml.reader.ReaderError, text: str, builder: _Builder) -> Finding:
    bad = find_bad_character(text)
    offset = bad.offset if bad else 0
    before = text[:offset]
    line = before.count("\n") + builder.first_line
    place = Place(builder.path, line, offset - (before.rfind("\n") + 1) + 1)
    message = f"{bad or problem.reason}."
    return Finding(place, "control-char", message, "retype the value.")


@dataclass
class _Builder:
    """Turns parser events into nodes, and gathers findings on the way."""

    path: Path
    layer: str
    first_line: int

    def __post_init__(self) -> None:
        self.findings: list[Finding] = []

    def place(self, mark: yaml.Mark | None) -> Place:
        if mark is None:
            return Place(self.path)
        return Place(self.path, mark.line + self.first_line, mark.column + 1)

    def refuse(self, mark: yaml.Mark | None, code: str, message: str, fix: str) -> None:
        self.findings.append(Finding(self.place(mark), code, message, fix))

    def document(self, events: Iterator[yaml.Event]) -> Node:
        node = Node({}, Place(self.path, self.first_line, 1), layer=self.layer)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(
                        event.start_mark,
                        "yaml-documents",
                        "a second document starts here.",
                        "delete the line `---` and what follows, or merge the two.",
                    )
                    break
            elif isinstance(event, yaml.NodeEvent):
                node = self.node(event, events, 1)
        return replace(node, value={}) if node.value is None else node

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        place = self.place(event.start_mark)
        if depth > MAX_DEPTH:
            self.refuse(
                event.start_mark,
                "too-deep",
                f"nested more than {MAX_DEPTH} levels.",
                "flatten the list.",
            )
            raise InputError(self.findings)
        self.check_decorations(event)
        if isinstance(event, yaml.ScalarEvent):
            return Node(self.scalar(event), place, layer=self.layer)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self.sequence(events, depth), place, layer=self.layer)
        if isinstance(event, yaml.MappingStartEvent):
            return Node(self.mapping(events, depth), place, layer=self.layer)
        return Node(None, place, layer=self.layer)

    def check_decorations(self, event: yaml.Event) -> None:
        anchor = getattr(event, "anchor", None)
        if anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.refuse(
                event.start_mark,
                "yaml-anchor",
                f'"{sign}{anchor}" is not supported.',
                "write the value out.",
            )
        tag = getattr(event, "tag", None)
        if tag:
            shown = str(tag).replace("tag:yaml.org,2002:", "!!")
            self.refuse(event.start_mark, "yaml-tag", f'"{shown}" is not supported.', "remove it.")

    def scalar(self, event: yaml.ScalarEvent) -> str | None:
        text = str(event.value)
        bad = find_bad_character(text)
        if bad:
            code = "control-char"
            place = self.place(event.start_mark)
            single = event.start_mark.line == event.end_mark.line and not event.style
            spot = replace(place, column=place.column + bad.offset) if single else place
            self.findings.append(Finding(spot, code, f"{bad}.", "retype the value."))
        left_empty = not text and not event.style
        return None if left_empty else tidy(text)

    def sequence(self, events: Iterator[yaml.Event], depth: int) -> list[Node]:
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, events, depth + 1))
        return items

    def mapping(self, events: Iterator[yaml.Event], depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key.value, str):
                self.refuse(
                    event.start_mark,
                    "yaml-key",
                    "a key must be a plain word.",
                    "put a value that starts with { or [ in double quotes.",
                )
            elif key.value in entries:
                first = entries[key.value].key_place
                line = first.line if first else 0
                self.refuse(
                    event.start_mark,
                    "duplicate-key",
                    f'"{key.value}" is set twice (first on line {line}).',
                    "delete one.",
                )
            else:
                entries[key.value] = replace(value, key_place=key.place)
        return entries
