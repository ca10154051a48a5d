"""Write a table of texts: as CSV, or as a workbook whose columns can be filtered."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_WIDE, _WIDEST = 12, 60
# What a spreadsheet takes for the start of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of texts as CSV; cells may have several lines."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(_harmless, rows))
    return text.getvalue()


def _harmless(row: Iterable[str]) -> Iterator[str]:
    """Yield cells that no spreadsheet takes for formulas."""
    return (f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row)


def workbook_of(rows: Iterable[Sequence[str]], title: str) -> bytes:
    """Return rows of texts, the first of which has the names of the columns, as a workbook."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.freeze_panes = "C2"
    widths: dict[int, int] = {}
    for line, row in enumerate(rows, 1):
        for number, text in enumerate(row, 1):
            cell = sheet.cell(line, number)
            # As text: a number keeps its zeros, and no name becomes a formula.
            cell.value, cell.data_type = text, "s"
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=line == 1)
            longest = max(map(len, text.split("\n")))
            widths[number] = max(widths.get(number, _WIDE), min(longest + 2, _WIDEST))
    for number, width in widths.items():
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
