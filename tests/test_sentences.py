"""sentences.py: what a proof-reader reads: every sentence that holds a value of the local's."""

import pytest

from formgen import api
from formgen.codes import Code
from formgen.compose.text.marks import Marked, MarkedNumber, Part, parts_of, unmarked, without_marks
from formgen.findings import InputError
from formgen.kit import resolve
from tests.support.composed import compose_kit, text_of
from tests.support.locals import MINIMAL, SAMPLES, write, write_local

# Each is printed within a sentence.
VALUES = {
    "local": {"name": "Maple Support Union", "district": "Maple Schools", "president": "Ana Ruiz"},
    "affiliates": {"state": {"name": "State Body", "short_name": "SB"}},
    "program": {
        "name": "Maple Circle",
        "school_year": "2026-2027",
        "duration": "two summers",
        "terms": {"mentor": "trail buddy", "mentee": "explorer"},
        "pilot": {"scope": "building", "note": "the old barn"},
        "goals": ["Bloom & grow"],
        "months": ["May", "June", "Octember"],
        "job_families": ["Beekeepers", "clerical"],
    },
    "dates": {"applications_due": "2026-09-18"},
    "events": [{"name": "Picnic", "date": "2026-10-08", "time": "16:30", "place": "Barn"}],
    "committee": {"name": "Maple Circle Group", "seats": ["One keeper of bees"]},
    "coordinator": {"name": "Bo Lee", "title": "Circle Lead", "phone": "555-0100"},
    "mentors": {"minimum_years": 4, "references": 3},
    "meetings": {"frequency": "at noon", "length": "half an hour", "modes": ["in a canoe"]},
    "confidentiality": {"exceptions": ["a stolen canoe"]},
    "archive": {"years": 6, "custodian": "the keeper of keys"},
}
# On lines of their own, in no sentence; or what only chooses words.
ALONE = {"local.president", "committee.seats.1", "program.pilot.scope"}


@pytest.fixture(scope="module")
def sentences(tmp_path_factory):
    folder = tmp_path_factory.mktemp("maple")
    write_local(folder, VALUES)
    return api.read_sentences(folder)


def leaves_of(value, path=""):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves_of(each, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, each in enumerate(value, 1):
            yield from leaves_of(each, f"{path}.{number}")
    else:
        yield path


def test_every_value_is_read_in_some_sentence(sentences):
    seen = {value.setting for sentence in sentences for value in sentence.values}

    # What is the same as by default is no value of the local's own.
    default = {"program.months.1", "program.months.2", "program.job_families.2"}
    assert set(leaves_of(VALUES)) - seen == ALONE | default
    assert seen <= set(leaves_of(VALUES))


def test_a_sentence_is_in_pieces_and_belongs_to_its_document(sentences):
    told = {(each.code, each.text): each for each in sentences}
    found = told[
        "A7b", "To my trail buddy: this is what you can count on from me as your explorer."
    ]

    assert (found.document, found.title) == ("mentee-pledge", "Explorer’s pledge")
    assert found.parts == (
        Part("To my "),
        Part("trail buddy", "program.terms.mentor"),
        Part(": this is what you can count on from me as your "),
        Part("explorer", "program.terms.mentee"),
        Part("."),
    )


def test_what_follows_from_a_setting_is_its_value(sentences):
    values = {(value.setting, value.text) for each in sentences for value in each.values}

    assert {
        ("program.terms.mentor", "Trail buddies"),
        ("program.terms.mentor", "a trail buddy"),
        ("local.name", "the Maple Support Union"),
        ("dates.applications_due", "September 18, 2026"),
        ("events.1.time", "4:30 PM"),
        ("archive.years", "6 years"),
        ("mentors.minimum_years", "four"),
        ("program.school_year", "2026–2027"),
        ("program.goals.1", "Bloom & grow"),
    } <= values


def test_no_value_is_cut_and_no_sentence_is_told_twice(sentences):
    assert [each for each in sentences if not each.text.strip() or not each.values] == []
    assert len({(each.document, each.parts) for each in sentences}) == len(sentences)


def test_a_local_without_values_of_its_own_is_read_for_its_names_alone(tmp_path):
    write_local(tmp_path, MINIMAL)

    seen = {each.setting for sentence in api.read_sentences(tmp_path) for each in sentence.values}
    assert seen == {"local.name", "coordinator.name", "coordinator.phone"}


def test_values_of_a_pack_are_read_too(tmp_path):
    write_local(tmp_path, f"{MINIMAL}extends: state\n")
    content = tmp_path / "packs" / "state" / "content"
    write(content / "pack.yaml", 'id: state\nname: State\nedition: "1"\n')
    write(content / "program.yaml", "meetings: {frequency: at noon}\n")

    texts = [sentence.text for sentence in api.read_sentences(tmp_path)]
    assert "How often: at noon." in texts


def test_marks_are_on_no_other_page(tmp_path):
    pages = compose_kit(resolve(write_local(tmp_path, VALUES)))

    marked = [name for name, html in pages.items() if any("\ue000" <= c <= "\uf8ff" for c in html)]
    assert marked == []
    assert "How often: at noon" in text_of(pages["welcome-mentee"])


def test_conditions_hold_for_marked_values_as_for_others(tmp_path):
    """What is read is what is printed, sentence by sentence."""
    for local in SAMPLES:
        pages = {name: text_of(html) for name, html in compose_kit(resolve(local)).items()}
        squeezed = {name: "".join(text.split()) for name, text in pages.items()}
        missing = [
            sentence.text
            for sentence in api.read_sentences(local)
            if "".join(sentence.text.split()) not in squeezed[sentence.document]
        ]
        assert missing == []


def test_a_broken_local_is_not_read(tmp_path):
    with pytest.raises(InputError) as caught:
        api.read_sentences(write_local(tmp_path, f"{MINIMAL}papr: letter\n"))

    assert [finding.code for finding in caught.value.findings] == [Code.UNKNOWN_KEY]


def test_a_marked_value_is_as_any_other_until_it_is_printed():
    marked = Marked("phone", "meetings.modes.1")

    assert marked == "phone"
    assert {marked: 1} == {"phone": 1}
    assert MarkedNumber(3, "archive.years") + 1 == 4
    assert f"{unmarked(marked)} {unmarked(MarkedNumber(3, 'x'))} {unmarked('y')}" == "phone 3 y"
    assert without_marks(f"by {marked!s} {MarkedNumber(3, 'x')!s}") == "by phone 3"
    assert list(parts_of(f"by {marked!s}.")) == [
        Part("by "),
        Part("phone", "meetings.modes.1"),
        Part("."),
    ]


def test_a_value_in_a_value_belongs_to_the_outer_one():
    inner = Marked("peer", "inner")
    outer = Marked(f"the {inner!s} program", "outer")

    assert [part.setting for part in parts_of(f"{outer!s} x")] == ["outer", "outer", "outer", ""]
