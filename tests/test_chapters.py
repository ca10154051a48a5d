"""model/groups/chapters.py: the order of a manual's chapters, and which a local leaves out."""

import pytest

from formgen.compose.packet_sheets import Sheets
from formgen.compose.pages import make_composer
from formgen.compose.text.contents import read_chapters
from formgen.compose.text.context import words_context
from formgen.kit import resolve
from tests.support.locals import findings_of, lines_of, minimal, write, write_local
from tests.support.overlays import document_of

MANUAL = "content/en/manual"
STORY = "# Our story\n\nIt began with a bus.\n"
USUAL = [
    *("10-introduction", "20-what-mentoring-is", "30-why", "40-who-mentors"),
    *("50-who-is-mentored", "60-responsibilities", "70-readiness", "80-setting-up"),
    *("82-people", "84-running-it", "90-process", "95-tools"),
]


def kit_with(folder, setting="{}", files=()):
    for name, text in dict(files).items():
        write(folder / MANUAL / name, text)
    return resolve(write_local(folder, minimal(f"manual: {setting}")))


def chapters_of(kit):
    """Return the chapters of a local's manual, as they are composed."""
    wording, _ = words_context(kit)
    return [each.file for each in read_chapters(kit, document_of(kit, "manual"), wording)]


def packets_of(kit):
    return {packet.id: packet.items for packet in kit.packets}


def test_without_settings_the_numbers_decide(tmp_path):
    assert chapters_of(kit_with(tmp_path)) == USUAL


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("[why]", ["30-why", "10-introduction"]),
        ("[80-setting-up, why]", ["80-setting-up", "30-why", "10-introduction"]),
        ("[manual/30-why, people.md]", ["30-why", "82-people", "10-introduction"]),
        ("[tools]", ["95-tools", "10-introduction"]),
    ],
)
def test_chapters_that_are_named_come_first_and_the_rest_follows(order, first, tmp_path):
    chapters = chapters_of(kit_with(tmp_path, f"{{order: {order}}}"))

    assert chapters[: len(first)] == first
    assert sorted(chapters) == USUAL
    rest = chapters[len(first) - 1 :]
    assert rest == sorted(rest)


def test_a_chapter_of_ones_own_is_a_file_with_a_title(tmp_path):
    kit = kit_with(tmp_path, files={"35-our-story.md": STORY})

    assert chapters_of(kit) == [*USUAL[:3], "35-our-story", *USUAL[3:]]
    assert kit.warnings == ()


def test_without_a_number_it_comes_before_the_tools_unless_it_is_named(tmp_path):
    files = {"our-story.md": STORY}

    assert chapters_of(kit_with(tmp_path / "a", files=files))[-2:] == ["our-story", "95-tools"]
    named = kit_with(tmp_path / "b", "{order: [introduction, our-story]}", files)
    assert chapters_of(named)[:3] == ["10-introduction", "our-story", "20-what-mentoring-is"]


def test_what_is_dropped_is_in_no_packet_either(tmp_path):
    kit = kit_with(tmp_path, "{drop: [why, readiness]}")

    assert chapters_of(kit) == [name for name in USUAL if name not in {"30-why", "70-readiness"}]
    launch = packets_of(kit)["launch"]
    assert [each for each in launch if each.startswith("manual/")] == [
        "manual/20-what-mentoring-is"
    ]
    assert kit.warnings == ()


def test_the_chapter_of_a_packet_has_its_number_in_the_new_order(tmp_path):
    kit = kit_with(tmp_path, "{order: [why]}")

    assert Sheets(make_composer(kit)).chapters["manual/30-why"].number == 1


def test_an_empty_file_still_drops_its_chapter(tmp_path):
    kit = kit_with(tmp_path, "{order: [why]}", {"30-why.md": ""})

    assert chapters_of(kit) == [name for name in USUAL if name != "30-why"]


NAMES = (
    "introduction, what-mentoring-is, why, who-mentors, who-is-mentored, responsibilities, "
    "readiness, setting-up, people, running-it, process, tools, thanks"
)
WRONG = {
    "a near name": (
        "{drop: [redyness]}",
        'unknown-chapter]: there is no chapter "redyness". Fix: did you mean "readiness"?',
    ),
    "a near name with its number": (
        "{order: [30-wy]}",
        'unknown-chapter]: there is no chapter "30-wy". Fix: did you mean "30-why"?',
    ),
    "no name at all": (
        "{order: [zzz]}",
        f'unknown-chapter]: there is no chapter "zzz". Fix: they are: {NAMES}.',
    ),
    "one twice": (
        "{order: [why, 30-why]}",
        "repeated]: 30-why is listed twice. Fix: delete one.",
    ),
    "one name twice": ("{order: [why, why]}", "repeated]: why is listed twice. Fix: delete one."),
    "in both lists": (
        "{order: [why], drop: [30-why]}",
        (
            "repeated]: 30-why has a place in the order, and is left out. Fix: take it off one of "
            "the two."
        ),
    ),
    "all of them": (
        f"{{drop: [{NAMES}]}}",
        (
            "contradiction]: no chapter of the manual is left. Fix: leave the whole manual out: "
            "`documents: {omit: [manual]}`."
        ),
    ),
}


@pytest.mark.parametrize(("setting", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_the_near_names(setting, said, tmp_path):
    local = write_local(tmp_path, minimal(f"manual: {setting}"))

    [line] = lines_of(findings_of(local), tmp_path)

    assert line.startswith("local.yaml:8:")
    assert line.partition(" error[")[2] == said


VOICE = 'voices:\n  - {text: I learned who to ask., name: Ana, chapter: "CHAPTER"}'


def test_a_voice_stands_beside_the_chapter_that_it_belongs_to(tmp_path):
    kit = resolve(write_local(tmp_path, minimal(VOICE.replace("CHAPTER", "readiness"))))
    wording, _ = words_context(kit)
    chapters = read_chapters(kit, document_of(kit, "manual"), wording)
    said = [each.file for each in chapters if "I learned who to ask." in each.chapter.html]
    assert said == ["70-readiness"]


def test_a_voice_of_a_chapter_that_is_not_there_is_found(tmp_path):
    local = write_local(tmp_path, minimal(VOICE.replace("CHAPTER", "redyness")))

    [line] = lines_of(findings_of(local), tmp_path)

    assert line.partition(" error[")[2] == (
        'unknown-chapter]: there is no chapter "redyness". Fix: did you mean "readiness"?'
    )
