"""gray.py: the same file in grays, and the colors that are one gray."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from formgen.pdf.files.gray import Alike, gray_of, to_gray
from formgen.pdf.sheet import PdfError, Sheet

STYLE = (
    "@page { size: 300pt 200pt; margin: 20pt } h1 { color: #14496b; font: 12pt Formgen Sans }"
    "p { border: 2pt solid #b3541e } img { image-rendering: pixelated; width: 40pt }"
    "div { height: 20pt; background: linear-gradient(to right, #ff0000, #0000ff, #00ff00) }"
)
PAGE = (
    f'<!doctype html><html lang="en"><head><title>Colors</title><style>{STYLE}</style></head>'
    '<body><h1>Blue</h1><p>Framed, <a href="https://example.org">linked</a></p><div></div>'
    '<img src="formgen:dot.png" alt="red"><img src="formgen:mark.svg" alt="drawn">%s</body></html>'
)
MARK = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>m</title>'
    b'<rect width="10" height="10" fill="#22bbee"/></svg>'
)


def picture(mode="RGBA", color=(255, 0, 0, 128)):
    made = io.BytesIO()
    Image.new(mode, (4, 4), color).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def make(typesetter):
    """Give what sets a real page with text, lines, a gradient and pictures in color."""

    def page(more=""):
        assets = {"formgen:dot.png": picture(), "formgen:mark.svg": MARK}
        return typesetter(Sheet(PAGE % more, assets=assets)).pdf

    return page


def color_in(pdf):
    """Return how far red, green and blue are apart anywhere on the first page."""
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("RGB")
    red, *others = image.split()
    return max(ImageChops.difference(red, other).getextrema()[1] for other in others)


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        ((0, 0, 0), 0),
        ((1, 1, 1), 1),
        ((1, 0, 0), 0.3),
        ((0, 1, 0), 0.59),
        ((0, 0, 1), 0.11),
        ((0, 0, 0, 1), 0),
        ((0, 0, 0, 0), 1),
        ((1, 0, 0, 0), 0.7),
        ((0.4,), 0.4),
    ],
)
def test_the_gray_of_a_color(color, expected):
    assert gray_of(color) == pytest.approx(expected)


def test_nothing_on_the_page_has_a_color_any_more(make):
    page = make()
    made, pages, _ = to_gray(page)

    assert color_in(page) > 100
    assert color_in(made) == 0
    assert pages == 1


def test_every_color_is_as_dark_as_its_gray(make):
    page = make()
    before = pypdfium2.PdfDocument(page)[0].render(scale=2).to_pil().convert("RGB")
    after = pypdfium2.PdfDocument(to_gray(page)[0])[0].render(scale=2).to_pil().convert("L")

    # What Pillow makes of it uses the same weights, to three digits.
    difference = ImageChops.difference(before.convert("L"), after)
    assert max(difference.tobytes()) <= 3


def test_tags_links_words_and_standards_stay(make):
    page = make()
    with pikepdf.open(io.BytesIO(page)) as old, pikepdf.open(io.BytesIO(to_gray(page)[0])) as new:
        assert new.Root.Metadata.read_bytes() == old.Root.Metadata.read_bytes()
        assert str(new.pages[0].Annots[0].A.URI) == str(old.pages[0].Annots[0].A.URI)
        assert new.Root.keys() == old.Root.keys()
    texts = [
        pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded() for pdf in (page, page)
    ]
    assert texts[0] == texts[1]
    assert "Framed, linked" in texts[1]


def test_colors_that_become_one_gray_are_told(make):
    # 0.3 red and 0.59 green are both 77 of 255.
    alike = '<p style="color: #ff0000">Late</p><p style="color: #008200">On time</p>'

    assert to_gray(make(alike))[2] == (Alike("#ff0000", "#008200", "#4c4c4c"),)
    assert to_gray(make())[2] == ()


def test_what_cannot_be_told_is_refused(make):
    with pikepdf.open(io.BytesIO(make())) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"/Ink cs 1 scn")
        made = io.BytesIO()
        pdf.save(made)

    with pytest.raises(PdfError) as refused:
        to_gray(made.getvalue())
    assert refused.value.code == "not-gray"
