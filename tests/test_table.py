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
    return [[cell.text for cell in row] for row in (read.header, *read.rows)]


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
    (row,) = read_table(file).rows
    assert [(cell.place.line, cell.place.column) for cell in row] == [(3, 1), (3, 2)]


def test_formulas_count_as_what_they_came_to(tmp_path):
    file = workbook(tmp_path / "roster.xlsx", [["a"], ["=1+1"], ["x"]])
    # openpyxl calculates nothing, so nothing was saved for the formula.
    assert texts(file) == [["a"], ["x"]]


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
