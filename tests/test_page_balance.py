"""page_balance.py: a page that is nearly empty takes over what the one before can spare."""

import io

import pytest
from pypdf import PdfReader

from formgen.pdf.sheet import Sheet
from tests.support.verapdf import validate

# Room for 18 rows of 10 mm on each page.
STYLE = """
@page { size: 100mm 200mm; margin: 10mm }
html { font: 10px/10mm "Formgen Sans" } body, p, h1, h2 { margin: 0; font: inherit }
.row { break-inside: avoid } .section { margin-top: 10mm }
"""


def row(word, *names):
    return f'<div class="{" ".join(["row", *names])}"><p>{word}</p></div>'


def section(letter, count, *, last=""):
    rows = "".join(row(f"{letter}{number}") for number in range(1, count + 1))
    return f'<section class="section"><h2>{letter}</h2>{rows}{last}</section>'


def sheet(*sections):
    body = f"<main><h1>t</h1>{''.join(sections)}</main>"
    html = f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>'
    return Sheet(html, (STYLE,))


def words(pdf):
    """Return the words of each page, in the order of their tags and of what is seen."""
    return [page.extract_text().split() for page in PdfReader(io.BytesIO(pdf)).pages]


def rows_of(letter, first, last):
    return [f"{letter}{number}" for number in range(first, last + 1)]


CASES = {
    "rows of the section that begins before it": (
        [section("a", 18)],
        [["t", "a", *rows_of("a", 1, 11)], rows_of("a", 12, 18)],
    ),
    "rows of the section before": (
        [section("a", 14), section("b", 2)],
        [["t", "a", *rows_of("a", 1, 10)], [*rows_of("a", 11, 14), "b", *rows_of("b", 1, 2)]],
    ),
    "a whole section, where it has but one row": (
        [section("a", 11), section("b", 1), section("c", 4)],
        [["t", "a", *rows_of("a", 1, 11)], ["b", "b1", "c", *rows_of("c", 1, 4)]],
    ),
    "nothing, where enough is there": (
        [section("a", 14), section("b", 6)],
        [["t", "a", *rows_of("a", 1, 14)], ["b", *rows_of("b", 1, 6)]],
    ),
}


@pytest.mark.parametrize(("sections", "expected"), CASES.values(), ids=CASES)
def test_a_page_takes_over(sections, expected, typesetter):
    assert words(typesetter(sheet(*sections)).pdf) == expected


def test_what_belongs_to_the_row_above_goes_with_it(typesetter):
    parted = section("a", 13, last=row("dependent", "row-with-above"))

    first, after = words(typesetter(sheet(parted, section("b", 5))).pdf)

    assert first[-1] == "a12"
    assert after[:3] == ["a13", "dependent", "b"]


def test_what_was_moved_is_tagged_in_its_place(typesetter, tmp_path):
    pdf = tmp_path / "moved.pdf"
    pdf.write_bytes(typesetter(sheet(section("a", 14), section("b", 2))).pdf)

    assert validate([pdf]) == []
