"""everyday_dates.py: dates and times as people write them."""

import datetime as dt

import pytest

from formgen.compose.text.language import Language
from formgen.model.everyday_dates import likely_date, likely_time, typed_day
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


@pytest.mark.parametrize(
    "text",
    [
        *("10/2/2026", "10-2-2026", "2026/10/02", "October 2, 2026", "Oct 2 2026"),
        *("Oct. 2nd, 2026", "2 October 2026", "Friday, October 2, 2026", "20261002"),
    ],
)
def test_a_day_is_read_as_people_write_it(text):
    assert likely_date(text) == dt.date(2026, 10, 2)


@pytest.mark.parametrize("text", ["", "soon", "October 2", "13/32/2026", "2026-13-40", "October"])
def test_what_is_no_day_is_none(text):
    assert likely_date(text) is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        *(("4:30 pm", "16:30"), ("4:30 p.m.", "16:30"), ("4 PM", "16:00"), ("12:15am", "0:15")),
        *(("12 pm", "12:00"), ("8.30", "8:30"), ("8", "8:00"), ("25:00", ""), ("noon", "")),
    ],
)
def test_a_time_is_read_as_people_write_it(text, time):
    assert likely_time(text) == time
