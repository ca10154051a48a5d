"""labels.py: which pages of a bound file belong to which part."""

from formgen.pdf.files.bind import bind
from formgen.pdf.files.page_labels import labelled_pages
from formgen.pdf.parts import BoundFacts, Part
from formgen.pdf.sheet import Sheet

PAGE = (
    '<!doctype html><html lang="en"><head><title>p</title></head><body><h1>P</h1>%s</body></html>'
)
MORE = '<p style="break-before: page">more</p>'


def test_parts_are_told_with_their_blank_backs(typesetter):
    one = typesetter(Sheet(PAGE % "")).pdf
    three = typesetter(Sheet(PAGE % (2 * MORE))).pdf
    parts = [Part(one, "Cover", "P1"), Part(three, "Form", "F3"), Part(one, "Manual")]

    assert labelled_pages(bind(parts, BoundFacts("Bound", "en"))) == [
        ("P1", 1, 2),
        ("F3", 3, 6),
        ("", 7, 8),
    ]
