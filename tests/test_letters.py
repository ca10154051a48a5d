"""Letters look like letters: measured on the page, on each paper, blank and with a name on them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
import yaml

from formgen.compose.pages import make_composer
from formgen.compose.text.context import BLANK_ENTRY
from formgen.kit import resolve
from tests.support.composed import FORMATS, sheet_of
from tests.support.laid_out import laid_out
from tests.support.locals import SAMPLES, changed, write_local
from tests.support.paper import MM, pages_of, rules_of, type_of

LONGEST = Path(__file__).with_name("data") / "locals" / "longest" / "local.yaml"
RIVERBEND = next(path for path in SAMPLES if path.parent.name == "riverbend-esp")
LETTERS = (
    "mentor-thank-you",
    "welcome-mentee",
    "welcome-mentor",
    "answer-accepted",
    "answer-waiting",
    "answer-not-this-year",
)
KNOWN = {
    "mentor_name": "Robin Example",
    "mentor_address": "2 Sample Street, Riverbend, Prairie State 00101",
    "mentee_name": "Sam Sample",
    "mentee_phone": "555-0177",
    "date": "2026-10-05",
}
LONG = {
    f"{whose}_{what}": value
    for whose in ("mentor", "mentee")
    for what, value in {
        "name": "Maximiliana-Josephine Featherstonehaugh-Wintergreen Harborstone",
        "position": "Senior paraeducator for special education and early intervention",
        "school": "Greater Lake and Harbor Counties Consolidated Primary",
        "address": "12345 North Mill Street, Suite 400, Greater Lake and Harbor, PS 00101-1234",
        "phone": "555-0100, extension 2244",
        "email": "maximiliana.featherstonehaugh@a-very-long-domain-name.example.org",
    }.items()
} | {"date": "2026-09-30"}
# Where the address begins and where the words do, in mm; and at which parts of it paper is folded.
PAPERS = {
    "letter": (52, 88, (1 / 3, 2 / 3)),
    "a4": (58, 94, (1 / 3, 2 / 3)),
    "legal": (52, 88, (1 / 4, 1 / 2, 3 / 4)),
}


def composer_of(local_yaml, folder, **settings):
    shutil.copytree(local_yaml.parent, folder, dirs_exist_ok=True)
    values = yaml.safe_load(local_yaml.read_text(encoding="utf-8"))
    text = yaml.safe_dump(changed(values, settings), sort_keys=False)
    return make_composer(resolve(write_local(folder, text)))


def letter_of(composer, name, values):
    document = next(each for each in composer.kit.documents if each.id == name)
    return composer.compose(document, FORMATS["print"], {**BLANK_ENTRY, **values})


@pytest.mark.usefixtures("typesetter")
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("local_yaml", [RIVERBEND, LONGEST], ids=lambda path: path.parent.name)
def test_a_letter_takes_one_page_whoever_gets_it(local_yaml, paper, tmp_path):
    composer = composer_of(local_yaml, tmp_path, paper=paper)
    made = {
        (name, bool(values)): laid_out(sheet_of(letter_of(composer, name, values)))
        for name in LETTERS
        for values in ({}, LONG)
    }

    assert {which for which, pages in made.items() if len(pages) != 1} == set()
    assert {which: page.outside for which, [page] in made.items() if page.outside} == {}
    assert {which: page.overprinted for which, [page] in made.items() if page.overprinted} == {}


@pytest.mark.parametrize("paper", PAPERS)
def test_an_envelope_shows_whom_a_letter_is_for_and_the_paper_is_marked_to_fold(
    paper, typesetter, tmp_path
):
    address, words, folds = PAPERS[paper]
    composer = composer_of(RIVERBEND, tmp_path, paper=paper)
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes(typesetter(sheet_of(letter_of(composer, "mentor-thank-you", KNOWN))).pdf)
    [page] = pages_of(pdf)

    shown = [word for word in page.within(36, words - 4) if word.left < 116 * MM]
    assert " ".join(word.text for word in shown) == (
        "Robin Example 2 Sample Street Riverbend, Prairie State 00101"
    )
    assert shown[0].left == pytest.approx(24 * MM, abs=1)
    assert shown[0].top == pytest.approx(address * MM, abs=4)
    # A window of 28 mm, whichever way the letter lies in it.
    assert shown[-1].bottom < (address + 22) * MM
    date = [word.text for word in page.within(36, words - 4) if word.left > 116 * MM]
    assert date == ["October", "5,", "2026"]
    body = [word for word in page.words if word.top > (words - 2) * MM]
    assert body[0].top == pytest.approx(words * MM, abs=4)
    assert [word.text for word in body[:3]] == ["Thank", "you", "for"]
    marks = [rule for rule in rules_of(pypdf.PdfReader(pdf).pages[0]) if rule.right < 12 * MM]
    assert sorted(mark.top for mark in marks) == pytest.approx(
        [page.height * part for part in folds], abs=2
    )


def test_a_letter_has_its_code_small_in_the_foot_and_no_title(typesetter, tmp_path):
    composer = composer_of(RIVERBEND, tmp_path)
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes(typesetter(sheet_of(letter_of(composer, "mentor-thank-you", {}))).pdf)
    [page] = pages_of(pdf)

    [code] = [word for word in page.words if word.text == "L12"]
    assert code.top > page.height - 21 * MM
    assert {round(each.size, 1) for each in type_of(pypdf.PdfReader(pdf).pages[0])} <= {
        *(7.5, 8.2, 8.6, 9.6, 11.0, 13.8)
    }
    assert "Thank-you letter" not in " ".join(word.text for word in page.words)


def test_a_blank_letter_has_lines_for_the_address_and_one_with_a_name_has_none(
    typesetter, tmp_path
):
    composer = composer_of(RIVERBEND, tmp_path)

    def lines(values):
        pdf = tmp_path / "letter.pdf"
        pdf.write_bytes(typesetter(sheet_of(letter_of(composer, "mentor-thank-you", values))).pdf)
        drawn = rules_of(pypdf.PdfReader(pdf).pages[0])
        return [each for each in drawn if 40 * MM < each.top < 86 * MM and each.left > 12 * MM]

    blank = lines({})
    assert sorted(round((each.right - each.left) / MM) for each in blank) == [44, 92, 92, 92, 92]
    assert lines(KNOWN) == []
    # Nobody typed the day: it is written by hand.
    undated = lines({key: value for key, value in KNOWN.items() if key != "date"})
    assert [round((each.right - each.left) / MM) for each in undated] == [44]


@pytest.mark.parametrize("values", [{}, KNOWN], ids=["blank", "known"])
@pytest.mark.parametrize("name", ["mentor-thank-you", "welcome-mentor"])
def test_words_of_print_and_fillable_are_at_the_same_places(name, values, typesetter, tmp_path):
    sheet = sheet_of(letter_of(composer_of(RIVERBEND, tmp_path), name, values))
    made = typesetter(replace(sheet, editions=("print", "fillable")))
    words = {}
    for edition, data in made.files.items():
        file = tmp_path / f"{edition}.pdf"
        file.write_bytes(data)
        words[edition] = [word for page in pages_of(file) for word in page.words]

    # What fields are filled in with is no word of the page.
    told = {part for value in values.values() for part in value.replace(",", " ").split()}
    told |= {"October", "5", "2026"} if values else set()
    printed, shown = (
        [w for w in words[each] if w.text.strip(",:") not in told] for each in ("print", "fillable")
    )
    assert [word.text for word in printed] == [word.text for word in shown]
    moved = [
        max(abs(a.left - b.left), abs(a.top - b.top)) for a, b in zip(printed, shown, strict=True)
    ]
    assert max(moved) < 0.5 * MM
