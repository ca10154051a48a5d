"""imposition.py: each page of a booklet in its place, its size and its turn."""

import io

import pikepdf
import pypdfium2
import pytest

from formgen.pdf.files.imposition import impose
from formgen.pdf.sheet import PdfError, Sheet
from tests.test_printing import ORDERS

HEAD = '<!doctype html><html lang="en"><head><title>b</title><style>%s</style></head><body>'
STYLE = (
    "@page { size: letter; margin: 72pt } @page wide { size: letter landscape }"
    "h1 { margin: 0; font: 24pt/24pt Formgen Sans; break-before: page } .wide { page: wide }"
)
PAGES = "".join(f"<h1>Page{number}</h1>" for number in range(1, 10))


@pytest.fixture
def nine(typesetter):
    """Give a real file of nine pages, each of which says its number."""
    return typesetter(Sheet(f"{HEAD % STYLE}{PAGES}</body></html>")).pdf


@pytest.fixture
def turned(typesetter):
    """Give an upright page, then one that lies on its side."""
    body = '<h1>Upright</h1><h1 class="wide">Sideways</h1>'
    return typesetter(Sheet(f"{HEAD % STYLE}{body}</body></html>")).pdf


def first(pdf, pages):
    """Return the first pages of a file."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        del file.pages[pages:]
        made = io.BytesIO()
        file.save(made)
    return made.getvalue()


def halves(pdf):
    """Return what stands on the left and the right half of each side."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        bounds = [(0, width / 2), (width / 2, width)]
        found.append(tuple(text.get_text_bounded(a, 0, b, height).strip() for a, b in bounds))
    return found


def letters(pdf, side=0):
    """Return the boxes of the letters on a side: left, bottom, right, top."""
    text = pypdfium2.PdfDocument(pdf)[side].get_textpage()
    return [text.get_charbox(at, loose=True) for at in range(text.count_chars())]


@pytest.mark.parametrize("imposition", ["booklet", "small-booklet"])
@pytest.mark.parametrize("pages", ORDERS)
def test_every_page_is_in_its_place_and_the_rest_is_blank(nine, pages, imposition):
    made, sides = impose(first(nine, pages), "letter", imposition)

    expected = [
        tuple(f"Page{number}" if number <= pages else "" for number in side)
        for side in ORDERS[pages]
    ]
    assert halves(made) == expected
    assert sides == len(expected)


def test_pages_keep_their_size_on_paper_of_twice_the_size(nine):
    made, _ = impose(first(nine, 1), "letter", "booklet")

    left, _, right, top = letters(made)[0]
    original = letters(nine)[0]
    assert (left, right) == pytest.approx((original[0] + 612, original[2] + 612), abs=0.1)
    assert top == pytest.approx(original[3], abs=0.1)


def test_pages_become_smaller_on_the_same_paper_in_the_middle_of_their_half(nine):
    made, _ = impose(first(nine, 1), "letter", "small-booklet")

    scale = 396 / 612
    left, _, right, top = letters(made)[0]
    original = letters(nine)[0]
    assert left == pytest.approx(396 + original[0] * scale, abs=0.1)
    assert right - left == pytest.approx((original[2] - original[0]) * scale, abs=0.1)
    assert top == pytest.approx((612 - 792 * scale) / 2 + original[3] * scale, abs=0.1)


@pytest.mark.parametrize("imposition", ["booklet", "small-booklet"])
def test_a_page_that_lies_on_its_side_is_turned_to_the_left(turned, imposition):
    made, _ = impose(turned, "letter", imposition)

    assert halves(made) == [("", "Upright"), ("Sideways", "")]
    boxes = letters(made, side=1)
    # Its words run upwards, and its head is at the outer edge of the left-hand page.
    bottoms = [bottom for _, bottom, _, _ in boxes]
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] - bottoms[0] > 50
    width, _ = pypdfium2.PdfDocument(made)[1].get_size()
    assert max(right for _, _, right, _ in boxes) < width / 4


@pytest.mark.parametrize(
    ("imposition", "box"), [("booklet", [0, 0, 1224, 792]), ("small-booklet", [0, 0, 792, 612])]
)
def test_the_boxes_are_the_sheet(nine, imposition, box):
    made, _ = impose(nine, "letter", imposition)

    with pikepdf.open(io.BytesIO(made)) as pdf:
        for page in pdf.pages:
            assert [float(each) for each in page.mediabox] == box
            assert [float(each) for each in page.trimbox] == box


def test_it_claims_no_more_than_it_keeps(nine):
    made, _ = impose(nine, "letter", "booklet")

    with pikepdf.open(io.BytesIO(made)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:conformance>B<" in metadata
        assert "pdfuaid" not in metadata
        assert {"/StructTreeRoot", "/MarkInfo", "/AcroForm"}.isdisjoint(pdf.Root.keys())
        assert len(pdf.Root.OutputIntents) == 1
        assert str(pdf.docinfo["/Title"]) == "b"


def test_the_same_pages_make_the_same_bytes(nine):
    assert impose(nine, "letter", "booklet") == impose(nine, "letter", "booklet")


def test_a_file_with_fields_is_refused(nine):
    with pikepdf.open(io.BytesIO(nine)) as pdf:
        field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("name"))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)])
        filled = io.BytesIO()
        pdf.save(filled)

    with pytest.raises(PdfError) as refused:
        impose(filled.getvalue(), "letter", "booklet")
    assert refused.value.code == "has-fields"
