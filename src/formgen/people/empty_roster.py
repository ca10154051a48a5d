"""Write an empty roster whose columns are explained."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from formgen.sources.tables.table import REMARK

_WIDTH = 22
_WIDE = 90
# A column's name, whether it has to be filled in, and what it is for.
Explained = Sequence[tuple[str, bool, str]]


def template(kind: str, columns: Explained, head: Sequence[str], sheets: tuple[str, str]) -> bytes:
    """Return a roster with no people in it, of a kind; ``head`` explains the whole.

    ``sheets`` are what a workbook calls the roster, and the sheet that explains it.
    """
    if kind == "ods":
        return _ods(columns, head, sheets)
    return _workbook(columns, head, sheets) if kind == "xlsx" else _csv(columns, head)


def _remarks(columns: Explained, head: Sequence[str]) -> list[str]:
    return [*head, *(f"{name}: {text}" for name, _, text in columns)]


def _csv(columns: Explained, head: Sequence[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([name for name, _, _ in columns])
    writer.writerows([f"{REMARK} {remark}"] for remark in _remarks(columns, head))
    # Excel takes a file without this mark for one in the encoding of its Windows.
    return text.getvalue().encode("utf-8-sig")


def _workbook(columns: Explained, head: Sequence[str], sheets: tuple[str, str]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheets[0]
    sheet.freeze_panes = "A2"
    for number, (name, required, _) in enumerate(columns, 1):
        sheet.cell(1, number, name).font = Font(bold=required)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTH
        # As text, so that telephone numbers keep their zeros and dates stay as typed.
        sheet.column_dimensions[letter].number_format = "@"
    about = book.create_sheet(sheets[1])
    about.column_dimensions["A"].width = _WIDE
    for number, remark in enumerate(_remarks(columns, head), 1):
        about.cell(number, 1, remark)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _ods(columns: Explained, head: Sequence[str], sheets: tuple[str, str]) -> bytes:
    def row(texts: Iterable[str]) -> str:
        cells = (
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p>'
            "</table:table-cell>"
            for text in texts
        )
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    tables = zip(
        sheets,
        (row(name for name, _, _ in columns), "".join(row([r]) for r in _remarks(columns, head))),
        strict=True,
    )
    content = "".join(
        f"<table:table table:name={quoteattr(name)}>{rows}</table:table>" for name, rows in tables
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "manifest")
    )
    files = {
        "mimetype": kind,
        "content.xml": f'<office:document-content {spaces} office:version="1.3"><office:body>'
        f"<office:spreadsheet>{content}</office:spreadsheet></office:body>"
        "</office:document-content>",
        "META-INF/manifest.xml": f'<manifest:manifest {spaces} manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def write_template(path: Path, data: bytes) -> None:
    """Write a roster that is not there yet; nobody but the user can read it."""
    with path.open("xb") as file:
        path.chmod(0o600)
        file.write(data)
