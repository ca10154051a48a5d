"""The pages of the manual as they are printed: how many, how full, and nothing on anything else."""

import pytest

from tests.support.locals import SAMPLES
from tests.support.paper import MM, overlaps, pages_of

pytestmark = pytest.mark.slow

MOST_PAGES = 44
# Of a page's height; the foot is below.
THIRD, FOOT = 1 / 3, 20 * MM
# From the left edge: where the margin begins, and where it ends.
MARGIN, END = 148 * MM, 196.5 * MM
# Margins that hold nothing in print are empty on purpose: the cover, credits and contents.
FRONT = 4


@pytest.fixture(params=[path.parent.name for path in SAMPLES])
def pages(request, sample_kits):
    return pages_of(sample_kits[request.param] / "print" / "manual.pdf")


def test_the_manual_is_no_longer_than_it_has_to_be(pages):
    assert 20 < len(pages) <= MOST_PAGES


def test_every_page_has_words_down_to_its_third(pages):
    ends = {
        page.number: max(word.bottom for word in page.within(0, page.height - FOOT)) / page.height
        for page in pages
    }
    assert {number: end for number, end in ends.items() if end < THIRD} == {}


def test_no_page_is_of_bare_lines(pages):
    few = [
        page.number
        for page in pages
        if len([word for word in page.within(0, page.height - FOOT) if word.left < MARGIN]) < 30
    ]
    # The cover says little.
    assert few in ([], [1])


def test_no_words_lie_on_others(pages):
    assert {page.number: found for page in pages if (found := overlaps(page))} == {}


def test_what_stands_in_the_margin_is_within_it(pages):
    beside = [
        (page.number, word)
        for page in pages[FRONT:]
        for word in page.within(0, page.height - FOOT)
        if word.left >= MARGIN - 0.5 * MM
    ]
    assert len(beside) > 300
    assert [each for each in beside if each[1].right > END] == []
