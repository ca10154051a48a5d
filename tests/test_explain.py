"""explain.py: what a setting is, and every file and line that gives it a value."""

import pytest

from formgen.explain import Origin, explain
from formgen.findings import InputError, Place
from formgen.sources.layers import base_layer
from formgen.sources.paths import SETTINGS_FILE
from formgen.sources.strict_yaml import read_yaml
from formgen.sources.tree import leaves
from tests.support.locals import MINIMAL, lines_of, minimal, write, write_local

BASE = base_layer().folder / SETTINGS_FILE


def base_place(*path):
    """Return where the base pack sets something."""
    return read_yaml(BASE).get(*path).place


def origins(folder, text, key):
    return [*explain(write_local(folder, text), key).origins]


def problem(folder, text, key):
    with pytest.raises(InputError) as raised:
        origins(folder, text, key)
    return lines_of(raised.value.findings, folder)


def test_a_setting_of_the_local_hides_the_base_packs(tmp_path):
    text = f"{MINIMAL}mentors:\n  minimum_years: 5\n"

    assert origins(tmp_path, text, "mentors.minimum_years") == [
        Origin(
            "mentors.minimum_years",
            "5",
            Place(tmp_path / "local.yaml", 9, 18),
            "local",
            (
                Origin(
                    "mentors.minimum_years",
                    "3",
                    base_place("mentors", "minimum_years"),
                    "base",
                ),
            ),
        )
    ]


def test_a_setting_that_the_local_leaves_alone_is_the_base_packs(tmp_path):
    assert origins(tmp_path, MINIMAL, "mentors.minimum_years") == [
        Origin("mentors.minimum_years", "3", base_place("mentors", "minimum_years"), "base")
    ]


def test_a_setting_that_only_the_local_can_give_hides_nothing(tmp_path):
    assert origins(tmp_path, MINIMAL, "coordinator.name") == [
        Origin("coordinator.name", "Pat Doe", Place(tmp_path / "local.yaml", 6, 9), "local")
    ]


@pytest.mark.parametrize("value", ["", " "])
def test_a_setting_that_was_left_empty_hides_nothing(value, tmp_path):
    text = f"{MINIMAL}paper:{value}\n"

    (origin,) = origins(tmp_path, text, "paper")
    assert (origin.value, origin.layer, origin.hidden) == ("letter", "base", ())


def test_an_empty_text_is_a_value(tmp_path):
    (origin,) = origins(tmp_path, f'{MINIMAL}edition: ""\n', "edition")

    assert (origin.value, origin.layer) == ('""', "local")
    assert [hidden.layer for hidden in origin.hidden] == ["base"]


@pytest.mark.parametrize("key", ["mentors", "mentors.", ".mentors", "mentors.."])
def test_of_a_group_every_setting_is_told(key, tmp_path):
    found = origins(tmp_path, f"{MINIMAL}mentors: {{references: 0}}\n", key)

    assert {origin.key: origin.value for origin in found} == {
        "mentors.minimum_years": "3",
        "mentors.membership": "required",
        "mentors.retirees": "welcome",
        "mentors.references": "0",
        "mentors.interview": "committee",
    }
    assert [origin.key for origin in found if origin.layer == "local"] == ["mentors.references"]


def test_without_a_key_everything_is_told(tmp_path):
    found = origins(tmp_path, MINIMAL, "")

    keys = {origin.key for origin in found}
    assert {"id", "local.name", "coordinator.phone", "program.months.1", "events"} - keys == {
        "events"
    }
    assert len(keys) == len(found) >= len(list(leaves(read_yaml(BASE))))


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("program.months", ["May", "June"]),
        ("program.months.1", ["May"]),
        ("program.months.2", ["June"]),
        ("local.address", ["12 Mill Street", "Town"]),
    ],
)
def test_items_of_a_list_are_counted_from_one(key, values, tmp_path):
    text = f"{MINIMAL}program: {{months: [May, June]}}\n".replace(
        "local:\n", "local:\n  address: [12 Mill Street, Town]\n"
    )

    assert [origin.value for origin in origins(tmp_path, text, key)] == values


@pytest.mark.parametrize(("key", "value"), [("events", "[]"), ("forms", "{}")])
def test_an_empty_list_or_group_is_shown_as_such(key, value, tmp_path):
    (origin,) = origins(tmp_path, MINIMAL, key)

    assert (origin.key, origin.value, origin.place) == (key, value, base_place(key))


def test_a_list_that_was_emptied_shows_what_it_hides(tmp_path):
    (origin,) = origins(tmp_path, f"{MINIMAL}program: {{goals: []}}\n", "program.goals")

    assert (origin.value, origin.layer) == ("[]", "local")
    (hidden,) = origin.hidden
    assert hidden.value.startswith("[Help support staff grow")


def test_every_layer_is_told_nearest_first(tmp_path):
    write(tmp_path / "packs" / "state" / "content" / "pack.yaml", "formgen: 1\nid: state\n")
    write(tmp_path / "packs" / "state" / SETTINGS_FILE, "mentors: {references: 1}\n")
    write(
        tmp_path / "packs" / "state" / "content" / "en" / "program.yaml",
        "mentors: {references: 4}\n",
    )
    text = f"{MINIMAL}extends: state\nmentors: {{references: 0}}\n"

    (origin,) = origins(tmp_path, text, "mentors.references")

    assert [(each.value, each.layer) for each in (origin, *origin.hidden)] == [
        ("0", "local"),
        ("4", "state"),
        ("1", "state"),
        ("2", "base"),
    ]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (
            "mentors.minimum_yeers",
            'there is no setting "mentors.minimum_yeers". Fix: did you mean "minimum_years"?',
        ),
        (
            "mentors.zzz",
            (
                'there is no setting "mentors.zzz".'
                " Fix: use one of: minimum_years, membership, retirees, references, interview."
            ),
        ),
        ("progrm", 'there is no setting "progrm". Fix: did you mean "program"?'),
        (
            "progrm.name",
            'there is no setting "progrm.name". Fix: did you mean "program"?',
        ),
        (
            "paper.size",
            'there is no setting "paper.size". Fix: ask for the setting above it.',
        ),
        (
            "program.months.0",
            'there is no setting "program.months.0". Fix: ask for the setting above it.',
        ),
        (
            "program.months.-1",
            'there is no setting "program.months.-1". Fix: ask for the setting above it.',
        ),
        (
            "program.months.11",
            'there is no setting "program.months.11". Fix: ask for the setting above it.',
        ),
        (
            "program.months.٣",
            'there is no setting "program.months.٣". Fix: ask for the setting above it.',
        ),
        (
            "program.months.1.x",
            'there is no setting "program.months.1.x". Fix: ask for the setting above it.',
        ),
        (
            f"program.months.{'9' * 5000}",
            f'there is no setting "program.months.{"9" * 65}…". Fix: ask for the setting above it.',
        ),
    ],
)
def test_a_setting_that_does_not_exist_is_a_finding(key, message, tmp_path):
    assert problem(tmp_path, MINIMAL, key) == [f"local.yaml: error[unknown-key]: {message}"]


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path):
    assert problem(tmp_path, "a: [", "paper")[0].startswith("local.yaml:1:")


def test_settings_can_be_explained_before_they_are_valid(tmp_path):
    (origin,) = origins(tmp_path, "paper: napkin\n", "paper")

    assert (origin.value, origin.place) == ("napkin", Place(tmp_path / "local.yaml", 1, 8))


@pytest.mark.parametrize(
    ("key", "about"),
    [
        (
            "mentors.retirees",
            [
                "Whether retired members may serve. One of these:",
                "  welcome: they may",
                "  not-eligible: they may not",
                "default: welcome",
            ],
        ),
        ("coordinator.name", ["The coordinator's name.", "default: must be given"]),
        (
            "packets.change",
            [
                "Documents to add to a packet or to leave out of it, by the packet's name.",
                "  add: Documents to put at its end.",
                "  remove: Documents to leave out of it.",
                "default: {}",
            ],
        ),
        ("content/en/words.yaml", []),
    ],
)
def test_it_is_told_what_a_setting_is(key, about, tmp_path):
    (origin,) = origins(tmp_path, MINIMAL, key)

    assert list(origin.about) == about


def test_what_a_list_is_is_told_with_its_first_item(tmp_path):
    first, *others = origins(tmp_path, MINIMAL, "mentees.eligible")

    assert first.about[0] == "Those who can have one. Any of these:"
    assert [other.about for other in others] == [()] * 3


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("mentors", ["Who can be a mentor, and how mentors are chosen."]),
        ("mentors.", ["Who can be a mentor, and how mentors are chosen."]),
        ("mentors.references", []),
        ("content/en/words.yaml", []),
    ],
)
def test_it_is_told_what_a_group_is(key, lines, tmp_path):
    assert [*explain(write_local(tmp_path), key).about] == lines


def test_what_a_setting_is_is_told_in_the_words_of_the_locals_language(tmp_path):
    words = "settings: {paper: {description: El papel.}}\n"
    write(tmp_path / "content" / "es" / "settings.yaml", words)

    (origin,) = origins(tmp_path, f"{MINIMAL}language: es\n", "paper")

    assert origin.about[0] == "El papel. One of these:"


def test_a_pack_is_named_with_its_edition_and_what_it_locks(tmp_path):
    facts = "id: state\nedition: '2026.1'\nlocked: [mentors]\n"
    write(tmp_path / "packs" / "state" / "content" / "pack.yaml", facts)
    write(tmp_path / "packs" / "state" / SETTINGS_FILE, "mentors: {references: 1}\n")

    (origin,) = origins(tmp_path, f"{MINIMAL}extends: state\n", "mentors.references")
    (other,) = [*explain(tmp_path / "local.yaml", "mentees.eligible.1").origins]

    assert (origin.value, origin.layer) == ("1", "state 2026.1, locked by pack state 2026.1")
    assert [each.layer for each in origin.hidden] == ["base"]
    assert other.layer == "base"


def test_a_file_knows_its_layer(tmp_path):
    path = "content/en/letters/mentor-thank-you.md"
    write(tmp_path / "packs" / "state" / "content" / "pack.yaml", "id: state\nedition: '2026.1'\n")
    write(tmp_path / "packs" / "state" / path, "Thanks.\n")

    (origin,) = origins(tmp_path, f"{MINIMAL}extends: state\n", path)

    assert (origin.value, origin.layer) == ("8 bytes", "state 2026.1")
    assert origin.place.file == tmp_path / "packs" / "state" / path
    assert [each.layer for each in origin.hidden] == ["base"]


def test_a_file_that_no_layer_has_is_a_finding(tmp_path):
    with pytest.raises(InputError) as problem:
        origins(tmp_path, MINIMAL, "content/en/letters/mentor-thank-yo.md")

    assert 'Fix: did you mean "mentor-thank-you.md"?' in str(problem.value)


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("color", ["brand.primary", "brand.accent"]),
        ("primary", ["brand.primary"]),
        ("president", ["local.president"]),
        ("Frequency", ["meetings.frequency"]),
        ("L12", ["content/en/letters/mentor-thank-you.md"]),
        ("mentor-thank-you", ["content/en/letters/mentor-thank-you.md"]),
        ("manual", ["content/en/manual/about.yaml"]),
    ],
)
def test_codes_documents_and_everyday_words_are_known(word, keys, tmp_path):
    assert [each.key for each in origins(tmp_path, MINIMAL, word)] == keys


def test_a_word_that_means_nothing_gets_a_remedy(tmp_path):
    with pytest.raises(InputError) as problem:
        origins(tmp_path, MINIMAL, "zzzzzz")

    assert "or a word such as color." in str(problem.value)


@pytest.mark.parametrize(
    ("lines", "key", "sentence"),
    [
        (
            "meetings: {frequency: When the shifts allow it.}",
            "meetings.frequency",
            "How often: when the shifts allow it.",
        ),
        ("committee: {name: The Working Group}", "committee.name", "The Working Group runs the"),
        (
            "local: {name: Federation of Maple}",
            "local.name",
            "The program is set up by the Federation of Maple.",
        ),
        ("", "meetings.length", "How long each time: 45 minutes."),
    ],
)
def test_a_setting_that_becomes_part_of_a_sentence_is_shown_in_one(lines, key, sentence, tmp_path):
    (origin,) = origins(tmp_path, minimal(lines), key)

    assert f"In a sentence: {sentence}" in " ".join(origin.about)
