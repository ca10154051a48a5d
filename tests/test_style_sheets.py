"""page_styles.py: style sheets are parsed once, and a page's own fonts are its own."""

import tempfile

import pytest

from formgen.pdf.engine.style_sheets import count_fonts
from formgen.pdf.sheet import Sheet
from tests.support.pdf import fonts_in

HEAD = '<!doctype html><html lang="en"><head><title>t</title>'
BODY = "</head><body><p>words</p></body></html>"
ADDRESS = "formgen:assets/brand.ttf"
BRINGING = f"@font-face {{font-family: Brand; src: url({ADDRESS})}}"
USING = "p {font-family: Brand}"


@pytest.fixture
def brand(fonts):
    """Give what makes a page in a font of its own, from one of formgen's."""

    def make(name):
        data = (fonts / f"Formgen{name}-400-normal.ttf").read_bytes()
        return Sheet(f"{HEAD}<style>{BRINGING} {USING}</style>{BODY}", (), {ADDRESS: data})

    return make


def test_a_page_is_set_in_the_font_that_it_brings(brand, typesetter):
    plain = typesetter(Sheet(f"{HEAD}<style>{USING}</style>{BODY}"))

    mine = typesetter(brand("Serif"))

    assert (mine.defects, fonts_in(mine.pdf)) == ((), {"Brand"})
    assert "Brand" not in fonts_in(plain.pdf)


def test_no_page_is_set_in_the_font_of_one_before(brand, typesetter):
    first = typesetter(brand("Serif")).pdf
    other = typesetter(brand("Display")).pdf
    bringing_none = typesetter(Sheet(f"{HEAD}<style>{USING}</style>{BODY}")).pdf
    again = typesetter(brand("Serif")).pdf

    assert other != first
    assert again == first
    assert "Brand" not in fonts_in(bringing_none)


def test_no_style_sheet_renames_the_fonts_of_the_next_page(typesetter):
    page = Sheet(f"{HEAD}{BODY}", ("p {font-family: 'Formgen Sans'}",))
    renamed = "@font-face {font-family: 'Formgen Sans'; src: local('Formgen Display')}"
    before = typesetter(page).pdf

    typesetter(Sheet(page.html, (*page.styles, renamed)))

    assert typesetter(page).pdf == before


def test_nothing_of_a_font_stays_behind(brand, typesetter, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    typesetter(brand("Serif"))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        BRINGING,
        "@FONT-FACE {}",
        r"@f\6fnt-face {}",
        "@import 'more.css';",
        "@import url(more.css);",
        '<link href="more.css" rel="stylesheet">',
        '<LINK\nrel="Stylesheet" href="more.css">',
    ],
)
def test_what_may_bring_a_font_counts(text):
    assert count_fonts([f"p {{}} {text}", text]) == 2


@pytest.mark.parametrize(
    "text",
    ["p {font-family: serif}", "office@importers.org", "@page {}", '<link rel="icon" href="x">'],
)
def test_what_brings_none_does_not_count(text):
    assert count_fonts([text]) == 0
