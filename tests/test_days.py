"""days.py: dates as people type them."""

import pytest

from formgen.compose.text.days import typed_day
from formgen.compose.text.language import Language
from formgen.sources.layers import base_layer
from formgen.sources.strict_yaml import read_yaml

MDY, DMY = "mdy", "dmy"
WORDS = read_yaml(base_layer().folder / "content" / "en" / "words.yaml")


@pytest.mark.parametrize(
    "text",
    [
        *("2026-09-14", "9/14/2026", "09/14/2026", "9-14-2026", "9.14.2026", "2026/9/14"),
        *(
            "Sept 14 2026",
            "Sept. 14, 2026",
            "September 14, 2026",
            "14 Sep 2026",
            "14. September 2026",
        ),
        *("SEPTEMBER 14th 2026", "Mon, Sep 14, 2026", "Monday 14 Sept. 2026", "2026 Sep 14"),
        *("9/14/2026 0:00", "2026-09-14 00:00:00", "2026-09-14T00:00:00", "9/14/2026 12:00 AM"),
    ],
)
def test_a_day_as_people_type_it(text):
    assert read_or_nothing(text) == "2026-09-14"


def test_figures_stand_in_the_order_of_the_language():
    assert typed_day("14.9.2026", DMY, {}) == "2026-09-14"
    assert typed_day("3/4/2026", MDY, {}) == "2026-03-04"


def read_or_nothing(text):
    try:
        return Language("en", WORDS).iso_day(text)
    except ValueError:
        return ""


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "soon",
            "9/14",
            "9/14/26",
            "14/9/2026",
            "2026-02-30",
            "46279",
            "Sept 2026",
            "Ju 1 2026",
        ),
        *("May 1-3, 2026", "Sept 14 or Oct 14 2026", "Feb 30 2026", "20260914x"),
    ],
)
def test_what_could_be_no_day_or_several_is_none(text):
    assert read_or_nothing(text) == ""
