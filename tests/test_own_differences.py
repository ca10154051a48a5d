"""differences.py of own: what a local says differently from what it builds on, in words."""

import pytest

from formgen.own.copying import own
from formgen.own.differences import differences
from formgen.packs.install import add
from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import bases_text, basis_of
from tests.support.locals import MINIMAL, minimal, write, write_local
from tests.support.packs import FORM, LETTER, opened, pack_files


@pytest.fixture
def said(tmp_path):
    """Give what is said of a local of some settings and files: lines by group, name and file."""

    def tell(settings="", files=None):
        write_local(tmp_path, minimal(settings))
        for path, text in (files or {}).items():
            write(tmp_path / path, text)
        known = {"local.name", "coordinator.name", "coordinator.phone"}
        return {
            (each.group, each.name, each.file): each.lines
            for each in differences(tmp_path)
            if each.name not in known
        }

    return tell


def test_a_local_that_changes_nothing_says_who_it_is_alone(tmp_path):
    write_local(tmp_path, MINIMAL)

    assert [(each.name, each.lines) for each in differences(tmp_path)] == [
        ("local.name", ("Test Local here, nothing in formgen",)),
        ("coordinator.name", ("Pat Doe here, nothing in formgen",)),
        ("coordinator.phone", ("555-0100 here, nothing in formgen",)),
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            "mentors: {minimum_years: 5}",
            {("settings", "mentors.minimum_years", ""): ("5 here, 3 in formgen",)},
        ),
        ("mentors: {minimum_years: 3}", {}),
        ("events: []", {}),
        (
            "meetings: {modes: [by raft]}",
            {
                ("settings", "meetings.modes", ""): (
                    "[by raft] here, [in person, by phone, by e-mail] in formgen",
                )
            },
        ),
        (
            """\
forms:
  F3:
    remove: [fax]
    relabel: {expertise: Your strengths}
    add: ["Which bus do you take?", {after: expertise, name: tongues, label: Tongues}]
""",
            {
                ("forms", "Mentor application (F3)", ""): (
                    "without “Fax” (fax)",
                    "“Areas of expertise” (expertise) is called “Your strengths”",
                    "with “Which bus do you take?”",
                    "with “Tongues”, after “Areas of expertise” (expertise)",
                )
            },
        ),
        (
            "pledges: {mentor: {remove: [available], add: [I will wave.]}}",
            {
                ("promises", "mentor", ""): (
                    "without “I will be available. I will make time for you.”",
                    "with “I will wave.”",
                )
            },
        ),
        (
            "documents: {omit: [F20]}",
            {("documents", "left out", ""): ("mentor-training-outline (F20)",)},
        ),
        (
            "packets: {omit: [launch], change: {pair: {add: [L1], remove: [A7a]}}}",
            {
                ("packets", "left out", ""): ("launch",),
                ("packets", "pair", ""): (
                    "with Notice of program start-up (L1)",
                    "without Mentor’s pledge (A7a)",
                ),
            },
        ),
    ],
)
def test_settings_fields_promises_documents_and_packets_are_told(settings, expected, said):
    assert said(settings) == expected


def test_own_words_are_told_sentence_by_sentence(said, tmp_path):
    write_local(tmp_path)
    file = own(tmp_path, "L12").file
    text = file.read_text("utf-8")
    write(file, text.replace("you gave your time", "you gave all of your time"))

    name = ("words", "Thank-you letter to a mentor (L12)", LETTER)
    first, *spots = said()[name]

    assert first.startswith("in place of formgen's: ")
    assert first.endswith("sentences, of which 1 is yours")
    assert len(spots) == 1
    assert "{+all of+}" in spots[0]


def test_a_title_that_is_not_said_is_that_of_the_file_below(said):
    lines = said(files={LETTER: "---\nrecipient: true\n---\nMine.\n"})[
        ("words", "Thank-you letter to a mentor (L12)", LETTER)
    ]

    assert [line for line in lines if line.startswith(("title", "purpose"))] == []
    assert lines[-1] == "not known what it was made from: `formgen pack review` has it followed"


def test_what_has_changed_below_since_is_pointed_to(said, tmp_path):
    write_local(tmp_path)
    own(tmp_path, "L12")
    older = {LETTER: basis_of(LETTER, b"Long ago.\n")}
    write(tmp_path / OWN_FILES, bases_text(older))
    text = (tmp_path / LETTER).read_text("utf-8")
    write(tmp_path / LETTER, text.replace("With thanks,", "With many thanks,"))

    first, *_, last = said()["words", "Thank-you letter to a mentor (L12)", LETTER]

    assert first.endswith("sentences, all of them from there")
    assert last == "formgen changed that since: `formgen check` tells what it misses"


def test_own_chapters_small_words_and_new_documents_are_told(said):
    found = said(
        files={
            "content/en/manual/30-why.md": "",
            "content/en/manual/45-our-story.md": "# Our story\n\nWe began.\n",
            "content/en/words.yaml": "grammar: {district: our district}\n",
            "content/documents.yaml": (
                "documents:\n  parking:\n    {code: F30, kind: form, content: forms/parking.yaml,"
                " audience: pair, privacy: program, handling: pair}\n"
            ),
            "content/en/forms/parking.yaml": "title: Parking\npurpose: To park.\nsections: []\n",
        }
    )

    chapter = found.pop(("words", "manual/30-why", "content/en/manual/30-why.md"))
    assert chapter[0] == "in place of formgen's, and empty: it is left out"
    listed = found.pop(("documents", "content/documents.yaml", "content/documents.yaml"))
    assert "documents.parking.code: {+F30+}" in listed
    assert found == {
        ("words", "manual/45-our-story", "content/en/manual/45-our-story.md"): ("your own",),
        ("words", "words", "content/en/words.yaml"): (
            "grammar.district: [-the-] {+our+} district",
        ),
        ("words", "Parking (F30)", "content/en/forms/parking.yaml"): ("your own",),
    }


def test_looks_are_told(said):
    found = said(
        files={
            "templates/styles/print.more.css": "p { color: red }\n",
            "templates/letter.html.j2": '{% extends "base/letter.html.j2" %}\n',
        }
    )

    assert found["looks", "templates/styles/print.more.css", "templates/styles/print.more.css"] == (
        "adds to templates/styles/print.css",
    )
    template = found["looks", "templates/letter.html.j2", "templates/letter.html.j2"]
    assert template[0] == "in place of formgen's"


def test_below_is_the_nearest_pack(tmp_path):
    file = write_local(tmp_path, {"mentors": {"minimum_years": 4}})
    more = {
        "content/program.yaml": "mentors: {minimum_years: 6}\n",
        FORM: "sections: []\n",
        LETTER: "---\ngreeting: Hi\n---\nOhio.\n",
    }
    add(opened(pack_files(more=more)), file)
    write(tmp_path / LETTER, "---\ngreeting: Hi\n---\nMine.\n")

    found = {each.name: each.lines for each in differences(tmp_path)}

    assert found["mentors.minimum_years"] == ("4 here, 6 in pack ohio",)
    assert found["Thank-you letter to a mentor (L12)"][0].startswith("in place of pack ohio's: ")
    assert "Mentor application (F3)" not in found
