"""reference/settings.py: a setting is told in three places, and all else is made from them."""

import pytest

from formgen.findings import InputError
from formgen.model.phrases.kinds import phrases_of
from formgen.model.settings import Settings
from formgen.model.validate import check_shape
from formgen.reference.settings import base_reference, read_reference
from formgen.reference.shape import ANY
from formgen.reference.yaml_text import entry
from formgen.sources.layers import Layer, Stack, base_layer
from formgen.sources.strict_yaml import parse_yaml
from tests.support.locals import write

REFERENCE = base_reference()
GIVEN_BY_LOCALS = ["formgen", "id", "local.name", "coordinator.name"]
MOST_WORDS = 20


def with_words(folder, words, language="es"):
    """Return the settings with the words that a local has for them in a language."""
    write(folder / "content" / language / "settings.yaml", words)
    return read_reference(Stack((Layer("local", folder), base_layer())), language)


def test_every_setting_has_its_type_its_default_and_its_description():
    """What is wrong with settings is listed here: a new one costs three places, and no more."""
    paths = {setting.path for setting in REFERENCE.settings}
    said = REFERENCE.said.settings
    wrong = []
    for setting in REFERENCE.settings:
        described = said.get(setting.path)
        if described is None:
            wrong.append(f"{setting.path} has no description in content/en/settings.yaml")
            continue
        if len(described.description.split()) > MOST_WORDS:
            wrong.append(f"{setting.path} is described in more than {MOST_WORDS} words")
        choices = [value for value, _ in setting.choices]
        wrong += [
            f"{setting.path}: {value} has no meaning"
            for value in choices
            if value not in described.choices
        ]
        wrong += [
            f"{setting.path}: {value} has a meaning and is no choice"
            for value in described.choices
            if value not in choices
        ]
    wrong += [f"{path} is described and does not exist" for path in said if path not in paths]
    without = [setting.path for setting in REFERENCE.needed()]
    wrong += [
        f"{path} has no default in content/program.yaml"
        for path in without
        if path not in GIVEN_BY_LOCALS
    ]

    assert wrong == []
    assert without == GIVEN_BY_LOCALS


def test_each_example_is_what_a_local_can_write(tmp_path):
    wrong = []
    for setting in REFERENCE.settings:
        if not setting.example:
            continue
        assert ANY not in setting.path
        lines = entry(setting.name, setting.example)
        for above in reversed(setting.path.split(".")[:-1]):
            lines = [f"{above}:", *(f"  {line}" for line in lines)]
        tree = parse_yaml("\n".join(lines), tmp_path / "local.yaml")
        wrong += [str(finding) for finding in check_shape(tree, Settings, partial=True)[1]]

    assert wrong == []


def test_what_becomes_part_of_a_sentence_is_shown_in_one():
    """Of names alone, nobody has to see how they are used."""
    used = {path: each.in_use for path, each in REFERENCE.said.settings.items() if each.in_use}
    asked = {
        ".".join(map(str, path)).removesuffix(".*")
        for path, kind in phrases_of(Settings)
        if kind not in {"label", "organization"}
    }

    assert asked - used.keys() == set()
    assert [path for path, sentence in used.items() if sentence.count("**{value}**") != 1] == []
    assert REFERENCE.find("meetings.frequency").sentence == ("How often: **every two weeks**.")


def test_each_kind_of_value_has_words():
    used = {setting.kind for setting in REFERENCE.settings}

    assert used - set(REFERENCE.said.kinds) == set()
    assert [setting.path for setting in REFERENCE.settings if "{" in setting.written] == []


@pytest.mark.parametrize(
    ("path", "written", "default"),
    [
        ("paper", "one of: letter, a4, legal", "letter"),
        ("compensation", "any of: stipend, comp-time, leave, travel", "[]"),
        ("mentors.minimum_years", "a whole number, 0 to 40", "3"),
        ("hold_harmless.pair", "true or false", "true"),
        ("dates.matched_by", "a day, as YYYY-MM-DD", '""'),
        ("brand.primary", "a color, as #RRGGBB or a name such as navy", '"#14496b"'),
        ("meetings.modes", "a list of: words such as by phone", "[in person, by phone, by e-mail]"),
        ("forms", "for each name: a group of settings", "{}"),
        ("events.*.name", "a name", None),
        ("events.*.place", "a name", '""'),
        ("forms.*.relabel", "for each name: text", "{}"),
    ],
)
def test_a_setting_knows_its_type_in_words_and_its_default(path, written, default):
    setting = REFERENCE.find(path)

    assert (setting.written, setting.default) == (written, default)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("paper", "paper"),
        ("program.months.3", "program.months"),
        ("events.1.date", "events.*.date"),
        ("forms.mentor-application.add.1.label", "forms.*.add"),
        ("packets.change.pair.remove.1", "packets.change.*.remove"),
        ("mentors", "mentors"),
        ("nothing", None),
    ],
)
def test_a_key_is_of_the_setting_that_it_lies_in(key, path):
    setting = REFERENCE.of_key(key)

    assert (setting.path if setting else None) == path


def test_another_language_needs_nothing_but_its_own_words(tmp_path):
    reference = with_words(tmp_path, "settings: {paper: {description: El papel.}}\n")

    assert reference.find("paper").description == "El papel."
    assert reference.find("paper").choices == REFERENCE.find("paper").choices
    assert reference.find("edition") == REFERENCE.find("edition")


def test_words_of_the_wrong_shape_are_a_finding_with_its_place(tmp_path):
    with pytest.raises(InputError) as problem:
        with_words(tmp_path, "settings:\n  paper: {describtion: El papel.}\n")

    (finding,) = problem.value.findings
    assert (finding.code, finding.place.line) == ("unknown-key", 2)
