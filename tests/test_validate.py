"""shape.py: what is said of a tree that does not fit its model."""

import pytest

from formgen.model.catalog import Catalog
from formgen.model.forms.form import Form
from formgen.model.validate import check_shape
from formgen.sources.strict_yaml import parse_yaml
from tests.support.locals import findings_of, lines_of, minimal, without_mark, write_local

DEEPER = "write its settings below it, indented by two spaces."
LIST = "write one item a line, each with `- ` before it, or [a, b]."
TEXT = "write it on the line of its name; quote it if it holds { or [."
FORM = "forms: {action-plan: {add: [{name: a, label: A, type: %s}]}}"
FORM_NAME = "forms.action-plan.add.1"

# Settings with ^^ where the finding stands, its code, what is wrong, and the remedy.
WRONG = {
    "unknown setting": (
        "^^zzzzzz: x",
        "unknown-key",
        '"zzzzzz" is not a setting here.',
        "delete it, or see content/program.yaml.",
    ),
    "misspelt group": (
        "^^mentor: {minimum_years: 3}",
        "unknown-key",
        '"mentor" is not a setting here.',
        'did you mean "mentors"?',
    ),
    "capital": (
        "^^Paper: a4",
        "unknown-key",
        '"Paper" is not a setting here.',
        'did you mean "paper"?',
    ),
    "misspelt setting": (
        "local: {name: A, ^^adress: [x]}",
        "unknown-key",
        '"adress" is not a setting here.',
        'did you mean "address"?',
    ),
    "setting that was not indented": (
        "^^minimum_years: 3",
        "unknown-key",
        '"minimum_years" is not a setting here.',
        'it belongs below "mentors:".',
    ),
    "misspelt setting that was not indented": (
        "^^adress: [x]",
        "unknown-key",
        '"adress" is not a setting here.',
        'did you mean "address" below "local:"?',
    ),
    "unknown setting that was left empty": (
        "committee: {name: A}\nmeetings:\n  ^^frequncy:",
        "unknown-key",
        '"frequncy" is not a setting here.',
        'did you mean "frequency"?',
    ),
    "comma between braces": (
        "events:\n  - {name: A, date: 2026-09-24, place: Library, ^^Mill Street}",
        "unknown-key",
        '"Mill Street" is not read: a comma ends a value between { and }.',
        'write the whole in quotes: "Library, Mill Street".',
    ),
    "comma in a name between braces": (
        "affiliates: {state: {name: Prairie State, ^^Education Association}}",
        "unknown-key",
        '"Education Association" is not read: a comma ends a value between { and }.',
        'write the whole in quotes: "Prairie State, Education Association".',
    ),
    "no space after the colon between braces": (
        "brand: {primary: '#14496b', ^^typeface:sans}",
        "unknown-key",
        '"typeface:sans" is not a setting here.',
        'write `typeface: "sans"`, with a space after the colon.',
    ),
    "unknown setting that was left empty in a list": (
        FORM % "text, ^^hnt: ",
        "unknown-key",
        '"hnt" is not a setting here.',
        'did you mean "hint"?',
    ),
    "unknown document that was left empty": (
        "forms:\n  ^^mentee-aplication:",
        "unknown-document",
        'there is no document "mentee-aplication".',
        'did you mean "mentee-application"?',
    ),
    "setting of another group": (
        "program: {^^minimum_years: 3}",
        "unknown-key",
        '"minimum_years" is not a setting here.',
        'it belongs below "mentors:".',
    ),
    "group below another": (
        "meetings: {^^committee: {name: A}}",
        "unknown-key",
        '"committee" is not a setting here.',
        'it belongs at the left margin, not below "meetings:".',
    ),
    "number with an underscore": (
        "mentors: {references: ^^0_3}",
        "bad-type",
        'mentors.references should be a whole number, and is "0_3".',
        "e.g. 3.",
    ),
    "number of another script": (
        "mentors: {references: ^^²}",
        "bad-type",
        'mentors.references should be a whole number, and is "²".',
        "e.g. 3.",
    ),
    "unknown setting in a small group": (
        "exit: {^^zzzzzz: x}",
        "unknown-key",
        '"zzzzzz" is not a setting here.',
        "use one of: scale.",
    ),
    "unknown setting two levels in": (
        "affiliates: {state: {^^nmae: x}}",
        "unknown-key",
        '"nmae" is not a setting here.',
        'did you mean "name"?',
    ),
    "unknown setting in a list": (
        "events: [{name: A, date: 2026-10-01, ^^when: x}]",
        "unknown-key",
        '"when" is not a setting here.',
        "use one of: name, date, time, place, for.",
    ),
    "unknown change to a form": (
        "forms: {action-plan: {^^delete: [x]}}",
        "unknown-key",
        '"delete" is not a setting here.',
        "use one of: remove, relabel, add.",
    ),
    "empty key": (
        "^^'': x",
        "unknown-key",
        '"" is not a setting here.',
        "delete it, or see content/program.yaml.",
    ),
    "unknown choice": (
        "paper: ^^folio",
        "bad-choice",
        '"folio" is not a choice for paper.',
        "use one of: letter, a4, legal.",
    ),
    "misspelt choice": (
        "paper: ^^Letter",
        "bad-choice",
        '"Letter" is not a choice for paper.',
        'did you mean "letter"? use one of: letter, a4, legal.',
    ),
    "unknown choice in a list": (
        "compensation: [stipend, ^^cash]",
        "bad-choice",
        '"cash" is not a choice for compensation.2.',
        "use one of: stipend, comp-time, leave, travel.",
    ),
    "list for a choice": (
        "paper: ^^[a4]",
        "bad-choice",
        "a list is not a choice for paper.",
        "use one of: letter, a4, legal.",
    ),
    "text for a group": (
        "brand: ^^red",
        "bad-type",
        'brand should be a group of settings, and is "red".',
        DEEPER,
    ),
    "list for a group": (
        "brand: ^^[red]",
        "bad-type",
        "brand should be a group of settings, and is a list.",
        DEEPER,
    ),
    "list for a group of names": (
        "forms: {action-plan: {relabel: ^^[a]}}",
        "bad-type",
        "forms.action-plan.relabel should be a group of settings, and is a list.",
        DEEPER,
    ),
    "group for a text": (
        "program: {duration: ^^{x: y}}",
        "bad-type",
        "program.duration should be text, and is a group of settings.",
        TEXT,
    ),
    "list for a text": (
        "local: {name: ^^[A]}",
        "bad-type",
        "local.name should be text, and is a list.",
        TEXT,
    ),
    "group in a list of texts": (
        "program: {months: [May, ^^{June: x, July: y}]}",
        "bad-type",
        "program.months.2 should be text, and is a group of settings.",
        TEXT,
    ),
    "text for a list": (
        "compensation: ^^stipend",
        "bad-type",
        'compensation should be a list, and is "stipend".',
        LIST,
    ),
    "group for a list": (
        "events: ^^{name: A}",
        "bad-type",
        "events should be a list, and is a group of settings.",
        LIST,
    ),
    "word for a number": (
        "mentors: {references: ^^two}",
        "bad-type",
        'mentors.references should be a whole number, and is "two".',
        "e.g. 3.",
    ),
    "fraction for a number": (
        "mentors: {references: ^^1.5}",
        "bad-type",
        'mentors.references should be a whole number, and is "1.5".',
        "e.g. 3.",
    ),
    "list for a number": (
        "mentors: {references: ^^[2]}",
        "bad-type",
        "mentors.references should be a whole number, and is a list.",
        "e.g. 3.",
    ),
    "number of many digits": (
        f"mentors: {{references: ^^{'9' * 5000}}}",
        "bad-type",
        f'mentors.references should be a whole number, and is "{"9" * 80}…".',
        "e.g. 3.",
    ),
    "word for true": (
        "certificate: {administrator: ^^maybe}",
        "bad-type",
        'certificate.administrator should be true or false, and is "maybe".',
        "write true or false.",
    ),
    "group for true": (
        "certificate: {administrator: ^^{}}",
        "bad-type",
        "certificate.administrator should be true or false, and is a group of settings.",
        "write true or false.",
    ),
    "number below": (
        "archive: {years: ^^0}",
        "out-of-range",
        '"0" is out of range.',
        "archive.years is at least 1.",
    ),
    "number above": (
        "mentors: {references: ^^6}",
        "out-of-range",
        '"6" is out of range.',
        "mentors.references is at most 5.",
    ),
    "empty text": (
        "program: {name: ^^''}",
        "empty",
        "program.name is empty.",
        "write something, or delete the line.",
    ),
    "blank text": (
        "program: {name: ^^'  '}",
        "empty",
        "program.name is empty.",
        "write something, or delete the line.",
    ),
    "empty text in a list": (
        "program: {goals: [^^'']}",
        "empty",
        "program.goals.1 is empty.",
        "write something, or delete the line.",
    ),
    "empty list": (
        "program: {months: ^^[]}",
        "empty",
        "program.months is empty.",
        "give at least 1, or delete the line.",
    ),
    "short list": (
        "exit: {scale: ^^[Yes]}",
        "empty",
        "exit.scale is too short.",
        "give at least 2, or delete the line.",
    ),
    "long list": (
        "exit: {scale: ^^[a, b, c, d, e, f, g, h]}",
        "too-long",
        "exit.scale is too long.",
        "give at most 7.",
    ),
    "long text": (
        f"program: {{name: ^^{'x' * 201}}}",
        "too-long",
        "program.name is too long.",
        "use at most 200 characters.",
    ),
    "a colon in a text of a list": (
        "program: {goals: [^^Learn: fast]}",
        "bad-type",
        "a colon cuts program.goals.1 in two.",
        'write it in quotes: "Learn: fast".',
    ),
    "a colon in a question": (
        "forms: {action-plan: {add: [^^Which route: north or south?]}}",
        "bad-type",
        "a colon cuts this question in two.",
        'write it in quotes: "Which route: north or south?".',
    ),
    "missing in a list": (
        "events: [^^{name: A}]",
        "missing",
        "events.1.date is missing.",
        "add `date:`.",
    ),
    "name of a field": (
        "forms: {action-plan: {add: [{name: ^^A b, label: A, type: text}]}}",
        "bad-name",
        '"A b" is not allowed here.',
        "use a-z, 0-9 and -, and start with a letter.",
    ),
    "condition": (
        FORM % "text, relevant: ^^'1 == 1'",
        "no-condition",
        "a condition is never taken from local.yaml.",
        "delete `relevant:`.",
    ),
    "neither a number nor columns": (
        FORM % "select_one, choices: [a], columns: ^^two",
        "bad-columns",
        '"two" is neither a number nor a list of columns.',
        "a number from 1 to 4, or a list.",
    ),
    "too many side by side": (
        FORM % "select_one, choices: [a], columns: ^^9",
        "out-of-range",
        '"9" is out of range.',
        f"{FORM_NAME}.columns is at most 4.",
    ),
    "a name alone among those who sign": (
        "certificate: {signers: [^^Robin Hale]}",
        "bad-choice",
        (
            '"Robin Hale" is none of those who are known already: mentor, president, committee, '
            "administrator."
        ),
        "write {name: Robin Hale, title: ...}.",
    ),
    "nobody who signs": (
        "letters: {signers: [^^{name: , title: }]}",
        "empty",
        "nobody is named here.",
        "give a name, a title or both.",
    ),
    "three who sign a letter": (
        "letters: {signers: ^^[coordinator, committee, president]}",
        "too-long",
        "letters.signers is too long.",
        "give at most 2.",
    ),
    "kind of field that there is not": (
        "forms: {action-plan: {add: [{label: A, type: ^^tickboxes, choices: [B]}]}}",
        "bad-choice",
        '"tickboxes" is no kind of field.',
        (
            'did you mean "checkboxes"? use one of: text, multiline, email, phone, date, time,'
            " integer, decimal, select_one, select_multiple, scale, acknowledge, table, initials,"
            " signature, note."
        ),
    ),
    "column without a name": (
        FORM % "table, columns: [^^{label: A}]",
        "missing",
        f"{FORM_NAME}.columns.1.name is missing.",
        "add `name:`.",
    ),
    "text for a column": (
        FORM % "table, columns: [^^Name]",
        "bad-type",
        f'{FORM_NAME}.columns.1 should be a group of settings, and is "Name".',
        DEEPER,
    ),
    "answer without a label": (
        FORM % "scale, choices: [^^{name: a}]",
        "missing",
        f"{FORM_NAME}.choices.1.label is missing.",
        "add `label:`.",
    ),
}


@pytest.mark.parametrize(("marked", "code", "message", "fix"), WRONG.values(), ids=WRONG)
def test_what_does_not_fit_is_named_where_it_stands(marked, code, message, fix, tmp_path):
    text, line, column = without_mark(minimal(marked))

    found = findings_of(write_local(tmp_path, text))

    assert lines_of(found, tmp_path) == [
        f"local.yaml:{line}:{column}: error[{code}]: {message} Fix: {fix}"
    ]


NEEDED = {
    "formgen": "formgen is missing. Fix: add the line `formgen: 1`.",
    "id": "id is missing. Fix: add a line such as `id: riverbend-esp`.",
    "local": "local.name is missing. Fix: add the full name of your local.",
    "coordinator": "coordinator.name is missing. Fix: add the name of the person to call.",
}


@pytest.mark.parametrize(("key", "said"), NEEDED.items(), ids=NEEDED)
def test_a_setting_that_was_left_out_is_missed_in_the_locals_own_file(key, said, tmp_path):
    text = minimal(f"{key}:").replace(f"{key}:\n", "")

    found = lines_of(findings_of(write_local(tmp_path, text)), tmp_path)

    assert found == [f"local.yaml:1:1: error[missing]: {said}"]


@pytest.mark.parametrize(("key", "line"), [("formgen", 7), ("id", 7), ("local", 1)])
def test_a_setting_that_was_left_empty_is_missed_in_the_locals_own_file(key, line, tmp_path):
    found = lines_of(findings_of(write_local(tmp_path, minimal(f"{key}:"))), tmp_path)

    assert found == [f"local.yaml:{line}:1: error[missing]: {NEEDED[key]}"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_lacks_all_that_is_needed(text, tmp_path):
    found = lines_of(findings_of(write_local(tmp_path, text)), tmp_path)

    assert found == [f"local.yaml:1:1: error[missing]: {said}" for said in sorted(NEEDED.values())]


def test_a_group_that_lacks_a_setting_is_named_where_it_stands(tmp_path):
    found = findings_of(write_local(tmp_path, minimal("local:\n  number: 5")))

    assert lines_of(found, tmp_path) == [f"local.yaml:7:3: error[missing]: {NEEDED['local']}"]


def test_everything_that_is_wrong_is_found_at_once_in_the_order_of_the_file(tmp_path):
    text = (
        "formgen: 2\nid: A\nlocal: {adress: x, website: ftp://x}\npaper: b5\n"
        "mentors: {references: six, minimum_years: -1}\nbrand: {primary: reddish, accent: []}\n"
        "program: {months: [], name: 学, terms: {mentor: ''}}\n"
    )

    found = findings_of(write_local(tmp_path, text))

    assert [(finding.place.line, finding.code) for finding in found] == [
        (1, "missing"),
        (1, "format"),
        (2, "bad-id"),
        (3, "missing"),
        (3, "unknown-key"),
        (3, "bad-link"),
        (4, "bad-choice"),
        (5, "bad-type"),
        (5, "out-of-range"),
        (6, "bad-colour"),
        (6, "bad-type"),
        (7, "empty"),
        (7, "no-glyph"),
        (7, "empty"),
    ]


def test_a_layer_may_leave_out_what_another_layer_gives(tmp_path):
    tree = parse_yaml("documents: {}\n", tmp_path / "documents.yaml")
    entry = parse_yaml("documents: {a: {kind: poem}}\n", tmp_path / "documents.yaml")

    assert check_shape(parse_yaml("", tree.place.file), Catalog, partial=True) == (None, [])
    model, findings = check_shape(entry, Catalog, partial=True)
    assert model is None
    assert [finding.code for finding in findings] == ["bad-choice"]


def test_a_tree_that_fits_becomes_the_model(tmp_path):
    tree = parse_yaml("sections: [{name: a, label: A, office: true}]", tmp_path / "form.yaml")

    form, findings = check_shape(tree, Form)

    assert findings == []
    assert [(section.name, section.office) for section in form.sections] == [("a", True)]


@pytest.mark.parametrize("text", ["- a\n- b\n", "words"])
def test_a_file_of_another_kind_is_named_as_a_whole(text, tmp_path):
    _, findings = check_shape(parse_yaml(text, tmp_path / "form.yaml"), Form)

    assert [finding.message.partition(",")[0] for finding in findings] == [
        "the file should be a group of settings"
    ]
