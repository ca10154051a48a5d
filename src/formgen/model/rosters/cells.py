"""The cells of a roster's row: what each of them says, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.model.forms.field_type import Value
from formgen.model.rosters.columns import BOTH, FIRST_NAMES, NAME, RosterColumn, letters_of
from formgen.model.rosters.header import RosterWords
from formgen.sources.characters import find_bad_character, tidy
from formgen.sources.fonts import missing_characters
from formgen.sources.tables.table import Cell, is_error

_MOST_LETTERS = 200
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class RowReader:
    """Reads the rows below a header, one by one."""

    columns: Mapping[int, RosterColumn]
    words: RosterWords
    read_date: Callable[[str], str]
    findings: list[Finding]
    # Numbers of the columns in which names are written «Last, First».
    turned: frozenset[int] = frozenset()

    def values(self, row: Sequence[Cell], place: Place) -> dict[str, str]:
        """Return what a row says, by column; on a problem, findings are gathered."""
        values = {
            column.name: self.value(
                row[number - 1] if number <= len(row) else None, column, number, place
            )
            for number, column in self.columns.items()
        }
        for who in BOTH:
            halves = [values.pop(f"{who}_{part}", "") for part in FIRST_NAMES]
            if any(halves):
                values[f"{who}_{NAME}"] = " ".join(filter(None, halves))
        return values

    def value(self, cell: Cell | None, column: RosterColumn, number: int, row: Place) -> str:
        """Return what a cell holds; on a problem, a finding is gathered."""
        text = tidy(cell.text) if cell else ""
        part = column.name.rpartition("_")[2]
        is_name = column.name in {f"{who}_{each}" for who in BOTH for each in (NAME, *FIRST_NAMES)}
        required = is_name and part != "middle"

        def report(code: Code, what: str, fix: str) -> str:
            message = f"row {row.line}, column {letters_of(number)} ({column.name}): {what}"
            self.findings.append(Finding(cell.place if cell else row, code, message, fix))
            return ""

        if is_error(text):
            what = "shows an error of the spreadsheet in place of a value."
            return report(Code.ERROR_CELL, what, "mend the formula there, or type the value.")
        if not text:
            return report(Code.EMPTY, "is empty.", "fill it in.") if required else ""
        if text.casefold() in self.words.nothing:
            fix = "fill it in, or delete the row until there is somebody."
            return report(Code.EMPTY, "names nobody.", fix) if required else ""
        if len(text) > _MOST_LETTERS:
            what = f"is longer than {_MOST_LETTERS} characters."
            return report(Code.TOO_LONG, what, "shorten it.")
        if bad := find_bad_character(text.replace("\n", " ")):
            return report(Code.CONTROL_CHAR, f"{bad}.", "retype the value.")
        if missing := missing_characters(text):
            shown = ", ".join(f'"{char}" (U+{ord(char):04X})' for char in missing[:3])
            return report(Code.NO_GLYPH, f"no font has {shown}.", "use other letters for it.")
        if is_name:
            return self.name(text, number, report)
        return self.checked(text, column.kind.value or Value(), report, required=column.required)

    def name(self, text: str, number: int, report: Callable[[Code, str, str], str]) -> str:
        """Return a name as it is said, first names first."""
        if "\n" in text:
            return report(Code.TWO_LINES, "takes two lines.", "write it on one.")
        text = " ".join(text.split())
        if not any(map(str.isalpha, text)) or "@" in text or self.words.is_total(text):
            return report(
                Code.NOT_A_NAME, "is nobody's name.", "write the name, or delete the row."
            )
        if not self.words.has_comma(text):
            return text
        if number in self.turned and text.count(",") == 1:
            last, _, first = text.partition(",")
            return f"{first.strip()} {last.strip()}".strip()
        fix = (
            "write first names first and without a comma, or what was meant in columns of its own."
        )
        return report(Code.NOT_A_NAME, "has a comma, as in «Last, First».", fix)

    def checked(
        self,
        text: str,
        written: Value,
        report: Callable[[Code, str, str], str],
        *,
        required: bool,
    ) -> str:
        """Return a text as its column's kind keeps it."""
        if "\n" in text and not written.takes_lines:
            return report(Code.TWO_LINES, "takes two lines.", "write it on one.")
        text = text.replace("\n", ", ")
        if written.problem is None:
            return text
        try:
            if written.is_day:
                return self.read_date(text)
        except ValueError:
            pass
        else:
            is_day = written.problem[0] is Code.BAD_PHONE and _DAY.fullmatch(text)
            # A spreadsheet makes a day of 1-4411.
            if not is_day and (not written.pattern or re.fullmatch(written.pattern, text)):
                return text
        code, what, fix = written.problem
        return report(code, what, fix if required else f"{fix[:-1]}, or leave the cell empty.")
