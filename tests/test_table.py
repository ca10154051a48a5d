"""table.py and xlsx_cells.py: rosters as spreadsheets save them."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from formgen.findings import InputError
from formgen.sources.tables import table
from formgen.sources.tables.table import read_table
from tests.support.locals import lines_of


def texts(file):
    read = read_table(file)
    return [[cell.text for cell in row] for row in read.rows]


def refused(file):
    with pytest.raises(InputError) as problem:
        read_table(file)
    return lines_of(problem.value.findings, file.parent)


def workbook(path, rows):
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.create_sheet("about").append(["not", "read"])
    book.save(path)
    return path


def test_blanks_empty_rows_and_remarks_are_left_out(tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text('a,b,\n\n# for you to read\n" x ",\u00a0y,,\n,,\n')
    assert texts(file) == [["a", "b"], ["x", "y"]]


def test_a_workbook_is_read_as_it_would_be_typed(tmp_path):
    rows = [
        ["name", "phone", "since", "when", "share", "none"],
        [
            "Ada",
            5550142,
            dt.date(2026, 10, 2),
            dt.datetime.fromisoformat("2026-10-03T08:00"),
            0.5,
            None,
        ],
    ]
    assert texts(workbook(tmp_path / "roster.xlsx", rows)) == [
        rows[0],
        ["Ada", "5550142", "2026-10-02", "2026-10-03", "0.5"],
    ]


def test_a_workbook_knows_its_rows_and_columns(tmp_path):
    file = workbook(tmp_path / "roster.xlsx", [["a", "b"], [], ["", "x"]])
    _, row = read_table(file).rows
    assert [(cell.place.line, cell.place.column) for cell in row] == [(3, 1), (3, 2)]


def test_formulas_count_as_what_they_came_to(tmp_path):
    file = workbook(tmp_path / "roster.xlsx", [["a"], ["=1+1"], ["x"]])
    # openpyxl calculates nothing, so nothing was saved for the formula: that is no empty cell.
    assert texts(file) == [["a"], ["#CALC!"], ["x"]]


def test_an_empty_table_says_how_to_start(tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text("\n,\n# a remark\n")
    assert refused(file) == [
        (
            "roster.csv: error[csv-empty]: roster.csv is empty. "
            "Fix: `formgen people LOCAL --template` writes one to start from."
        )
    ]


def test_too_many_rows_are_refused_at_the_first_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MAX_ROWS", 2)
    file = tmp_path / "roster.csv"
    file.write_text("a\n1\n2\n3\n")
    message = "roster.csv has 3 rows; 2 are the most. Fix: split it in two."
    assert refused(file) == [f"roster.csv:4:1: error[too-big]: {message}"]


def test_what_is_too_large_or_missing_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MAX_BYTES", 3)
    file = tmp_path / "roster.csv"
    file.write_text("abcd")
    message = "roster.csv is larger than 3 bytes. Fix: split it in two."
    assert refused(file) == [f"roster.csv: error[too-big]: {message}"]
    message = "no.csv does not exist, or is no file. Fix: check the name."
    assert refused(tmp_path / "no.csv") == [f"no.csv: error[no-file]: {message}"]


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"no workbook", "is no workbook."),
        (zipped({"x": "y"}), "is no workbook that can be read (KeyError)."),
        (zipped({"x": bytes(100_000_001)}), "is far larger inside than outside."),
    ],
    ids=["no-zip", "another-zip", "bomb"],
)
def test_what_is_no_workbook_is_refused(data, what, tmp_path):
    file = tmp_path / "roster.xlsx"
    file.write_bytes(data)
    fix = "open it in the spreadsheet program and save it as .xlsx, or as CSV UTF-8."
    assert refused(file) == [f"roster.xlsx: error[no-workbook]: roster.xlsx {what} Fix: {fix}"]


# --- LibreOffice

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def ods(path, *tables):
    """Write tables of XML rows as LibreOffice does; return the file."""
    sheets = "".join(f"<table:table>{rows}</table:table>" for rows in tables)
    content = (
        f"<office:document-content {SPACES}><office:body><office:spreadsheet>{sheets}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    path.write_bytes(zipped({"mimetype": kind, "content.xml": content}))
    return path


def row(*cells, shown="visible", times=1):
    inside = "".join(c if c.startswith("<") else cell(c) for c in cells)
    return (
        f'<table:table-row table:visibility="{shown}" table:number-rows-repeated="{times}">'
        f"{inside}</table:table-row>"
    )


def cell(text, more=""):
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_a_sheet_of_libreoffice_is_read_as_it_is_shown(tmp_path):
    day = cell("10/02/26", 'office:value-type="date" office:date-value="2026-10-02T00:00:00"')
    note = "<table:table-cell><office:annotation><text:p>hm</text:p></office:annotation>"
    file = ods(
        tmp_path / "roster.ods",
        row(""),
        row("name", "phone", "when")
        + row(cell("Ada", 'table:number-rows-spanned="2"'), "555-0142", day)
        + row("<table:covered-table-cell/>", f"{note}<text:p>007</text:p></table:table-cell>", "")
        + row("Cy<text:s text:c='2'/>Lu", "x", shown="filter")
        + row('<table:table-cell table:number-columns-repeated="16384"/>', times=1048572),
    )
    read = read_table(file)
    assert texts(file) == [
        ["name", "phone", "when"],
        ["Ada", "555-0142", "2026-10-02"],
        ["Ada", "007"],
        ["Cy  Lu", "x"],
    ]
    assert read.hidden == {4}
    assert [each[0].place.line for each in read.rows] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("roster.ods", b"no table", "is no table that can be read."),
        ("roster.ods", zipped({"content.xml": "<a"}), "holds no table that can be read."),
        (
            "roster.ods",
            zipped({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "holds no table that can be read.",
        ),
        ("roster.ods", zipped({"content.xml": bytes(50_000_001)}), "is far larger inside than"),
        ("roster.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Excel file (.xls), or one with a"),
        ("roster.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Excel file (.xls), or one with a"),
        ("roster.csv", b"<html><table>", "is a web page, which cannot be read."),
        ("roster.csv", b"%PDF-1.7", "is a PDF, which cannot be read."),
        ("roster.csv", zipped({"Index/Document.iwa": "x"}), "is a table of Numbers, which"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_it_is(tmp_path, name, data, what):
    file = tmp_path / name
    file.write_bytes(data)
    (finding,) = refused(file)
    assert finding.startswith(f"{name}: error[no-workbook]: {name} {what}")
    assert "Fix: open it in" in finding


def test_a_workbook_by_another_name_is_read(tmp_path):
    file = workbook(tmp_path / "roster.xlsx", [["a"], ["x"]]).rename(tmp_path / "roster.csv")
    assert texts(file) == [["a"], ["x"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("#,a\n1,x\n", [["#", "a"], ["1", "x"]]),
        ('a,b\n="007",\'008\n', [["a", "b"], ["007", "008"]]),
        ("a,b\n'Tis,=x\n", [["a", "b"], ["'Tis", "=x"]]),
        ("a,b\n#N/A,x\n#REF!,y\n", [["a", "b"], ["#N/A", "x"], ["#REF!", "y"]]),
        ("a,b\n#1,x\n# a remark, with a comma\n#Ada,gone\n", [["a", "b"], ["#1", "x"]]),
    ],
)
def test_what_a_cell_begins_with_says_what_it_is(tmp_path, text, rows):
    file = tmp_path / "roster.csv"
    file.write_text(text)
    assert texts(file) == rows
