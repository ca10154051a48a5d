"""page_fill.py: what a page has left goes to its lines to write on."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from formgen.pdf.sheet import Sheet
from tests.support.laid_out import laid_out

# A line is a twentieth of the page's height, and the page has room for 18 of them.
STYLE = """
@page { size: 100mm 200mm; margin: 10mm }
html { font: 10px/20px "Formgen Sans"; } body, p { margin: 0 }
.line { height: 10mm; box-sizing: border-box; border-bottom: 1px solid black }
.tinted { background: #cccccc; border: 1px solid black }
"""


def field(name, count):
    lines = '<div class="line"></div>' * count
    return f'<p>{name}</p><div class="lines">{lines}</div>'


def sheet(body):
    html = f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>'
    return Sheet(html, (STYLE,))


def lines_of(body):
    """Return how many lines each page of a body has."""
    return [round(page.lines * 20) for page in laid_out(sheet(body))]


def marks(pdf):
    """Return where words and strokes of the first page lie, from above, in millimeters."""
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    height = float(page.mediabox.height)
    words = {}

    def see(text, matrix, text_matrix, *_):
        if text.strip():
            y = text_matrix[5] * matrix[3] + matrix[5]
            words[text.strip()] = round((height - y) / 72 * 25.4)

    page.extract_text(visitor_text=see)
    return words


@pytest.mark.usefixtures("typesetter")
class TestWhatIsLeft:
    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (field("one", 4), [8]),
            (field("one", 3) + field("two", 2), [8]),
            # As many again as it has, twice, and no more.
            (field("one", 2), [6]),
            # One line is a place for a word: its neighbors are like it.
            (field("one", 1), [1]),
            # Two fifths of the page are lines already.
            (field("one", 9), [9]),
            ("<p>no lines</p>", [0]),
            # Nothing is pushed overleaf.
            (field("one", 4) + "<p style='height: 130mm'>much else</p>", [4]),
            (field("one", 4) + "<p style='height: 112mm'>much else</p>", [6]),
        ],
    )
    def test_goes_to_lines_up_to_two_fifths_of_the_page(self, body, expected):
        assert lines_of(body) == expected

    def test_goes_to_each_page_on_which_something_is_left(self):
        overleaf = '<div style="break-before: page"></div>'
        assert lines_of(field("one", 4) + overleaf + field("two", 2)) == [8, 6]

    def test_goes_to_the_largest_field_first(self, typesetter):
        body = field("small", 2) + field("large", 4) + "<p>last</p>"
        full, room = (f"{body}<p style='height: {high}mm'></p>" for high in (98, 88))

        before, after = (marks(typesetter(sheet(each)).pdf) for each in (full, room))

        assert after == {**before, "last": before["last"] + 10}

    def test_lies_between_the_words_before_and_after(self, typesetter):
        body = "<p>first</p>" + field("one", 4) + "<p>last</p>"

        words = marks(typesetter(sheet(body)).pdf)

        assert words["last"] - words["one"] == pytest.approx(8 * 10 + 5, abs=1)

    def test_makes_the_box_round_it_higher(self, typesetter):
        filled = typesetter(sheet(f'<div class="tinted">{field("one", 4)}</div>')).pdf
        (content,) = [page.get_contents() for page in PdfReader(io.BytesIO(filled)).pages]
        heights = [
            float(found[1]) * 0.75 * 25.4 / 72
            for found in re.finditer(rb"([\d.]+) re", content.get_data())
        ]

        assert max(heights) == pytest.approx(85, abs=1)

    def test_leaves_the_cells_of_a_row_equally_high(self, typesetter):
        cell = '<div style="display: table-cell; width: 45mm">{}</div>'
        row = cell.format(field("left", 4)) + cell.format("<p>right</p>")
        body = f'<div style="display: table">{row}</div><p>last</p>'

        words = marks(typesetter(sheet(body)).pdf)

        assert words["left"] == words["right"]
        assert words["last"] - words["left"] == pytest.approx(8 * 10 + 5, abs=1)


def test_links_lead_to_where_words_are_now(typesetter):
    body = '<p><a href="#here">go</a></p>' + field("one", 4) + '<h2 id="here">here</h2>'

    reader = PdfReader(io.BytesIO(typesetter(sheet(body)).pdf))

    outline: Any = reader.outline
    height = float(reader.pages[0].mediabox.height)
    assert (height - float(outline[0]["/Top"])) / 72 * 25.4 > 10 + 8 * 10
