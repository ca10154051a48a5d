"""sides.py: what lies on fronts and what on backs."""

from hypothesis import given
from hypothesis import strategies as st

from formgen.pdf.files.duplex import Span, lay_out

PARTS = st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=9)


def sheets_of(span):
    """Return the sheets of paper that a part's pages are on, if both sides are printed."""
    return {page // 2 for page in range(span.first, span.first + span.pages)}


def test_a_part_with_an_odd_number_of_pages_has_a_blank_back():
    assert lay_out([(1, False), (2, False), (3, False)]) == [
        Span(0, 1, 1),
        Span(2, 2, 0),
        Span(4, 3, 1),
    ]


def test_pages_follow_each_other_where_fronts_do_not_matter():
    parts = [(1, False), (2, False), (1, False)]

    assert lay_out(parts, fronts=False) == [Span(0, 1, 0), Span(1, 2, 0), Span(3, 1, 0)]


def test_a_part_with_sheets_of_its_own_shares_none_even_then():
    parts = [(1, False), (1, True), (1, False)]

    assert lay_out(parts, fronts=False) == [Span(0, 1, 1), Span(2, 1, 1), Span(4, 1, 0)]


@given(PARTS)
def test_with_fronts_every_part_starts_on_a_front(parts):
    spans = lay_out(parts)

    assert [span.first % 2 for span in spans] == [0] * len(parts)
    assert [span.pages for span in spans] == [pages for pages, _ in parts]
    assert all(span.blanks <= 1 for span in spans)


@given(PARTS, st.booleans())
def test_parts_lie_side_by_side_and_no_sheet_of_ones_own_is_shared(parts, fronts):
    spans = lay_out(parts, fronts=fronts)

    assert [span.first for span in spans] == [0, *(span.end for span in spans)][: len(parts)]
    for number, (_, own_sheet) in enumerate(parts):
        others = {s for n, span in enumerate(spans) if n != number for s in sheets_of(span)}
        assert not own_sheet or not sheets_of(spans[number]) & others
