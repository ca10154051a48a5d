"""copies_sheet.py: how many of each packet, on how many sheets, held together how."""

import re

import pytest

from formgen.compose.copy_list import Card, ToPrint, copies_sheet
from formgen.compose.packet_sheets import Sheets
from formgen.compose.pages import make_composer
from tests.support.locals import resolved

CELL = re.compile(r"<td class=\"([a-z-]+)\">(.*?)</td>", re.DOTALL)


def rows_of(html):
    """Return the rows of the tables, each as texts by column."""
    rows = re.findall(r"<tr>(<td.*?)</tr>", html, re.DOTALL)
    return [
        {name: " ".join(re.sub(r"<[^>]+>", " ", text).split()) for name, text in CELL.findall(row)}
        for row in rows
    ]


@pytest.fixture
def listed(tmp_path):
    """Give what lists a local's packets, of so many pages each, and returns rows and page."""

    def run(changes=None, pages=10, cards=(), booklets=(), pairs=40):
        sheets = Sheets(make_composer(resolved(tmp_path, changes or {})))
        packets = [
            ToPrint(packet, f"packets/{packet.id}.pdf", pages, cards, booklets)
            for packet in sheets.composer.kit.packets
        ]
        certificates = [
            Card(document, f"print/{document.id}.pdf", 1)
            for document in sheets.composer.kit.documents
            if document.entry.kind == "certificate"
        ]
        html = copies_sheet(sheets, pairs, packets, certificates).html
        names = [packet.packet.id for packet in packets] + [c.document.id for c in certificates]
        return dict(zip(names, rows_of(html), strict=True)), html

    return run


@pytest.mark.parametrize(
    ("packet", "copies", "in_all"),
    [
        ("launch", "one for each school", ""),
        ("mentor-application", "one for each applicant", ""),
        ("pair", "40 one for each pair", "200"),
        ("committee", "one for each member", ""),
        ("complete-manual", "1 one in all", "5"),
        ("certificate-of-completion", "40 one for each mentee", "40"),
        ("certificate-of-appreciation", "40 one for each mentor", "40"),
    ],
)
def test_numbers_are_counted_or_left_to_be_written_in(listed, packet, copies, in_all):
    row = listed()[0][packet]

    assert (row["print-copies"], row["print-all"]) == (copies, in_all)


def test_members_are_counted_where_the_settings_name_their_seats(listed):
    seats = {"committee": {"seats": ["Chair", "Secretary", "Teacher"]}}

    assert listed(seats)[0]["committee"]["print-copies"] == "3 one for each member"


def test_everything_known_is_added_up(listed):
    # Two packets for each of 40 pairs and one manual, of five sheets each.
    _, html = listed()

    assert "<b>405 sheets of paper</b> and those that you write in" in html
    assert "One package of 500 is enough" in html
    assert "3 packages of 500" in listed(pairs=120)[1]


@pytest.mark.parametrize(
    ("packet", "pages", "expected"),
    [
        # All of it has one fate; its parts have several; it is too thick.
        ("launch", 10, "Staple, top left"),
        ("pair", 10, "Clip; it is taken apart"),
        ("pair", 42, "Punch, for a binder"),
    ],
)
def test_how_a_packet_is_held_together(listed, packet, pages, expected):
    assert listed(pages=pages)[0][packet]["print-hold"] == expected


def test_certificates_are_left_out_of_what_people_get(listed):
    rows, _ = listed(cards=((7, 8), (9, 10)))

    assert "Leave out pages 7–10 of the file" in rows["closing"]["print-what"]
    assert rows["closing"]["print-papers"] == "3"
    assert "Leave out" not in rows["complete-manual"]["print-what"]
    assert rows["complete-manual"]["print-papers"] == "5"


@pytest.mark.parametrize(
    ("paper", "kind", "expected"),
    [
        ("letter", "booklet", "tabloid paper"),
        ("a4", "booklet", "A3 paper"),
        ("a4", "small-booklet", "A4 paper, turned"),
    ],
)
def test_booklets_say_their_paper_and_the_edge_to_flip_on(listed, paper, kind, expected):
    _, html = listed({"paper": paper}, booklets=(kind,))

    assert expected in html
    assert "flip on the short edge" in html
    assert "<b>P4</b> 3" in html


def test_without_booklets_nothing_is_said_of_them(listed):
    assert "booklet" not in listed()[1]
