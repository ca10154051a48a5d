"""Strict YAML: texts, lists and mappings with their places, and nothing else.

Built on the parser's events, not on a loader: no tag is resolved, so `no`, `01245`
and `8:30` stay texts, and the schema decides their types. Anchors, tags, repeated
keys and deep nesting are refused, so no file can grow or execute anything.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import yaml

from formgen.codes import Code
from formgen.findings import MOST_OF_A_KIND, Finding, InputError, Place, brief, more_like
from formgen.sources.characters import BadCharacter, find_bad_character, tidy
from formgen.sources.files import File
from formgen.sources.text_files import read_text
from formgen.sources.tree import Node
from formgen.sources.yaml_mistakes.causes import syntax_finding
from formgen.sources.yaml_mistakes.lost_text import (
    LOST,
    Lost,
    lines_of,
    lost_after,
    lost_in_scalar,
    odd_indentation,
    suspect_rows,
)

MAX_DEPTH = 40
# To count on takes as long as to read a whole file of nothing else.
_MOST_COUNTED = 60_000
# The parser takes these for the end of a line, and editors do not.
_STRANGE_BREAKS = re.compile("[\x85\u2028\u2029]")


class _Mark(Protocol):
    """A spot in the text, as both the C parser and the Python one give it."""

    line: int
    column: int


_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(file: Path | File, layer: str = "") -> Node:
    """Read a file strictly; raise InputError with every finding that can be told apart."""
    return parse_yaml(read_text(file), file.path if isinstance(file, File) else file, layer)


def parse_yaml(text: str, path: Path, layer: str = "", first_line: int = 1) -> Node:
    """Parse a YAML text whose first line is line ``first_line`` of ``path``.

    Raises InputError. An empty text is an empty mapping.
    """
    return _parsed(text, path, layer, first_line)


# The locals of a state share most of their files, and the variants of a document all of them.
# A local reads some 120; with room for fewer, each file pushes out the one that is read next.
@functools.lru_cache(maxsize=256)
def _parsed(text: str, path: Path, layer: str, first_line: int) -> Node:
    builder = _Builder(path, layer, first_line, text)
    strange = _STRANGE_BREAKS.search(text)
    if strange:
        builder.refuse_character(find_bad_character(strange[0]), strange.start())
        raise builder.refusal()
    try:
        node = builder.document(iter(yaml.parse(text, Loader=_Parser)))
    except yaml.MarkedYAMLError as problem:
        # What a comment or a quote cut often is what the parser then stumbles over.
        if not any(each.code in LOST for each in builder.findings):
            builder.findings.append(syntax_finding(problem, builder.lines, path, first_line))
        raise builder.refusal() from None
    except yaml.reader.ReaderError:
        bad = find_bad_character(text.replace("\r", "\n"))
        builder.refuse_character(bad, bad.offset if bad else 0)
        raise builder.refusal() from None
    if builder.findings:
        raise builder.refusal()
    return node


@dataclass
class _Builder:
    """Turns parser events into nodes, and gathers findings on the way."""

    path: Path
    layer: str
    first_line: int
    text: str

    def __post_init__(self) -> None:
        self.findings: list[Finding] = []
        self.lines = lines_of(self.text)
        self.suspect = suspect_rows(self.lines)
        # Asked once of the whole text; only an escape between double quotes can bring one in.
        self.is_plain = find_bad_character(self.text.replace("\r", "\n")) is None
        # How many more there are than are told.
        self.more = 0

    def place(self, mark: _Mark | None) -> Place:
        if mark is None:
            return Place(self.path)
        return Place(self.path, mark.line + self.first_line, mark.column + 1)

    def refuse(self, mark: _Mark | None, code: Code, message: str, fix: str) -> None:
        if self.counts_only():
            return
        self.add(Finding(self.place(mark), code, message, fix))

    def refuse_character(self, bad: BadCharacter | None, offset: int) -> None:
        # To count the lines before each of very many takes minutes.
        if self.counts_only():
            return
        lines = lines_of(self.text[:offset])
        place = Place(self.path, len(lines) - 1 + self.first_line, len(lines[-1]) + 1)
        message = f"{bad or 'a control character'}."
        self.add(Finding(place, Code.CONTROL_CHAR, message, "retype the value."))

    def refuse_lost(self, lost: Lost | None) -> None:
        """Refuse what would not be printed as it was typed."""
        if lost:
            place = Place(self.path, lost.row + self.first_line, lost.column + 1)
            self.add(Finding(place, lost.code, lost.message, lost.fix))

    def add(self, finding: Finding) -> None:
        if not self.counts_only():
            self.findings.append(finding)

    def counts_only(self) -> bool:
        """Tell whether one more is only counted, and count it; that has an end as well."""
        if len(self.findings) <= MOST_OF_A_KIND:
            return False
        self.more += 1
        if self.more >= _MOST_COUNTED:
            raise self.refusal()
        return True

    def refusal(self) -> InputError:
        """Return all that was found as an error: the first of very many, and their number."""
        told = self.findings[:MOST_OF_A_KIND]
        rest = self.findings[MOST_OF_A_KIND:]
        is_cut = self.more >= _MOST_COUNTED
        return InputError(
            [*told, *(more_like(each, self.more + 1, at_least=is_cut) for each in rest)]
        )

    def document(self, events: Iterator[yaml.Event]) -> Node:
        node = empty = Node({}, Place(self.path, self.first_line, 1), layer=self.layer)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(
                        event.start_mark,
                        Code.YAML_DOCUMENTS,
                        "a second document starts here.",
                        "delete the line `---` and what follows, or merge the two.",
                    )
                    break
            elif isinstance(event, yaml.NodeEvent):
                node = self.node(event, events, 1)
        return replace(node, value={}, place=empty.place) if node.value is None else node

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        place = self.place(event.start_mark)
        if depth > MAX_DEPTH:
            self.refuse(
                event.start_mark,
                Code.TOO_DEEP,
                f"nested more than {MAX_DEPTH} levels.",
                "flatten the list.",
            )
            raise self.refusal()
        self.check_decorations(event)
        if isinstance(event, yaml.ScalarEvent):
            return Node(self.scalar(event), place, layer=self.layer)
        if isinstance(event, yaml.SequenceStartEvent):
            items, end = self.sequence(events, depth)
            self.after_brackets(event, end)
            return Node(items, place, layer=self.layer)
        if isinstance(event, yaml.MappingStartEvent):
            entries, end = self.mapping(events, depth)
            self.after_brackets(event, end)
            return Node(entries, place, layer=self.layer)
        return Node(None, place, layer=self.layer)

    def after_brackets(self, start: yaml.CollectionStartEvent, end: yaml.Event | None) -> None:
        if start.flow_style and end is not None:
            self.refuse_lost(lost_after(self.lines, start.start_mark, end.end_mark))

    def check_decorations(self, event: yaml.Event) -> None:
        anchor = getattr(event, "anchor", None)
        if anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.refuse(
                event.start_mark,
                Code.YAML_ANCHOR,
                f'"{sign}{brief(anchor)}" is not supported.',
                "write the value out, or put it in double quotes.",
            )
        tag = getattr(event, "tag", None)
        if tag:
            shown = brief(str(tag).replace("tag:yaml.org,2002:", "!!"))
            self.refuse(
                event.start_mark,
                Code.YAML_TAG,
                f'"{shown}" is not supported.',
                "remove it, or put the value in double quotes.",
            )

    def scalar(self, event: yaml.ScalarEvent) -> str | None:
        text = str(event.value)
        bad = None if self.is_plain and event.style != '"' else find_bad_character(text)
        if bad:
            # Where it stands in the file; if it was written as an escape, where the value starts.
            start = event.start_mark.index if event.start_mark else 0
            end = event.end_mark.index if event.end_mark else start
            written = self.text[start:end].replace("\r", "\n")
            there = find_bad_character(written)
            self.refuse_character(there or bad, start + (there.offset if there else 0))
            return text
        if not self.is_simple(event):
            self.refuse_lost(lost_in_scalar(self.lines, event))
        left_empty = not text and not event.style
        return None if left_empty else tidy(text)

    def is_simple(self, event: yaml.ScalarEvent) -> bool:
        """Tell whether nothing of a text can be lost: words on one line, as nearly all are."""
        start, end = event.start_mark, event.end_mark
        if start is None or end is None or not event.value:
            return False
        return start.line == end.line and end.line not in self.suspect

    def sequence(
        self, events: Iterator[yaml.Event], depth: int
    ) -> tuple[list[Node], yaml.Event | None]:
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return items, event
            items.append(self.node(event, events, depth + 1))
        return items, None

    def mapping(
        self, events: Iterator[yaml.Event], depth: int
    ) -> tuple[dict[str, Node], yaml.Event | None]:
        entries: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return entries, event
            self.refuse_lost(odd_indentation(self.lines, event))
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if isinstance(event, yaml.AliasEvent):
                continue
            if not isinstance(key.value, str):
                self.refuse(
                    event.start_mark,
                    Code.YAML_KEY,
                    "a key must be a plain word.",
                    "put a value that starts with { or [ in double quotes.",
                )
            elif key.value in entries:
                first = entries[key.value].key_place
                line = first.line if first else 0
                self.refuse(
                    event.start_mark,
                    Code.DUPLICATE_KEY,
                    f'"{brief(key.value)}" is set twice (first on line {line}).',
                    "delete one.",
                )
            else:
                entries[key.value] = Node(value.value, value.place, key.place, self.layer)
        return entries, None
