"""bleed.py: larger pages for a print shop, with what is cut off and where to cut."""

import io

import pikepdf
import pypdfium2
import pytest

from formgen.pdf.files.bleed import BLEED, MARGIN, add_bleed
from formgen.pdf.sheet import Sheet

MM = 72 / 25.4
BLUE, WHITE = (20, 73, 107), (255, 255, 255)
PAGE = (
    '<!doctype html><html lang="en"><head><title>b</title><style>'
    "@page { size: %s; margin: 0; background: #14496b }"
    ".plate { position: absolute; left: 0; right: 0; bottom: 0; height: 200pt; background: #fff }"
    '</style></head><body><h1>Cover</h1><div class="plate"></div></body></html>'
)
SIZES = {"letter": (612, 792), "letter landscape": (792, 612), "a4": (595.276, 841.890)}


@pytest.fixture(params=SIZES)
def page(request, typesetter):
    """Give a real page that is painted up to its edges, and its size."""
    return typesetter(Sheet(PAGE % request.param)).pdf, SIZES[request.param]


def boxes_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as file:
        page = file.pages[0]
        names = ("MediaBox", "BleedBox", "TrimBox")
        return [[float(x) for x in page.obj[f"/{name}"]] for name in names]


def test_the_boxes_are_paper_bleed_and_marks_and_begin_at_nought(page):
    pdf, (wide, high) = page
    made, pages = add_bleed(pdf)

    media, bleed, trim = boxes_of(made)
    assert pages == 1
    assert media == pytest.approx([0, 0, wide + 2 * MARGIN, high + 2 * MARGIN], abs=0.01)
    assert trim == pytest.approx([MARGIN, MARGIN, MARGIN + wide, MARGIN + high], abs=0.01)
    around = [-3 * MM, -3 * MM, 3 * MM, 3 * MM]
    assert [b - t for b, t in zip(bleed, trim, strict=True)] == pytest.approx(around, abs=0.01)


def seen(pdf):
    """Return what tells the color at a point, in points from the lower left corner."""
    scale = 4
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("RGB")

    def at(x, y):
        return image.getpixel((int(x * scale), int(image.height - y * scale)))

    return at


def test_what_reaches_the_edge_goes_on_through_the_bleed_and_ends_there(page):
    pdf, (wide, high) = page
    at = seen(add_bleed(pdf)[0])

    inside, outside = BLEED - 1, BLEED + 1
    middle, top = MARGIN + wide / 2, MARGIN + high
    for x, y in ((MARGIN - inside, top - 50), (MARGIN + wide + inside, top - 50)):
        assert at(x, y) == BLUE
    assert at(middle, top + inside) == BLUE
    assert at(MARGIN - inside, top + inside) == BLUE
    assert at(middle, top + outside) == WHITE
    assert at(MARGIN - outside, top - 50) == WHITE
    # The white plate at the foot goes on too.
    assert at(MARGIN - inside, MARGIN + 100) == WHITE
    assert at(middle, MARGIN - inside) == WHITE


def test_no_seam_is_seen_at_the_edge(page):
    pdf, (wide, high) = page
    at = seen(add_bleed(pdf)[0])

    across = {at(MARGIN + step / 8, MARGIN + high - 50) for step in range(-24, 24)}
    across |= {at(MARGIN + wide + step / 8, MARGIN + high - 50) for step in range(-24, 24)}
    assert across == {BLUE}


def test_marks_stand_at_the_corners_outside_of_the_bleed(page):
    pdf, (wide, high) = page
    made, _ = add_bleed(pdf)
    with pikepdf.open(io.BytesIO(made)) as file:
        drawn = file.pages[0].obj.Contents.read_bytes().decode()
        lines = [
            tuple(float(word) for word in line.replace("m", "").replace("l S", "").split())
            for line in drawn.splitlines()
            if line.endswith("l S")
        ]
    _, bleed, _ = boxes_of(made)

    assert "/Artifact BMC" in drawn
    assert len(lines) == 8
    for x1, y1, x2, y2 in lines:
        # Each is in line with an edge of the paper, and begins and ends beyond the bleed.
        level, upright = y1 == y2, x1 == x2
        assert level != upright
        on, edges = (y1, (MARGIN, MARGIN + high)) if level else (x1, (MARGIN, MARGIN + wide))
        assert min(abs(on - edge) for edge in edges) < 0.01
        low, far = (bleed[0], bleed[2]) if level else (bleed[1], bleed[3])
        ends = (x1, x2) if level else (y1, y2)
        assert all(end < low - 2 or end > far + 2 for end in ends)
        assert all(0 < end < far + MARGIN for end in ends)
