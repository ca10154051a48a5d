"""form.py: forms as data, and the forms, pledges and letters of the base pack."""

import pytest

from formgen.model.forms.form import Form, Letter
from formgen.model.forms.names import slug
from formgen.model.forms.registry import FIELD_TYPES
from formgen.model.validate import check_shape
from formgen.sources.layers import base_layer
from formgen.sources.strict_yaml import parse_yaml
from formgen.sources.text_files import read_text
from tests.support.locals import lines_of, without_mark

ENGLISH = base_layer().folder / "content" / "en"
FORMS = sorted([*ENGLISH.glob("forms/*.yaml"), *ENGLISH.glob("pledges/*.yaml")])
LETTERS = sorted(ENGLISH.glob("letters/*.md"))


def form_of(text, path, model=Form):
    form, findings = check_shape(parse_yaml(text, path), model)
    assert lines_of(findings, path.parent) == []
    return form


def field_of(text, folder):
    return (
        form_of(f"sections: [{{name: s, label: S, fields: [{{{text}}}]}}]", folder / "form.yaml")
        .sections[0]
        .fields[0]
    )


def fields_of(form):
    return [field for section in form.sections for field in section.fields]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Food services", "food-services"),
        ("Zoë & José", "zoe-jose"),
        ("  Yes / no?! ", "yes-no"),
        ("1st choice", "x-1st-choice"),
        ("学校", "x-b545b5e9"),
        ("", "x"),
        ("---", "x-aa210a3b"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_label_becomes_a_name(label, name):
    assert slug(label) == name


def test_what_a_field_leaves_out_has_a_default(tmp_path):
    field = field_of("name: a, type: text, label: A", tmp_path)

    assert (field.width, field.lines, field.rows, field.required, field.columns) == (
        6,
        3,
        6,
        False,
        3,
    )
    assert (field.hint, field.choices, field.default, field.relevant) == ("", (), "", "")


def test_answers_can_be_texts_or_named(tmp_path):
    field = field_of(
        "name: a, type: select_one, label: A, choices: [Not yet, {name: ok, label: Fine}]", tmp_path
    )

    assert [(choice.name, choice.label) for choice in field.choices] == [
        ("not-yet", "Not yet"),
        ("ok", "Fine"),
    ]


def test_columns_are_a_number_or_a_list(tmp_path):
    select = field_of("name: a, type: scale, label: A, choices: [x], columns: 2", tmp_path)
    table = field_of("name: a, type: table, label: A, columns: [{name: b, label: B}]", tmp_path)

    assert select.columns == 2
    assert [(column.name, column.type.name, column.width) for column in table.columns] == [
        ("b", "text", 1)
    ]


BAD_FIELDS = {
    "select without answers": (
        "name: a, type: select_one, label: A",
        "no-choices",
        '"a" has nothing to choose from.',
        "add `choices:` with a list of answers.",
    ),
    "scale with an empty list": (
        "name: a, type: scale, label: A, choices: []",
        "no-choices",
        '"a" has nothing to choose from.',
        "add `choices:` with a list of answers.",
    ),
    "table without columns": (
        "name: a, type: table, label: A",
        "no-columns",
        'the table "a" has no columns.',
        "add `columns:`, each with a name and a label.",
    ),
    "table with a number": (
        "name: a, type: table, label: A, columns: 3",
        "no-columns",
        'the table "a" has no columns.',
        "add `columns:`, each with a name and a label.",
    ),
    "an answer given in advance": (
        "name: a, type: select_one, label: A, choices: [C, D], default: C",
        "no-default",
        '"a" cannot be filled in already.',
        "delete `default`; it is for texts.",
    ),
    "an answer that the roster knows": (
        "name: a, type: select_one, label: A, choices: [C, D], roster: school",
        "not-from-roster",
        'the roster cannot fill "a" in.',
        "delete `roster`; it is for texts.",
    ),
    "two answers of one name": (
        "name: a, type: select_one, label: A, choices: [C, C++]",
        "repeated-name",
        'two answers of "a" are called "c".',
        "give each its own name.",
    ),
    "another answer beside the other one": (
        "name: a, type: select_one, label: A, choices: [Other], or_other: true",
        "repeated-name",
        '"a" has an answer called "other" beside that of `or_other`.',
        "give it another name.",
    ),
    "a line that nobody can write on": (
        "name: a, type: text, label: A, read_only: true",
        "read-only",
        '"a" can neither be filled in nor is it filled in already.',
        "add `default:`, or delete `read_only`.",
    ),
    "a comb without cells": (
        "name: a, type: text, label: A, comb: true",
        "bad-comb",
        '"a" is a comb without a number of cells.',
        "add `max_length:`, to a field of the type text or integer.",
    ),
    "a comb of lines": (
        "name: a, type: multiline, label: A, comb: true, max_length: 5",
        "bad-comb",
        '"a" is a comb without a number of cells.',
        "add `max_length:`, to a field of the type text or integer.",
    ),
}


@pytest.mark.parametrize(("text", "code", "message", "fix"), BAD_FIELDS.values(), ids=BAD_FIELDS)
def test_a_field_that_nobody_could_fill_in_is_refused(text, code, message, fix, tmp_path):
    marked = f"sections: [{{name: s, label: S, fields: [^^{{{text}}}]}}]"
    yaml, line, column = without_mark(marked)

    form, findings = check_shape(parse_yaml(yaml, tmp_path / "form.yaml"), Form)

    assert form is None
    assert lines_of(findings, tmp_path) == [
        f"form.yaml:{line}:{column}: error[{code}]: {message} Fix: {fix}"
    ]


def test_answers_can_come_from_a_setting(tmp_path):
    kinds = [kind.name for kind in FIELD_TYPES if kind.has_choices]
    fields = [
        field_of(f"name: a, type: {kind}, label: A, choices_from: exit.scale", tmp_path)
        for kind in kinds
    ]

    assert [(field.type.name, field.choices_from) for field in fields] == [
        ("select_one", "exit.scale"),
        ("select_multiple", "exit.scale"),
        ("scale", "exit.scale"),
    ]


def test_the_base_packs_forms_fit_the_model_and_each_name_stands_once():
    forms = {path.stem: form_of(read_text(path), path) for path in FORMS}
    names = {
        stem: [[field.name for field in fields_of(form)], [part.name for part in form.sections]]
        for stem, form in forms.items()
    }

    assert forms
    assert [stem for stem, form in forms.items() if not form.sections] == []
    assert {
        stem: part for stem, parts in names.items() for part in parts if len({*part}) < len(part)
    } == {}


def test_the_base_packs_letters_fit_the_model_and_have_words():
    wrong = []
    for path in LETTERS:
        _, block, words = read_text(path).split("---\n", 2)
        letter = form_of(block, path, Letter)
        begins = letter.greeting or letter.presented or letter.lead or not letter.signer
        if not (begins and words.strip()):
            wrong.append(path.stem)

    assert LETTERS
    assert wrong == []


def test_a_private_form_has_nothing_filled_in():
    for path in ENGLISH.glob("forms/*-reflection.yaml"):
        fields = fields_of(form_of(read_text(path), path))
        assert [field.default for field in fields] == [""] * len(fields)
