"""Read CSV strictly (RFC 4180), in the encodings and with the separators that Excel writes.

Python's own reader forgets where a cell stands, and passes over quotes in the wrong places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.sources.tables.sheet import Row
from formgen.sources.text_files import decode_text

_FIRST_LINES = 20
_LOOKED_AT = 20_000
_SEPARATORS = (",", ";", "\t")
# A line that tells Excel the separator, and is not part of the table.
_TOLD = "sep="


def csv_rows(path: Path, data: bytes) -> list[Row]:
    """Return rows of (line, column, text), counted from 1. Raises InputError with its place."""
    text = decode_text(path, data).replace("\r\n", "\n").replace("\r", "\n")
    start, separator = 0, ""
    if text[: len(_TOLD)].lower() == _TOLD:
        separator = text[len(_TOLD) : len(_TOLD) + 1]
        start = text.find("\n") + 1 or len(text)
    scanner = _Scanner(path, text, start, separator or _separator(text))
    return list(scanner.rows())


def _separator(text: str) -> str:
    """Return the separator that most of the first lines have, outside of quotes.

    A title may stand above the table, and have a comma of its own; so may an address in it.
    """
    lines = "".join(text[:_LOOKED_AT].split('"')[::2]).splitlines()[:_FIRST_LINES]
    lines = [line for line in lines if not line.startswith("#")]

    def often(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in lines]
        return sum(map(bool, counts)), sum(counts)

    return max(_SEPARATORS, key=often)


@dataclass
class _Scanner:
    """Goes through a text once, keeping count of lines and columns."""

    path: Path
    text: str
    at: int
    separator: str
    line: int = 1
    line_start: int = 0

    def __post_init__(self) -> None:
        self.line += self.text.count("\n", 0, self.at)
        self.line_start = self.at

    def rows(self) -> Iterator[Row]:
        while self.at < len(self.text):
            row: Row = []
            while True:
                place = Place(self.path, self.line, self.at - self.line_start + 1)
                row.append((place.line, place.column, self._cell(place)))
                ended = self.text[self.at : self.at + 1]
                self.at += 1
                if ended != self.separator:
                    break
            self._new_line()
            yield row

    def _new_line(self) -> None:
        self.line += 1
        self.line_start = self.at

    def _cell(self, place: Place) -> str:
        """Return the cell that begins here, and stop at what ends it."""
        if self.text[self.at : self.at + 1] == '"':
            return self._quoted(place)
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in (self.separator, "\n"):
            self.at += 1
        return self.text[start : self.at]

    def _quoted(self, place: Place) -> str:
        parts: list[str] = []
        self.at += 1
        while True:
            end = self.text.find('"', self.at)
            if end < 0:
                message = "the quotation mark here is never closed."
                raise self._wrong(place, message, 'add the closing ", or delete this one.')
            inside = self.text[self.at : end]
            self.line += inside.count("\n")
            if "\n" in inside:
                self.line_start = self.at + inside.rfind("\n") + 1
            parts.append(inside)
            self.at = end + 1
            if self.text[self.at : self.at + 1] != '"':
                break
            parts.append('"')
            self.at += 1
        if self.text[self.at : self.at + 1] not in ("", "\n", self.separator):
            here = Place(self.path, self.line, self.at - self.line_start + 1)
            message = "something follows the quotation mark that ends this cell."
            raise self._wrong(here, message, 'write each quotation mark in a cell twice: "".')
        return "".join(parts)

    @staticmethod
    def _wrong(place: Place, message: str, fix: str) -> InputError:
        return InputError([Finding(place, Code.CSV_QUOTE, message, fix)])
