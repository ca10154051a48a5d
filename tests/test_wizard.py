"""wizard.py: a few questions, each answer checked, become a local.yaml that builds at once."""

import json
import re

import pytest

from formgen import wizard
from formgen.build.check import check_pages
from formgen.kit import resolve
from formgen.sources.layers import base_layer
from formgen.sources.strict_yaml import parse_yaml, read_yaml
from tests.support.locals import findings_of, write

BY_SETTING = {question.setting: question for question in wizard.questions()}
BY_PACK = {question.setting for question in wizard.questions() if question.said.by_pack}
# A colour cannot be empty: there is always one.
NEEDED = {"local.name", "coordinator.name", "brand.primary"}
STRANGE = [
    'The "First" Local',
    "It's ours",
    "A: B",
    "yes",
    "0123",
    "# not a comment",
    "- not a list",
    "{not: a group}",
    "[not, a, list]",
    "* & ! % @ ` | > ?",
    "back\\slash \\n \\u0041",
    "{{ 7 * 7 }} {% if %} {# #}",
    "<b>&amp;</b>",
    "Łódź Ελλάδα Ñandú",
    "null",
    "~",
    "a" * 200,
]


def problems(setting, answer, folder, **others):
    answers = wizard.unanswered(folder) | {key.replace("__", "."): v for key, v in others.items()}
    return wizard.problems_with(folder, BY_SETTING[setting], answers | {setting: answer})


def written(folder, **answers):
    """Write a local with these answers and return its file."""
    given = wizard.unanswered(folder) | {key.replace("__", "."): v for key, v in answers.items()}
    return write(folder / "local.yaml", wizard.render_local(folder, given))


# --- Questions


def test_every_question_is_about_a_setting_that_exists():
    base = read_yaml(base_layer().folder / "content" / "program.yaml")
    without_default = {"local.name", "coordinator.name"}

    assert {q.setting for q in wizard.questions() if q.said.needed} == without_default
    for question in wizard.questions():
        assert question.setting in without_default or base.get(*question.setting.split("."))


def test_what_is_offered_comes_from_the_base_pack_and_the_folder(tmp_path):
    offered = wizard.defaults(tmp_path / "mill-street_ESP")

    assert offered["local.name"] == "Mill Street ESP"
    assert (offered["paper"], offered["brand.primary"]) == ("letter", "#14496b")
    assert (offered["program.governance"], offered["program.basis"]) == ("association",) * 2
    assert offered["coordinator.name"] == ""
    assert set(offered) == set(BY_SETTING)


@pytest.mark.parametrize(
    ("folder", "name", "id_"),
    [
        ("riverbend-esp", "Riverbend Esp", "riverbend-esp"),
        ("Mill_Street", "Mill Street", "mill-street"),
        ("UESO 7", "UESO 7", "ueso-7"),
        ("con", "Con", "con-local"),
        ("12", "12", "x-12"),
        ("---", "", "x-aa210a3b"),
        ("학교", "", "x-0f7e337e"),
        ("two\nlines: x", "Two Lines: X", "two-lines-x"),
        ("a" * 210, "", "a" * 60),
        ("é\u202e", "", "e"),
    ],
)
def test_a_folder_gives_a_name_and_an_id(folder, name, id_, tmp_path):
    assert wizard.defaults(tmp_path / folder)["local.name"] == name
    assert wizard.local_id(tmp_path / folder) == id_


def test_every_question_is_asked_in_order_with_what_it_offers(tmp_path):
    asked = []

    def ask(question, offered, _problems_with):
        asked.append((question.setting, offered))
        return offered or "x"

    answers = wizard.ask_all(tmp_path / "mine", ask)

    assert [setting for setting, _ in asked] == [q.setting for q in wizard.questions()]
    assert dict(asked) == wizard.defaults(tmp_path / "theirs") | {"local.name": "Mine"}
    assert answers == {setting: offered or "x" for setting, offered in asked}


def test_each_answer_is_checked_with_those_before_it(tmp_path):
    said = {}
    given = {
        "coordinator.name": "Somebody",
        "coordinator.email": "",
        "program.state_kind": "nonstatutory",
        "program.basis": "contract",
    }

    def ask(question, offered, problems_with):
        answer = given.get(question.setting, offered)
        said[question.setting] = problems_with(answer)
        return answer

    wizard.ask_all(tmp_path / "mine", ask)

    assert said["coordinator.email"] == ["an answer is needed here."]
    assert len(said["program.basis"]) == 2
    assert said["local.name"] == said["program.governance"] == []


# --- Answers


@pytest.mark.parametrize("setting", ["local.name", "coordinator.name", "local.president"])
@pytest.mark.parametrize("answer", STRANGE)
def test_strange_but_fine_answers_are_taken(setting, answer, tmp_path):
    assert problems(setting, answer, tmp_path) == []


@pytest.mark.parametrize(
    ("setting", "answer", "message"),
    [
        ("local.name", "", "an answer is needed here."),
        ("coordinator.name", "", "an answer is needed here."),
        ("local.name", "a" * 201, "local.name is too long. Fix: "),
        ("local.name", "학교", "our fonts cannot print all of it. Fix: use other letters."),
        ("local.name", "a\u202eb", "our fonts cannot print all of it. Fix: use other letters."),
        ("local.name", "a\x07b", "our fonts cannot print all of it. Fix: use other letters."),
        ("local.name", "a\udce9b", "our fonts cannot print all of it. Fix: use other letters."),
        ("coordinator.phone", "none", '"none" is not a phone number. Fix: e.g. 555-0142.'),
        ("coordinator.email", "me", '"me" is not an e-mail address. Fix: e.g. name@example.org'),
        (
            "program.school_year",
            "2026",
            '"2026" is not a school year. Fix: two years in a row, e.g. 2026-2027.',
        ),
        ("brand.primary", "bluish", '"bluish" is not a color'),
        ("brand.primary", "", '"" is not a color'),
    ],
)
def test_answers_that_cannot_be_used_are_told_with_a_remedy(setting, answer, message, tmp_path):
    (said,) = problems(setting, answer, tmp_path)
    assert said.startswith(message)


@pytest.mark.parametrize(
    "setting", [question.setting for question in wizard.questions() if question.choices]
)
def test_of_choices_each_is_taken_and_nothing_else(setting, tmp_path):
    fitting = {"program__governance": "joint", "program__state_kind": "statutory"}
    fitting.pop(setting.replace(".", "__"), None)

    for choice, _ in BY_SETTING[setting].choices:
        assert problems(setting, choice, tmp_path, **fitting) == []
    (message,) = problems(setting, "other", tmp_path)
    assert message.startswith(f'"other" is not a choice for {setting}.')


@pytest.mark.parametrize(
    ("setting", "answer", "others"),
    [
        ("program.basis", "contract", {"program__governance": "association"}),
        (
            "program.basis",
            "contract",
            {"program__governance": "joint", "program__state_kind": "nonstatutory"},
        ),
    ],
)
def test_answers_that_contradict_earlier_ones_are_told(setting, answer, others, tmp_path):
    (message,) = problems(setting, answer, tmp_path, **others)

    assert " Fix: set program." in message


@pytest.mark.parametrize("setting", sorted(BY_SETTING.keys() - NEEDED))
def test_every_other_question_can_be_left_empty(setting, tmp_path):
    assert problems(setting, "", tmp_path, coordinator__phone="555-0100") == []
    assert findings_of(written(tmp_path, coordinator__phone="555-0100", **{setting: ""})) == []


def test_a_phone_number_or_an_email_address_is_needed(tmp_path):
    assert problems("coordinator.email", "", tmp_path, coordinator__phone="") == [
        "an answer is needed here."
    ]
    assert problems("coordinator.email", "", tmp_path, coordinator__phone="555-0100") == []


# --- What is written


@pytest.mark.parametrize(
    "name", ["mine", "con", "학교", "---", "12", "a" * 210, 'it\'s "x"', "a\nb: c"]
)
def test_without_answers_the_result_is_valid_at_once(name, tmp_path):
    folder = tmp_path / name
    text = wizard.render_local(folder, wizard.unanswered(folder))

    kit = resolve(write(tmp_path / "local.yaml", text))

    assert kit.warnings == ()
    assert kit.id == wizard.local_id(folder)


def test_the_result_builds(tmp_path):
    kit = resolve(written(tmp_path / "mine"))

    assert check_pages(kit) == []


@pytest.mark.parametrize("answer", STRANGE)
def test_answers_come_out_as_typed(answer, tmp_path):
    kit = resolve(
        written(
            tmp_path,
            local__name=answer,
            local__district=answer,
            coordinator__name=answer,
            affiliates__state__name=answer,
        )
    )

    assert kit.settings.local.name == answer
    assert kit.settings.local.district == answer
    assert kit.settings.coordinator.name == answer
    assert kit.settings.affiliates.state.name == answer


def test_what_was_left_empty_hides_nothing_of_a_state_pack(tmp_path):
    answers = wizard.unanswered(tmp_path) | {"affiliates.state.name": ""}
    text = wizard.render_local(tmp_path, answers)

    assert parse_yaml(text, tmp_path / "local.yaml").nearest(("affiliates",)).value is None


def test_what_was_answered_as_formgen_has_it_is_not_written(tmp_path):
    text = wizard.render_local(tmp_path, wizard.unanswered(tmp_path))
    own = parse_yaml(text, tmp_path / "local.yaml")

    assert {setting for setting in BY_PACK if own.get(*setting.split("."))} == set()
    assert "\n  #basis: association\n" in text


def test_each_answer_of_its_own_is_written(tmp_path):
    given = {
        "paper": "a4",
        "brand.primary": "#123456",
        "program.school_year": "2030-2031",
        "program.state_kind": "nonstatutory",
        "program.governance": "joint",
        "program.basis": "meet-and-confer",
    }
    assert set(given) == BY_PACK - {
        f"affiliates.{each}" for each in ("state.name", "national.name", "national.short_name")
    }
    text = wizard.render_local(tmp_path, wizard.unanswered(tmp_path) | given)

    own = parse_yaml(text, tmp_path / "local.yaml")
    assert {setting: own.text(*setting.split(".")) for setting in given} == given


def test_every_answer_reaches_its_setting(tmp_path):
    answers = {
        "local.name": "A",
        "local.short_name": "B",
        "local.district": "C",
        "affiliates.state.name": "D",
        "affiliates.national.name": "N",
        "affiliates.national.short_name": "M",
        "local.president": "E",
        "coordinator.name": "F",
        "coordinator.phone": "555-0199",
        "coordinator.email": "f@example.org",
        "program.school_year": "2030-2031",
        "program.state_kind": "statutory",
        "program.governance": "joint",
        "program.basis": "contract",
        "paper": "legal",
        "brand.primary": "#123456",
    }
    assert set(answers) == set(BY_SETTING)

    file = write(tmp_path / "local.yaml", wizard.render_local(tmp_path, answers))

    tree = resolve(file).tree
    assert {setting: tree.text(*setting.split(".")) for setting in answers} == answers


def test_the_result_explains_itself(tmp_path):
    text = written(tmp_path, local__name="Ours").read_text(encoding="utf-8")

    assert text.splitlines()[1] == "# Ours: everything about our mentoring program."
    assert sum("#" in line for line in text.splitlines()) > len(text.splitlines()) / 3


def test_a_state_is_written_with_its_name_alone(tmp_path):
    text = written(tmp_path, affiliates__state__name="Our State").read_text(encoding="utf-8")

    assert '\n  state: {name: "Our State"}\n' in text


def test_every_setting_that_is_only_shown_can_be_used(tmp_path):
    text = wizard.render_local(tmp_path, wizard.unanswered(tmp_path))

    used = re.sub(r"^( *)#(?=\w+:)", r"\1", text, flags=re.MULTILINE)

    # Of files that are not there, more is said elsewhere.
    used = re.sub(r"(?m)^ *(logo|typeface): .*\n", "", used)

    assert len(used) < len(text) - 10
    assert findings_of(write(tmp_path / "local.yaml", used)) == []


def test_editors_get_help_from_a_file_beside_it(tmp_path):
    path = wizard.write_local(tmp_path / "mine", wizard.unanswered(tmp_path / "mine"))

    first = path.read_text(encoding="utf-8").splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    help_ = json.loads((path.parent / name).read_text(encoding="utf-8"))
    assert "paper" in help_["properties"]
    assert sorted(file.name for file in path.parent.iterdir()) == sorted([name, "local.yaml"])


# --- Nothing is overwritten


def test_a_folder_without_a_local_is_free(tmp_path):
    write(tmp_path / "notes.txt", "x")

    assert wizard.exists(tmp_path) is None
    assert wizard.exists(tmp_path / "new") is None


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling link"])
def test_a_local_that_is_there_is_a_finding(kind, tmp_path):
    local = tmp_path / "local.yaml"
    if kind == "file":
        local.touch()
    elif kind == "folder":
        local.mkdir()
    else:
        local.symlink_to(tmp_path if kind == "link" else tmp_path / "nowhere")

    finding = wizard.exists(tmp_path)

    assert str(finding) == (
        f"{local}: error[exists]: there is a local here already."
        " Fix: edit it, or name another folder."
    )


# --- Answers as people type them


@pytest.mark.parametrize(
    ("setting", "typed", "answer"),
    [
        ("paper", "Letter", "letter"),
        ("paper", "A4", "a4"),
        ("paper", "3", "legal"),
        ("paper", "4", "4"),
        ("paper", "yes", "yes"),
        ("program.state_kind", "Yes", "statutory"),
        ("program.state_kind", "y", "statutory"),
        ("program.state_kind", "no", "nonstatutory"),
        ("program.state_kind", "2", "nonstatutory"),
        ("local.district", "1", "1"),
        ("local.name", "Yes", "Yes"),
    ],
)
def test_a_choice_is_taken_as_people_type_it(setting, typed, answer):
    assert wizard.read_answer(BY_SETTING[setting], typed) == answer


@pytest.mark.parametrize(
    ("typed", "color"),
    [("#fff", "#ffffff"), ("1F6B3A", "#1f6b3a"), ("#1F6B3A", "#1f6b3a"), ("dark green", "#006400")],
)
def test_a_color_is_taken_as_people_type_it(typed, color, tmp_path):
    found = problems("brand.primary", typed, tmp_path)

    # White cannot be read on white, and is no mistake in its writing.
    assert [each for each in found if "is not a color" in each] == []
    if not found:
        assert resolve(written(tmp_path, brand__primary=typed)).settings.brand.primary == color


def test_a_national_body_of_their_own_is_offered_no_short_name_of_another(tmp_path):
    offered_for = {}

    def ask(question, offered, _problems_with):
        offered_for[question.setting] = offered
        own = {"affiliates.national.name": "Federation of School Workers"}
        return own.get(question.setting, offered or "x")

    wizard.ask_all(tmp_path / "mine", ask)

    assert offered_for["affiliates.national.short_name"] == ""


def test_answers_are_kept_until_the_local_is_written(tmp_path):
    folder = tmp_path / "mine"

    def stop_at_the_coordinator(question, offered, _problems_with):
        if question.setting == "coordinator.name":
            raise KeyboardInterrupt
        return "Kept" if question.setting == "local.district" else offered

    with pytest.raises(KeyboardInterrupt):
        wizard.ask_all(folder, stop_at_the_coordinator)

    assert wizard.defaults(folder)["local.district"] == "Kept"
    answers = wizard.ask_all(folder, lambda _question, offered, _problems_with: offered)
    wizard.write_local(folder, wizard.unanswered(folder) | answers)
    assert sorted(each.name for each in folder.iterdir()) == [".local.schema.json", "local.yaml"]
    assert wizard.defaults(folder)["local.district"] == ""


def test_a_review_of_the_answers_can_ask_again(tmp_path):
    times = []

    def ask(question, offered, _problems_with):
        times.append(question.setting)
        return (
            f"{times.count('local.district')}" if question.setting == "local.district" else offered
        )

    asked_again = iter([[BY_SETTING["local.district"]], []])
    answers = wizard.ask_all(tmp_path / "mine", ask, lambda _: next(asked_again))

    assert answers["local.district"] == "2"
    assert len(times) == len(BY_SETTING) + 1
