"""packets.py of compose: cover sheets, and chapters of the manual by themselves."""

import html
import re

import pytest

from formgen.compose.packet_sheets import Inside, Sheets, check_sheets
from formgen.compose.pages import make_composer
from tests.support.composed import FORMATS, text_of
from tests.support.locals import resolved, write
from tests.support.overlays import overlaid

COORDINATOR = {"name": "Sam Lee", "title": "Coordinator", "phone": "555-0142"}
LOCAL = {
    "coordinator": COORDINATOR,
    "archive": {"documents": ["mentor-application"], "years": 3, "custodian": "the secretary"},
    "dates": {"applications_due": "2026-09-18", "exit_forms_due": "2027-06-04"},
}


def cover_of(kit, packet, pages=2, papers=9):
    """Return the cover of a packet in which every document has so many pages."""
    sheets = Sheets(make_composer(kit))
    found = next(each for each in kit.packets if each.id == packet)
    inside = [
        Inside(name, part, facts["code"], str(facts["title"]), pages)
        for part, name in enumerate(found.documents, 1)
        for facts in [sheets.composer.documents[name]]
    ]
    return sheets.cover(found, inside, papers).html


def fates(page):
    """Return the rows of what becomes of the pages: verb, codes, words."""
    table = page.partition('class="fates"')[2].partition("<tbody>")[2]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [tuple(" ".join(re.sub(r"<[^>]*>", "", c).split()) for c in row) for row in cells]


def test_a_cover_says_for_whom_and_how_much(tmp_path):
    text = text_of(cover_of(resolved(tmp_path), "pair"))

    assert "For the mentor and the mentee Packet for the pair" in text
    assert "32 pages · 9 sheets of paper, printed on both sides." in text


def test_a_cover_lists_what_is_inside_with_links_to_it(tmp_path):
    page = cover_of(resolved(tmp_path), "mentor-application")

    assert re.findall(r'<a href="(formgen:[^"]+)">([^<]+)</a>', page) == [
        ("formgen:part/1", "How to apply as a mentor"),
        ("formgen:part/2", "Criteria and scoring sheet"),
        ("formgen:part/3", "Mentor application"),
        ("formgen:part/4", "Mentor’s pledge"),
    ]
    assert "G2 How to apply as a mentor G2-1 2 pages" in text_of(page)


def test_a_cover_says_of_each_page_what_its_footer_says_and_what_comes_after(tmp_path):
    assert fates(cover_of(resolved(tmp_path, LOCAL), "mentor-application")) == [
        ("Pass on", "G2", "To share. Copy it as often as you like."),
        (
            "Read, or fill in for the committee",
            "F23",
            (
                "Applicants may keep a blank sheet."
                " Sheets that are filled in stay with the committee and are not archived."
            ),
        ),
        (
            "Return",
            "F3",
            (
                "Return to Sam Lee, Coordinator. Archived for 3 years by the secretary."
                " Return it by September 18, 2026."
                " After that it is shredded or deleted, copies included."
            ),
        ),
        (
            "Keep",
            "A7a",
            "For the pair to keep. Not archived. Shred it when you no longer need it.",
        ),
    ]


def test_what_is_not_archived_is_said_to_be_shredded(tmp_path):
    rows = fates(cover_of(resolved(tmp_path, {**LOCAL, "archive": {"documents": []}}), "closing"))

    assert rows[0] == (
        "Return",
        "F11a, F11b",
        (
            "Return to Sam Lee, Coordinator. Not archived. Return it by June 4, 2027."
            " It is shredded when it has done its work."
        ),
    )


def test_without_a_day_none_is_named(tmp_path):
    rows = fates(cover_of(resolved(tmp_path, {**LOCAL, "dates": {}}), "closing"))

    assert [row for row in rows if "Return it by" in row[2]] == []
    assert "Ask Sam Lee by when." in rows[0][2]


def test_whatever_is_returned_is_returned_by_some_time(sample):
    returned = {
        codes: how
        for packet in sample.packets
        for verb, codes, how in fates(cover_of(sample, packet.id))
        if "eturn" in verb
    }
    said = ("Return it by ", "Ask ", "Return it once ", "Return it as soon as ")

    assert returned
    assert [codes for codes, how in returned.items() if not any(s in how for s in said)] == []


def test_private_pages_are_told_to_be_kept_to_oneself(sample):
    rows = {verb: codes for verb, codes, _ in fates(cover_of(sample, "pair"))}

    assert rows["Keep to yourself"] == "F10a, F10b, F27b"


def test_one_page_is_not_called_pages(tmp_path):
    others = ["mentor-application-process", "scoring-sheet", "mentor-pledge"]
    changes = {"documents": {"omit": others}}
    text = text_of(cover_of(resolved(tmp_path, changes), "mentor-application", 1, 1))

    assert "1 page · 1 sheet of paper" in text
    assert "1 pages" not in text


def test_a_cover_speaks_the_words_of_the_local(tmp_path):
    terms = {"program": {"terms": {"mentor": "peer coach", "mentee": "newcomer"}}}
    text = text_of(cover_of(resolved(tmp_path, terms), "mentor-application"))

    assert "Peer coach application packet" in text
    assert "mentor" not in text.casefold().replace("mentoring", "")


def test_a_chapter_has_the_number_and_words_that_it_has_in_the_manual(sample):
    composer = make_composer(sample)
    manual = next(document for document in sample.documents if document.id == "manual")
    whole = composer.compose(manual, FORMATS["print"]).html

    page = Sheets(composer).chapter("manual/30-why").html

    assert '<p class="chapter-number">3</p>' in page
    assert "From the Program manual" in text_of(page)
    words = re.search(r'<div class="prose">(.*?)</div>\s*</section>', page, re.DOTALL)
    assert words
    assert words[1].strip() in whole


def test_a_chapter_that_a_local_emptied_is_none(tmp_path):
    kit = overlaid(tmp_path, {"content/en/manual/30-why.md": ""})

    assert "manual/30-why" not in Sheets(make_composer(kit)).chapters
    assert check_sheets(make_composer(kit)) == []


def test_the_sheets_of_the_samples_are_right(sample):
    assert check_sheets(make_composer(sample)) == []


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("templates/packet.html.j2", "{{ wrong.word }}", "'wrong' is undefined."),
        ("templates/chapter.html.j2", "{{ wrong }}", "'wrong' is undefined."),
        (
            "content/en/words.yaml",
            "packet: {inside: '{{ wrong }}'}",
            "'wrong' is undefined.",
        ),
    ],
)
def test_what_is_wrong_with_a_sheet_is_found_once(file, text, message, tmp_path):
    write(tmp_path / file, f"{text}\n")

    found = check_sheets(make_composer(resolved(tmp_path)))

    assert [finding.message for finding in found] == [message]


def test_a_value_is_printed_as_typed(tmp_path):
    name = "<b>Sam</b> {{ x }} *Lee*"
    page = cover_of(
        resolved(tmp_path, {**LOCAL, "coordinator": {**COORDINATOR, "name": name}}), "pair"
    )

    assert html.escape(name, quote=False) in page
