"""changes.py: a local removes, relabels and adds fields, and changes promises."""

import pytest

from formgen.model.forms.changes import change_fields, change_promises, draft
from formgen.model.forms.form import Form
from formgen.model.groups.changes import FormChange, Promises
from formgen.model.validate import check_shape
from formgen.sources.strict_yaml import parse_yaml
from tests.support.locals import lines_of, without_mark

FORM = """\
sections:
  - name: you
    label: You
    fields:
      - {name: name, type: text, label: Name}
      - {name: fax, type: phone, label: Fax}
  - name: more
    label: More
    fields:
      - {name: notes, type: multiline, label: Notes}
  - name: words
    label: Words
    text: Only words.
  - name: office
    label: For the committee
    office: true
    fields:
      - {name: decision, type: text, label: Decision}
"""
PLEDGE = """\
sections:
  - name: promises
    label: I promise
    promises_of: mentor
    promises:
      - {name: listen, text: I will listen.}
      - {name: learn, text: I will learn.}
"""


@pytest.fixture
def change(tmp_path):
    """Return a function that changes the form, and gives its fields and what is found."""

    def changed(text, form=FORM):
        sections = draft(model_of(form, Form))
        asked = parse_yaml(text, tmp_path / "local.yaml")
        settings, shape = check_shape(asked, FormChange)
        assert shape == []
        result, findings = change_fields(sections, settings, asked)
        return result, lines_of(findings, tmp_path)

    def model_of(text, model):
        found, findings = check_shape(parse_yaml(text, tmp_path / "form.yaml"), model)
        assert findings == []
        return found

    return changed


def names(sections):
    return {
        section.section.name: [item.field.name for item in section.fields] for section in sections
    }


def test_without_changes_a_form_stays_as_the_pack_wrote_it(change):
    sections, findings = change("")

    assert names(sections) == {
        "you": ["name", "fax"],
        "more": ["notes"],
        "words": [],
        "office": ["decision"],
    }
    assert findings == []
    assert not any(item.literal or item.literal_label for s in sections for item in s.fields)


def test_fields_are_removed(change):
    sections, findings = change("remove: [fax, decision]")

    assert names(sections) == {"you": ["name"], "more": ["notes"], "words": [], "office": []}
    assert findings == []


def test_fields_are_relabelled_with_words_that_are_printed_as_typed(change):
    sections, findings = change("relabel: {name: 'Your {{ 7*7 }} name'}")

    name, fax = sections[0].fields
    assert (name.field.label, name.literal_label, name.literal) == (
        "Your {{ 7*7 }} name",
        True,
        False,
    )
    assert (fax.field.label, fax.literal_label) == ("Fax", False)
    assert findings == []


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("name", {"you": ["name", "new", "fax"], "more": ["notes"], "office": ["decision"]}),
        ("fax", {"you": ["name", "fax", "new"], "more": ["notes"], "office": ["decision"]}),
        ("decision", {"you": ["name", "fax"], "more": ["notes"], "office": ["decision", "new"]}),
        ("", {"you": ["name", "fax"], "more": ["notes", "new"], "office": ["decision"]}),
    ],
)
def test_a_field_is_added_after_another_or_at_the_end_of_what_applicants_fill_in(
    change, after, expected
):
    sections, findings = change(f"add: [{{name: new, type: text, label: New, after: '{after}'}}]")

    assert names(sections) == {"words": [], **expected}
    assert findings == []
    assert [item.literal for s in sections for item in s.fields if item.field.name == "new"] == [
        True
    ]


def test_fields_are_added_in_order_and_after_each_other(change):
    sections, _ = change(
        "add: [{name: a, type: text, label: A, after: b}, {name: b, type: text, label: B}]"
    )
    ordered, findings = change(
        "add: [{name: b, type: text, label: B}, {name: a, type: text, label: A, after: b}]"
    )

    assert names(sections)["more"] == ["notes", "b"]
    assert names(ordered)["more"] == ["notes", "b", "a"]
    assert findings == []


def test_a_question_alone_is_a_field_of_text_with_a_name_of_its_own(change):
    sections, found = change(
        "add:\n"
        "  - Which route do you drive?\n"
        "  - {label: Shirt size, type: select_one, choices: [S, M]}"
    )

    added = [
        draft.field
        for section in sections
        for draft in section.fields
        if draft.field.name not in {"name", "fax", "notes", "decision"}
    ]
    assert found == []
    assert [(field.name, field.type.name, field.label) for field in added] == [
        ("which-route-do-you-drive", "text", "Which route do you drive?"),
        ("shirt-size", "select_one", "Shirt size"),
    ]


def test_a_removed_field_can_be_replaced_by_one_of_the_same_name(change):
    sections, findings = change("remove: [fax]\nadd: [{name: fax, type: text, label: Fax no.}]")

    assert names(sections)["more"] == ["notes", "fax"]
    assert findings == []


@pytest.mark.parametrize(
    ("removed", "section"),
    [("name, fax, notes", "words"), ("name, fax, notes, decision", "words"), ("notes", "you")],
)
def test_a_field_finds_a_section_whatever_was_removed(change, removed, section):
    sections, findings = change(
        f"remove: [{removed}]\nadd: [{{name: new, type: text, label: New}}]"
    )

    assert names(sections)[section][-1] == "new"
    assert findings == []


def test_a_form_for_the_office_alone_takes_a_field_as_well(change):
    office = FORM[: FORM.index("  - name: you")] + FORM[FORM.index("  - name: office") :]

    sections, findings = change("add: [{name: new, type: text, label: New}]", office)

    assert names(sections) == {"office": ["decision", "new"]}
    assert findings == []


MISTAKES = {
    "removes what is not there": (
        "remove: [name, ^^faxx]",
        "unknown-field",
        'there is no field "faxx".',
        'did you mean "fax"?',
    ),
    "removes what is nowhere near": (
        "remove: [^^zzz]",
        "unknown-field",
        'there is no field "zzz".',
        "the fields are: name, fax, notes, decision.",
    ),
    "relabels what is not there": (
        "relabel: {^^note: Remarks}",
        "unknown-field",
        'there is no field "note".',
        'did you mean "notes"?',
    ),
    "adds after what is not there": (
        "add: [{name: a, type: text, label: A, after: ^^nmae}]",
        "unknown-field",
        'there is no field "nmae".',
        'did you mean "name"?',
    ),
    "adds after what was removed": (
        "remove: [fax]\nadd: [{name: a, type: text, label: A, after: ^^fax}]",
        "unknown-field",
        'there is no field "fax".',
        "leave out `after` to add it at the end.",
    ),
    "adds what is there": (
        "add: [^^{name: notes, type: text, label: A}]",
        "duplicate-field",
        'the form has a field "notes" already.',
        "give it another name.",
    ),
    "adds the same twice": (
        "add: [{name: a, type: text, label: A}, ^^{name: a, type: text, label: A}]",
        "duplicate-field",
        'the form has a field "a" already.',
        "give it another name.",
    ),
}


@pytest.mark.parametrize(("marked", "code", "message", "fix"), MISTAKES.values(), ids=MISTAKES)
def test_a_change_to_a_field_that_is_not_there_is_found(change, marked, code, message, fix):
    text, line, column = without_mark(marked)

    _, findings = change(text)

    assert findings == [f"local.yaml:{line}:{column}: error[{code}]: {message} Fix: {fix}"]


def promises_after(text, tmp_path):
    form, _ = check_shape(parse_yaml(PLEDGE, tmp_path / "pledge.yaml"), Form)
    asked = parse_yaml(text, tmp_path / "local.yaml")
    settings, findings = check_shape(asked, Promises)
    assert findings == []
    section, findings = change_promises(draft(form)[0], settings, asked)
    return section.promises, lines_of(findings, tmp_path)


def test_promises_are_removed_and_added_at_the_end_as_typed(tmp_path):
    promises, findings = promises_after(
        "add: ['I will {{ x }}.', And.]\nremove: [listen]", tmp_path
    )

    assert [(item.promise.name, item.promise.text, item.literal) for item in promises] == [
        ("learn", "I will learn.", False),
        ("added-1", "I will {{ x }}.", True),
        ("added-2", "And.", True),
    ]
    assert findings == []


def test_a_promise_that_is_not_there_is_found(tmp_path):
    _, findings = promises_after("add: []\nremove: [learn, lissen]", tmp_path)

    assert findings == [
        (
            'local.yaml:2:17: error[unknown-promise]: there is no promise "lissen".'
            ' Fix: did you mean "listen"?'
        )
    ]


# --- Questions without a name


def test_a_question_alone_gets_a_name_that_is_free(change):
    sections, findings = change(
        "add: [What route do you drive?, Name, Name, {label: Fax, type: mail}]\nremove: [fax]"
    )

    assert names(sections)["more"] == [
        "notes",
        "what-route-do-you-drive",
        "name-2",
        "name-3",
        "fax-2",
    ]
    added = [item.field for item in sections[1].fields[1:]]
    assert [field.type.name for field in added] == ["text", "text", "text", "email"]
    assert [field.label for field in added] == ["What route do you drive?", "Name", "Name", "Fax"]
    assert findings == []


def test_a_question_is_added_after_another_by_its_made_up_name(change):
    sections, findings = change("add: [Your route, {after: your-route, label: Your bus}]")

    assert names(sections)["more"] == ["notes", "your-route", "your-bus"]
    assert findings == []


def test_a_form_may_be_its_questions_alone(change):
    form = """\
questions:
  - Your route
  - {label: Your route, type: yes-no}
  - {name: your-route-2, label: Another}
"""
    sections, findings = change("add: [Your bus]", form)

    assert names(sections) == {
        "questions": ["your-route", "your-route-3", "your-route-2", "your-bus"]
    }
    assert [item.path for item in sections[0].fields][:2] == [("questions", 0), ("questions", 1)]
    assert sections[0].section.label == ""
    assert findings == []


def test_a_section_without_a_name_gets_one_of_its_label(change):
    form = """\
questions: [Your route]
sections:
  - {label: Your car, fields: [Your route]}
  - {label: Your car, fields: [License plate]}
  - {name: questions, label: More, fields: [Remarks]}
"""
    sections, _ = change("", form)

    assert names(sections) == {
        "questions-2": ["your-route"],
        "your-car": ["your-route-2"],
        "your-car-2": ["license-plate"],
        "questions": ["remarks"],
    }


def test_questions_stand_before_the_sections(change):
    form = f"questions: [Your route]\n{FORM}"

    sections, _ = change("", form)

    assert list(names(sections)) == ["questions", "you", "more", "words", "office"]
