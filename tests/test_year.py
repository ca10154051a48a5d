"""year.py and year_calendar.py: the days of a program's year, on one page and in a calendar."""

import pytest

from formgen.compose.pages import make_composer
from formgen.compose.text.language import Language
from formgen.compose.text.year import DayOfYear, days_of_year, months_of_year
from formgen.compose.year_calendar import year_calendar
from tests.support.composed import FORMATS, text_of
from tests.support.locals import resolved
from tests.support.overlays import document_of

EVENTS = [
    {"name": "Kick-off", "date": "2026-10-08", "time": "16:30", "place": "Library"},
    {"name": "Thanks", "date": "2027-06-10", "for": ["year"]},
    {"name": "Fair", "date": "2026-08-20", "for": ["notice"]},
]
GIVEN = {
    "program": {"school_year": "2026-2027", "months": ["September", "October", "June"]},
    "dates": {"applications_due": "2026-08-28", "exit_forms_due": "2027-06-04"},
    "events": EVENTS,
}


def days_in(kit):
    return days_of_year(kit.settings, kit.words)


def test_the_days_are_dates_and_the_events_that_are_for_the_year_in_their_order(tmp_path):
    assert [(day.date, day.name) for day in days_in(resolved(tmp_path, GIVEN))] == [
        ("2026-08-28", "Applications are due"),
        ("2026-10-08", "Kick-off"),
        ("2027-06-04", "The last forms are due"),
        ("2027-06-10", "Thanks"),
    ]


def test_a_day_outside_of_the_months_has_a_month_of_its_own(tmp_path):
    kit = resolved(tmp_path, GIVEN)
    months = months_of_year(kit.settings, days_in(kit), Language("en", kit.words))

    assert [(month.name, [day.name for day in month.days]) for month in months] == [
        ("August", ["Applications are due"]),
        ("September", []),
        ("October", ["Kick-off"]),
        ("June", ["The last forms are due", "Thanks"]),
    ]
    assert [month.name for month in months if month.is_first] == ["September"]
    assert [month.name for month in months if month.is_halfway] == ["October"]
    assert [month.name for month in months if month.is_last] == ["June"]


@pytest.mark.parametrize(
    ("told", "first"),
    [("2026-10-16", "October"), ("2026-08-20", "September"), ("2028-01-01", "September")],
)
def test_pairs_do_not_meet_before_they_have_heard_who_the_partner_is(told, first, tmp_path):
    """After the last month it is a slip of the year."""
    kit = resolved(tmp_path, {**GIVEN, "dates": {"matched_by": told}})
    months = months_of_year(kit.settings, days_in(kit), Language("en", kit.words))

    assert [month.name for month in months if month.is_first] == [first]


@pytest.mark.parametrize("names", [["Fall", "Winter"], ["July", "January"], ["May"]])
def test_no_day_is_lost_whatever_months_are_called(names, tmp_path):
    given = {**GIVEN, "program": {"months": names}}
    kit = resolved(tmp_path, given)
    months = months_of_year(kit.settings, days_in(kit), Language("en", kit.words))

    assert sorted(day.id for month in months for day in month.days) == sorted(
        day.id for day in days_in(kit)
    )
    assert [month.name for month in months if month.name in names] == names


def test_the_notice_lists_the_events_that_are_for_it_and_the_page_the_others(tmp_path):
    kit = resolved(tmp_path, GIVEN)
    made = make_composer(kit)
    notice, page = (
        text_of(made.compose(document_of(kit, name), FORMATS["print"]).html)
        for name in ("start-up-notice", "year-on-one-page")
    )

    assert [name in notice for name in ("Kick-off", "Thanks", "Fair")] == [True, False, True]
    assert [name in page for name in ("Kick-off", "Thanks", "Fair")] == [True, True, False]


def lines_of(*days, program="Program"):
    return year_calendar(days, "test", program).decode().split("\r\n")


def test_a_calendar_has_all_that_the_standard_asks_for():
    assert lines_of(DayOfYear("due", "2026-09-18", "Due")) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//formgen//year//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:2026-due@test.formgen",
        "DTSTAMP:20260918T000000Z",
        "DTSTART;VALUE=DATE:20260918",
        "SUMMARY:Program: Due",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_an_early_hour_has_two_digits_and_comes_first(tmp_path):
    morning = {"name": "Breakfast", "date": "2026-10-08", "time": "8:30"}
    days = days_in(resolved(tmp_path, {"events": [EVENTS[0], morning]}))

    assert [(day.name, day.time) for day in days] == [("Breakfast", "08:30"), ("Kick-off", "16:30")]
    assert b"DTSTART:20261008T083000\r\n" in year_calendar(days, "a", "Program")


def test_a_time_is_that_of_the_place():
    lines = lines_of(DayOfYear("start", "2026-10-08", "Start", "16:30", "Hall"))

    assert "DTSTART:20261008T163000" in lines
    assert "LOCATION:Hall" in lines


def test_what_has_a_meaning_in_calendars_is_escaped():
    lines = lines_of(DayOfYear("a", "2026-10-08", "Bread, salt; \\ \nEND:VEVENT", "", "A, B"))

    assert r"SUMMARY:Program: Bread\, salt\; \\ END:VEVENT" in lines
    assert r"LOCATION:A\, B" in lines
    assert lines.count("END:VEVENT") == 1


@pytest.mark.parametrize("letter", ["x", "é", "の", "😀"])
def test_long_lines_are_folded_at_75_octets_and_no_letter_is_cut(letter):
    name = letter * 200
    data = year_calendar([DayOfYear("a", "2026-10-08", name)], "test", "P")

    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert all(line.decode() for line in data.split(b"\r\n") if line)
    assert f"SUMMARY:P: {name}" in data.decode().replace("\r\n ", "")


def test_an_event_stays_the_same_on_another_day_and_beside_others(tmp_path):
    event = {"name": "Kick-off", "date": "2026-10-08"}
    others = [{"name": "Fair", "date": "2026-09-01"}, {**event, "date": "2026-10-09"}]
    before = days_in(resolved(tmp_path / "a", {"events": [event]}))
    after = days_in(resolved(tmp_path / "b", {"events": others}))

    assert before[0].id == after[1].id
    assert (
        len({day.id for day in days_in(resolved(tmp_path / "c", {"events": [event, {**event}]}))})
        == 2
    )
