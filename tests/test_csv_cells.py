"""csv_cells.py: CSV as RFC 4180 and Excel write it, each cell with its place."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formgen.findings import InputError
from formgen.sources.tables.csv_cells import csv_rows
from formgen.sources.text_files import is_legacy
from tests.support.locals import lines_of


def texts(data, tmp_path):
    return [[text for _, _, text in row] for row in csv_rows(tmp_path / "roster.csv", data)]


def refused(data, tmp_path):
    with pytest.raises(InputError) as problem:
        csv_rows(tmp_path / "roster.csv", data)
    return lines_of(problem.value.findings, tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        b"name,mentor\nAda,Sam\n",
        b"name;mentor\r\nAda;Sam\r\n",
        b"name\tmentor\rAda\tSam",
        b"\xef\xbb\xbfname,mentor\nAda,Sam\n",
        "name\tmentor\nAda\tSam\n".encode("utf-16"),
        b"\xfe\xff" + "name;mentor\nAda;Sam\n".encode("utf-16-be"),
        b"sep=|\r\nname|mentor\r\nAda|Sam\r\n",
        b'"name","mentor"\n"Ada","Sam"\n',
    ],
    ids=["commas", "semicolons", "tabs", "bom", "utf-16", "utf-16-be", "told", "quoted"],
)
def test_what_excel_writes_is_read(data, tmp_path):
    assert texts(data, tmp_path) == [["name", "mentor"], ["Ada", "Sam"]]


def test_letters_of_a_windows_encoding_are_read_and_told(tmp_path):
    data = "name\nZoë Nuñez – “Zo”\n".encode("cp1252")
    assert texts(data, tmp_path) == [["name"], ["Zoë Nuñez – “Zo”"]]
    assert is_legacy(data)
    assert not is_legacy("Zoë".encode())
    assert not is_legacy("Zoë".encode("utf-16"))


def test_cells_know_their_line_and_column(tmp_path):
    data = b'a,"b\nc",d\n\n"",ee,f\n'
    places = [[(line, column) for line, column, _ in row] for row in csv_rows(tmp_path, data)]
    assert places == [[(1, 1), (1, 3), (2, 4)], [(3, 1)], [(4, 1), (4, 4), (4, 7)]]


def test_lines_are_counted_after_the_line_that_tells_the_separator(tmp_path):
    assert csv_rows(tmp_path, b"sep=;\na;b") == [[(2, 1, "a"), (2, 3, "b")]]


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (
            b'a,b\n1,"2\n3,4\n',
            (
                "roster.csv:2:3: error[csv-quote]: the quotation mark here is never closed. "
                'Fix: add the closing ", or delete this one.'
            ),
        ),
        (
            b'a,b\n"x" y,2\n',
            (
                "roster.csv:2:4: error[csv-quote]: something follows the quotation mark that ends "
                'this cell. Fix: write each quotation mark in a cell twice: "".'
            ),
        ),
        (
            b"a\n\x81\n",
            (
                "roster.csv:2:1: error[not-utf8]: byte 0x81 belongs to no letter. "
                "Fix: save it as UTF-8 (Notepad: «Save as», «Encoding»; Excel: «CSV UTF-8»)."
            ),
        ),
        (
            b"PK\0\0",
            (
                "roster.csv: error[not-text]: roster.csv is no text."
                " Fix: save it as UTF-8 (Notepad: «Save as», «Encoding»; Excel: «CSV UTF-8»)."
            ),
        ),
    ],
)
def test_what_is_wrong_has_its_place(data, finding, tmp_path):
    assert refused(data, tmp_path) == [finding]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0\ufeff"), max_size=8)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(",;\t"),
)
def test_what_pythons_writer_writes_comes_back(rows, separator):
    rows = [["head", "er", "", ""], *rows]
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(rows)
    read = csv_rows(Path("roster.csv"), written.getvalue().encode())
    assert [[text for _, _, text in row] for row in read] == rows
