"""printing.py: the order of a booklet, and the paper that it takes."""

import pytest

from formgen.model.printing import booklet_order, sheet_of

# The pages of each side, left and right, counted from one; what is beyond the last is blank.
FOUR = [(4, 1), (2, 3)]
EIGHT = [(8, 1), (2, 7), (6, 3), (4, 5)]
ORDERS = {
    **dict.fromkeys(range(1, 5), FOUR),
    **dict.fromkeys(range(5, 9), EIGHT),
    9: [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)],
}


@pytest.mark.parametrize(("pages", "expected"), ORDERS.items())
def test_the_order_of_a_booklet(pages, expected):
    assert [(left + 1, right + 1) for left, right in booklet_order(pages)] == expected


@pytest.mark.parametrize("pages", [4, 52, 116])
def test_a_folded_booklet_reads_from_the_first_page_to_the_last(pages):
    sides = booklet_order(pages)
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    leaves = [(front[1], back[0]) for front, back in sheets]
    leaves += [(back[1], front[0]) for front, back in reversed(sheets)]

    assert [page for leaf in leaves for page in leaf] == list(range(pages))


@pytest.mark.parametrize(
    ("paper", "booklet", "small"),
    [
        ("letter", (1224, 792), (792, 612)),
        ("legal", (1224, 1008), (1008, 612)),
        ("a4", (1190.55, 841.89), (841.89, 595.28)),
    ],
)
def test_a_sheet_is_twice_the_paper_or_the_paper_turned(paper, booklet, small):
    assert sheet_of(paper, "booklet") == pytest.approx(booklet, abs=0.01)
    assert sheet_of(paper, "small-booklet") == pytest.approx(small, abs=0.01)
