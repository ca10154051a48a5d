"""colour.py: contrast as WCAG 2.2 defines it, and colours between two."""

import pytest

from formgen.model.looks.colour import contrast, mix


@pytest.mark.parametrize(
    ("colour", "other", "ratio"),
    [
        # From WCAG's own examples and the tables of contrast checkers.
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#949494", "#ffffff", 3.03),
        ("#ff0000", "#ffffff", 4.0),
        ("#00ff00", "#ffffff", 1.37),
        ("#0000ff", "#ffffff", 8.59),
        ("#0000ff", "#ff0000", 2.15),
    ],
)
def test_contrast_is_that_of_the_standard(colour, other, ratio):
    assert round(contrast(colour, other), 2) == ratio


def test_contrast_is_the_same_both_ways_and_in_capitals():
    assert contrast("#14496b", "#fffffe") == contrast("#fffffe", "#14496B")


@pytest.mark.parametrize(
    ("share", "colour"),
    [(1, "#14496b"), (0, "#ffffff"), (0.5, "#8aa4b5"), (0.08, "#ecf0f3")],
)
def test_a_mixed_colour_lies_between_the_two(share, colour):
    assert mix("#14496b", "#ffffff", share) == colour
