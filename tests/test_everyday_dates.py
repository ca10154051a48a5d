"""everyday_dates.py: dates and times as people write them."""

import datetime as dt

import pytest

from formgen.model.everyday_dates import likely_date, likely_time


@pytest.mark.parametrize(
    "text",
    [
        *("10/2/2026", "10/02/26", "10-2-2026", "2026/10/02", "October 2, 2026", "Oct 2 2026"),
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
