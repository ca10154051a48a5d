"""forms.py: a form's definition and a local's changes become what a page shows."""

import textwrap

import pytest
from markupsafe import escape

from formgen.build.check import check_pages
from formgen.compose.forms.view import _shares
from formgen.compose.pages import make_composer
from formgen.compose.text.contents import read_form
from formgen.compose.text.context import words_context
from formgen.compose.views import GRID, ColumnView, pack_rows
from formgen.findings import ExitCode, exit_code
from formgen.model.forms.field_types.date import DATE
from formgen.model.forms.field_types.text import TEXT
from formgen.model.forms.form import Column
from formgen.sources.pictures.picture import Picture
from tests.support.composed import FORMATS
from tests.support.locals import MINIMAL, lines_of, resolved
from tests.support.overlays import FORM, document_of, form_of, overlaid

# A form with two parts to fill in, and one for the office.
PLAIN = """\
lead: Hello, {{ term.mentor }}.
sections:
  - name: you
    label: About you
    fields:
      - {name: name, type: text, label: Your name, width: 4}
      - {name: day, type: date, label: Date, width: 2}
  - name: wishes
    label: Your wishes
    text: "*Please* write."
    fields:
      - {name: wish, type: multiline, label: "A {{ term.mentor }} who"}
  - name: office
    label: For the committee
    office: true
    fields:
      - {name: seen, type: date, label: Seen on}
"""
PLEDGE = "content/en/pledges/mentor-pledge.yaml"
NASTY = "*x* {{ 7 * 7 }} <b>"


def with_forms(text, name="mentor-application"):
    """Return a local whose `forms` for one form are this text."""
    return f"{MINIMAL}forms:\n  {name}:\n{textwrap.indent(textwrap.dedent(text), '    ')}"


def line_in(text, part):
    """Return the number of the first line that holds a part."""
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def names_of(view):
    """Return the names of a form's fields, by section."""
    return {
        section.name: [field.name for row in section.rows for field in row]
        for section in view.sections
    }


def fields_of(view):
    return {field.name: field for s in view.sections for row in s.rows for field in row}


# --- What a form shows


def test_a_form_as_the_pack_wrote_it(tmp_path):
    view, findings = form_of(tmp_path, PLAIN)

    assert findings == []
    assert view.lead == "Hello, mentor."
    assert names_of(view) == {"you": ["name", "day"], "wishes": ["wish"], "office": ["seen"]}
    assert [section.html for section in view.sections] == [
        "",
        "<p><em>Please</em> write.</p>\n",
        "",
    ]
    assert [(section.office, section.page) for section in view.sections] == [
        (False, False),
        (False, False),
        (True, False),
    ]
    assert fields_of(view)["wish"].label == "A mentor who"
    assert view.has_fields


def test_a_section_that_holds_nothing_is_left_out(tmp_path):
    view, _ = form_of(
        tmp_path,
        """\
sections:
  - {name: empty, label: Empty}
  - {name: blank, label: Blank, text: "{% if online_site.url %}x{% endif %}"}
  - {name: words, label: Words, text: Some words.}
""",
    )

    assert [section.name for section in view.sections] == ["words"]
    assert not view.has_fields


@pytest.mark.parametrize(
    ("widths", "rows"),
    [
        ([], []),
        ([6], [[6]]),
        ([3, 3], [[3, 3]]),
        ([4, 2, 6], [[4, 2], [6]]),
        ([4, 3, 3], [[4], [3, 3]]),
        ([1, 1, 1, 1, 1, 1, 1], [[1, 1, 1, 1, 1, 1], [1]]),
        ([2, 6, 2], [[2], [6], [2]]),
        ([5, 1, 5, 2], [[5, 1], [5], [2]]),
    ],
)
def test_fields_fill_rows_of_six_columns_in_order(widths, rows, tmp_path):
    fields = "".join(
        f"      - {{name: f{n}, type: text, label: F, width: {width}}}\n"
        for n, width in enumerate(widths)
    )
    head = "sections:\n  - name: s\n    label: S\n    text: Words.\n    fields:\n"
    view, _ = form_of(tmp_path, head + (fields or "      []\n"))
    (section,) = view.sections

    assert [[field.width for field in row] for row in section.rows] == rows
    assert list(section.rows) == pack_rows([field for row in section.rows for field in row])
    assert all(sum(row) <= GRID for row in rows)


def test_notes_are_markdown_and_labels_are_not(tmp_path):
    view, _ = form_of(
        tmp_path,
        """\
sections:
  - name: s
    label: S
    fields:
      - {name: note, type: note, label: "*Read* {{ local.name }}"}
      - {name: text, type: text, label: "*Not* {{ local.name }}"}
""",
        {"local": {"name": NASTY}},
    )
    fields = fields_of(view)

    assert fields["note"].html == f"<p><em>Read</em> {escape(NASTY)}</p>\n"
    assert (fields["text"].label, fields["text"].html) == (f"*Not* {NASTY}", "")


def test_a_table_has_its_columns_rows_and_words(tmp_path):
    view, _ = form_of(
        tmp_path,
        """\
sections:
  - name: s
    label: S
    fields:
      - name: log
        type: table
        label: Log
        row_labels: ["{{ term.Mentor }}", Other]
        columns:
          - {name: who, label: "{{ term.Mentee }}", width: 2}
          - {name: when, label: When, type: date}
""",
    )
    table = fields_of(view)["log"]

    assert table.columns == (
        ColumnView("who", TEXT, "Mentee", share=16),
        ColumnView("when", DATE, "When", share=8),
    )
    assert table.row_labels == ("Mentor", "Other")
    assert (table.across, table.rows) == (1, 6)


LOG = """\
sections:
  - name: s
    label: S
    fields:
      - name: log
        type: table
        label: Log
        rows: 9
        rows_for: meetings
        columns: [{name: when, label: When, type: date}]
"""


@pytest.mark.parametrize(
    ("frequency", "rows"),
    [("once a month", 10), ("every two weeks", 20), ("weekly", 32), ("as you like", 9)],
)
def test_a_table_of_meetings_has_a_row_for_each_on_both_sides_of_a_sheet(frequency, rows, tmp_path):
    # In ten months.
    view, _ = form_of(tmp_path, LOG, f"{MINIMAL}meetings: {{frequency: {frequency}}}\n")
    table = fields_of(view)["log"]

    assert (table.rows, table.open_rows) == (rows, rows)


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("rows: 9", "rows: 1"),
        ("rows: 9", "row_labels: [One, Two]"),
        ("type: date}", "type: integer, sum: true}"),
    ],
)
def test_a_page_adds_no_rows_where_they_have_names_or_a_sum_or_are_but_one(part, instead, tmp_path):
    text = LOG.replace("        rows_for: meetings\n", "").replace(part, instead)

    assert fields_of(form_of(tmp_path, text)[0])["log"].open_rows == 0


# --- Plain questions


QUESTIONS = """\
questions:
  - What does {{ term.a_mentor }} do for you?
  - {label: Do you drive?, type: yes-no}
  - {label: I have read the rules., type: checkbox}
  - {label: On which days?, type: choices, choices: [Monday, Friday]}
"""


def test_a_form_of_questions_alone_has_no_heading_and_the_usual_answers(tmp_path):
    view, findings = form_of(tmp_path, QUESTIONS)

    assert findings == []
    [section] = view.sections
    assert section.label == ""
    fields = fields_of(view)
    assert fields["what-does-term-a-mentor-do-for-you"].label == "What does a mentor do for you?"
    assert [
        (field.kind.name, [(choice.name, choice.label) for choice in field.choices])
        for field in list(fields.values())[1:]
    ] == [
        ("select_one", [("yes", "Yes"), ("no", "No")]),
        ("select_multiple", [("yes", "Yes")]),
        ("select_multiple", [("monday", "Monday"), ("friday", "Friday")]),
    ]


def test_a_mistake_in_a_question_is_found_at_its_line(tmp_path):
    _, findings = form_of(tmp_path, "questions:\n  - Fine\n  - What is {{ zzz }}?\n")

    assert [(each.place.line, each.code) for each in findings] == [(3, "undefined")]


@pytest.mark.parametrize("page", ["print", "fillable", "web"])
def test_a_form_of_questions_alone_is_composed_everywhere(page, tmp_path):
    kit = overlaid(tmp_path, {FORM: QUESTIONS})

    html = make_composer(kit).compose(document_of(kit, "mentor-application"), FORMATS[page]).html

    assert "What does a mentor do for you?" in html
    assert "<h2" not in html
    assert "section-questions" not in html


# --- Choices


def select(source):
    return f"""\
sections:
  - name: s
    label: S
    fields:
      - {{name: pick, type: select_one, label: Pick, columns: 2, {source}}}
"""


@pytest.mark.parametrize(
    ("source", "changes", "choices"),
    [
        (
            'choices: ["{{ term.Mentor }}", {name: other, label: Someone}]',
            {},
            [("term-mentor", "Mentor"), ("other", "Someone")],
        ),
        (
            "choices_from: exit.scale",
            {"exit": {"scale": ["No", "Yes!"]}},
            [("no", "No"), ("yes", "Yes!")],
        ),
        (
            "choices_from: program.job_families",
            {"program": {"job_families": ["clerical", "ferry crews", "*x*"]}},
            [
                ("clerical", "Clerical services"),
                ("ferry-crews", "Ferry crews"),
                ("x", "*x*"),
            ],
        ),
        (
            "choices_from: compensation",
            {"compensation": ["leave", "travel"]},
            [("leave", "Organizational leave"), ("travel", "Travel expenses")],
        ),
        (
            "choices_from: exit.scale",
            {"exit": {"scale": ["C", "C++", "c-2", "c#", "Да", "Нет"]}},
            [
                ("c", "C"),
                ("c-2", "C++"),
                ("c-2-2", "C-2"),
                ("c-3", "C#"),
                ("x-b753003a", "Да"),
                ("x-f43ecd1d", "Нет"),
            ],
        ),
        (
            "choices_from: exit.scale",
            {"exit": {"scale": ["a" * 150, "a" * 151]}},
            [("a" * 60, "A" + "a" * 149), ("a" * 60 + "-2", "A" + "a" * 150)],
        ),
    ],
)
def test_choices_have_names_of_their_own(source, changes, choices, tmp_path):
    view, findings = form_of(tmp_path, select(source), changes)

    assert findings == []
    assert [(choice.name, choice.label) for choice in fields_of(view)["pick"].choices] == choices


def test_a_value_whose_label_was_left_empty_is_shown_itself(tmp_path):
    kit = overlaid(
        tmp_path,
        {
            FORM: select("choices_from: compensation"),
            "content/en/words.yaml": 'labels: {compensation: {leave: ""}}\n',
        },
        {"compensation": ["leave", "travel"]},
    )
    wording, _ = words_context(kit)
    view = read_form(kit, document_of(kit, "mentor-application"), wording)

    labels = [choice.label for choice in fields_of(view)["pick"].choices]
    assert labels == ["Leave", "Travel expenses"]


@pytest.mark.parametrize(
    ("source", "months", "asked"),
    [
        ("choices_from: program.months", ["May"], False),
        ("choices_from: program.months", ["May", "June"], True),
        ("choices_from: program.months, or_other: true", ["May"], True),
        ("choices: [{name: may, label: May}]", ["May"], True),
    ],
)
def test_a_question_with_one_answer_is_not_asked(source, months, asked, tmp_path):
    view, findings = form_of(tmp_path, select(source), {"program": {"months": months}})

    assert findings == []
    assert ("pick" in fields_of(view)) is asked


def test_a_column_stands_there_only_where_it_is_relevant(tmp_path):
    source = """\
sections:
  - name: log
    label: Log
    fields:
      - name: log
        type: table
        label: Log
        columns:
          - {name: how, label: How, relevant: meetings.modes | length > 1}
          - {name: day, label: Day, type: date}
      - name: ways
        type: table
        label: Ways
        columns: [{name: way, label: Way, relevant: meetings.modes | length > 1}]
"""
    one, found = form_of(tmp_path / "one", source, {"meetings": {"modes": ["in person"]}})
    two, _ = form_of(tmp_path / "two", source, {"meetings": {"modes": ["in person", "by mail"]}})

    def columns(view):
        return {
            name: [(c.label, c.share) for c in field.columns]
            for name, field in fields_of(view).items()
        }

    assert found == []
    assert columns(one) == {"log": [("Day", 24)]}
    assert columns(two) == {"log": [("How", 12), ("Day", 12)], "ways": [("Way", 24)]}


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            "exit.scal",
            'error[unknown-setting]: there is no setting "exit.scal". Fix: did you mean "scale"?',
        ),
        (
            "local.name",
            "error[bad-choices]: local.name is not a list of texts. Fix: name such a list.",
        ),
        (
            "mentors",
            "error[bad-choices]: mentors is not a list of texts. Fix: name such a list.",
        ),
        (
            "events",
            "error[bad-choices]: events is not a list of texts. Fix: name such a list.",
        ),
        (
            "mentors.references",
            "error[bad-choices]: mentors.references is not a list of texts. Fix: name such a list.",
        ),
    ],
)
def test_choices_from_what_is_no_list_of_texts_is_a_finding(setting, message, tmp_path):
    event = {"events": [{"name": "Kick-off", "date": "2026-10-01"}]}
    _, findings = form_of(tmp_path, select(f"choices_from: {setting}"), event)

    column = select("choices_from: ").splitlines()[4].index("}") + 1
    assert lines_of(findings, tmp_path) == [f"{FORM}:5:{column}: {message}"]


@pytest.mark.parametrize(("kind", "count"), [("text", 0), ("scale", 2), ("select_multiple", 2)])
def test_only_selects_and_scales_have_choices(kind, count, tmp_path):
    view, _ = form_of(tmp_path, select("choices: [A, B]").replace("select_one", kind))

    assert len(fields_of(view)["pick"].choices) == count


# --- Conditions


CONDITIONAL = """\
sections:
  - name: always
    label: Always
    fields:
      - {name: fixed, type: text, label: F}
      - {name: refs, type: text, label: R, relevant: mentors.references > 1}
  - name: paid
    label: Paid
    relevant: compensation
    fields:
      - {name: sum, type: text, label: S}
  - name: promises
    label: Promises
    promises:
      - {name: stay, text: I will stay.}
      - {name: site, text: I will visit the site., relevant: online_site.url}
"""


@pytest.mark.parametrize(
    ("changes", "names", "promises"),
    [
        ({}, {"always": ["fixed", "refs"], "promises": []}, ["stay"]),
        (
            {"mentors": {"references": 1}, "compensation": ["leave"]},
            {"always": ["fixed"], "paid": ["sum"], "promises": []},
            ["stay"],
        ),
        (
            {"online_site": {"url": "https://example.org"}},
            {"always": ["fixed", "refs"], "promises": []},
            ["stay", "site"],
        ),
    ],
)
def test_conditions_decide_on_sections_fields_and_promises(changes, names, promises, tmp_path):
    view, findings = form_of(tmp_path, CONDITIONAL, changes)

    assert findings == []
    assert names_of(view) == names
    assert [promise.name for promise in view.sections[-1].promises] == promises


@pytest.mark.parametrize("part", ["mentors.references > 1", "compensation", "online_site.url"])
@pytest.mark.parametrize(
    "condition",
    [
        "nobody",
        "mentors.nothing",
        "1 +",
        "}}",
        "mentors.references > 'x'",
        "1 / 0",
        "compensation.append(1)",
        "().__class__",
        "'{x}'.format()",
        "[1][5]",
        "'%Q' % 1",
    ],
)
def test_a_condition_that_does_not_work_is_a_finding_at_its_place(part, condition, tmp_path):
    form = CONDITIONAL.replace(f"relevant: {part}", f'relevant: "{condition}"')
    view, findings = form_of(tmp_path, form)

    (line,) = lines_of(findings, tmp_path)
    row = line_in(form, f'"{condition}"')
    column = form.splitlines()[row - 1].index('"') + 1
    assert line.startswith(f"{FORM}:{row}:{column}: error[bad-condition]: ")
    assert condition in line
    assert view.sections[0].name == "always"


# --- A local's changes to fields


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ("remove: [day]", {"you": ["name"], "wishes": ["wish"], "office": ["seen"]}),
        ("remove: [name, day]", {"wishes": ["wish"], "office": ["seen"]}),
        ("remove: [wish]", {"you": ["name", "day"], "wishes": [], "office": ["seen"]}),
        (
            "add: [{after: name, name: nick, type: text, label: Nickname}]",
            {"you": ["name", "nick", "day"], "wishes": ["wish"], "office": ["seen"]},
        ),
        (
            "add: [{name: nick, type: text, label: Nickname}]",
            {"you": ["name", "day"], "wishes": ["wish", "nick"], "office": ["seen"]},
        ),
        (
            "add: [{after: seen, name: nick, type: text, label: Nickname}]",
            {"you": ["name", "day"], "wishes": ["wish"], "office": ["seen", "nick"]},
        ),
        (
            "add: [{name: a, type: text, label: A}, {after: a, name: b, type: text, label: B}]",
            {"you": ["name", "day"], "wishes": ["wish", "a", "b"], "office": ["seen"]},
        ),
        (
            "remove: [day]\nadd: [{after: name, name: day, type: text, label: Day}]",
            {"you": ["name", "day"], "wishes": ["wish"], "office": ["seen"]},
        ),
        (
            "remove: [name, day, wish]\nadd: [{name: nick, type: text, label: Nickname}]",
            {"wishes": ["nick"], "office": ["seen"]},
        ),
    ],
)
def test_a_local_removes_and_adds_fields(change, names, tmp_path):
    view, findings = form_of(tmp_path, PLAIN, with_forms(change))

    assert findings == []
    assert names_of(view) == names


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (
            "sections:\n  - {name: a, label: A, text: x}\n  - {name: b, label: B, text: x}\n",
            {"a": [], "b": ["mine"]},
        ),
        (
            (
                "sections:\n"
                "  - {name: a, label: A, text: x}\n"
                "  - name: b\n    label: B\n    office: true\n"
                "    fields: [{name: f, type: text, label: F}]\n"
            ),
            {"a": ["mine"], "b": ["f"]},
        ),
        (
            (
                "sections:\n"
                "  - name: b\n    label: B\n    office: true\n"
                "    fields: [{name: f, type: text, label: F}]\n"
            ),
            {"b": ["f", "mine"]},
        ),
    ],
)
def test_a_field_is_added_even_where_nothing_else_is_to_be_filled_in(form, names, tmp_path):
    change = "add: [{name: mine, type: text, label: Mine}]"
    view, findings = form_of(tmp_path, form, with_forms(change))

    assert findings == []
    assert names_of(view) == names


def test_what_a_local_writes_into_a_form_is_printed_as_typed(tmp_path):
    quoted = f'"{NASTY}"'
    view, findings = form_of(
        tmp_path,
        PLAIN,
        with_forms(
            f"""\
            relabel: {{wish: {quoted}}}
            add:
              - {{name: a, type: select_one, label: {quoted}, hint: {quoted}, choices: [{quoted}]}}
              - {{name: b, type: note, label: {quoted}}}
              - {{name: c, type: text, label: C, default: {quoted}}}
              - name: d
                type: table
                label: D
                columns: [{{name: e, label: {quoted}}}]
                row_labels: [{quoted}]
            """
        ),
    )
    fields = fields_of(view)

    assert findings == []
    assert fields["wish"].label == NASTY
    assert (fields["a"].label, fields["a"].hint) == (NASTY, NASTY)
    assert [choice.label for choice in fields["a"].choices] == [NASTY]
    assert fields["b"].html == f"<p>{escape(NASTY)}</p>"
    assert fields["c"].default == NASTY
    assert fields["d"].columns[0].label == NASTY
    assert fields["d"].row_labels == (NASTY,)


def test_a_note_can_be_relabelled(tmp_path):
    form = "sections:\n  - name: s\n    label: S\n    fields:\n"
    view, _ = form_of(
        tmp_path,
        f"{form}      - {{name: note, type: note, label: '*Old*'}}\n",
        with_forms("relabel: {note: '*New* & plain'}"),
    )

    assert fields_of(view)["note"].html == "<p>*New* &amp; plain</p>"


@pytest.mark.parametrize(
    ("change", "part", "message"),
    [
        (
            "remove: [nam]",
            "nam]",
            'error[unknown-field]: there is no field "nam". Fix: did you mean "name"?',
        ),
        (
            "remove: [day, zzzz]",
            "zzzz",
            (
                'error[unknown-field]: there is no field "zzzz".'
                " Fix: the fields are: name, day, wish, seen."
            ),
        ),
        (
            "relabel: {wsh: X}",
            "wsh",
            'error[unknown-field]: there is no field "wsh". Fix: did you mean "wish"?',
        ),
        (
            "add: [{name: x, after: dai, type: text, label: X}]",
            "dai",
            'error[unknown-field]: there is no field "dai". Fix: did you mean "day"?',
        ),
        (
            "remove: [day]\nadd: [{name: x, after: day, type: text, label: X}]",
            "day, type",
            (
                'error[unknown-field]: there is no field "day".'
                " Fix: leave out `after` to add it at the end."
            ),
        ),
        (
            "add: [{name: day, type: text, label: X}]",
            "{name: day",
            (
                'error[duplicate-field]: the form has a field "day" already.'
                " Fix: give it another name."
            ),
        ),
        (
            "add: [{name: x, type: text, label: X}, {name: x, type: text, label: X}]",
            "{name: x, type: text, label: X}]",
            'error[duplicate-field]: the form has a field "x" already. Fix: give it another name.',
        ),
        (
            "add: [{name: x, type: select_one, label: X, choices_from: exit.scal}]",
            "exit.scal",
            'error[unknown-setting]: there is no setting "exit.scal". Fix: did you mean "scale"?',
        ),
    ],
)
def test_a_change_that_does_not_fit_the_form_is_a_finding_at_its_place(
    change, part, message, tmp_path
):
    text = with_forms(change)
    _, findings = form_of(tmp_path, PLAIN, text)

    row = line_in(text, part)
    column = text.splitlines()[row - 1].index(part) + 1
    assert lines_of(findings, tmp_path) == [f"local.yaml:{row}:{column}: {message}"]


def test_all_changes_that_do_not_fit_are_found(tmp_path):
    text = with_forms("remove: [a, b]\nrelabel: {c: C}\nadd: [{name: day, type: text, label: X}]")
    _, findings = form_of(tmp_path, PLAIN, text)

    assert [finding.code for finding in findings] == ["unknown-field"] * 3 + ["duplicate-field"]


def test_two_fields_of_one_name_are_a_finding(tmp_path):
    form = PLAIN.replace("name: seen", "name: day")
    _, findings = form_of(tmp_path, form)

    row = line_in(form, "Seen on")
    assert lines_of(findings, tmp_path) == [
        (
            f'{FORM}:{row}:16: error[duplicate-field]: the form has two fields called "day".'
            " Fix: rename one."
        )
    ]


# --- Promises


@pytest.mark.parametrize(
    ("pledges", "texts"),
    [
        ({}, ["I will be there.", "I will help mentees."]),
        ({"mentor": {"remove": ["help"]}}, ["I will be there."]),
        (
            {"mentor": {"add": ["I will bring tea.", NASTY], "remove": ["be"]}},
            ["I will help mentees.", "I will bring tea.", NASTY],
        ),
        ({"mentee": {"add": ["I will listen."]}}, ["I will be there.", "I will help mentees."]),
    ],
)
def test_a_local_removes_and_adds_promises(pledges, texts, tmp_path):
    pledge = """\
sections:
  - name: promises
    label: I promise
    promises_of: mentor
    promises:
      - {name: be, text: I will be there.}
      - {name: help, text: "I will help {{ term.mentees }}.", items: ["{{ term.Mentee }}", Two]}
"""
    kit = overlaid(tmp_path, {PLEDGE: pledge}, {"pledges": pledges})
    wording, _ = words_context(kit)
    (section,) = read_form(kit, document_of(kit, "mentor-pledge"), wording).sections

    assert wording.findings == []
    assert [promise.text for promise in section.promises] == texts
    parts = {promise.text: promise.items for promise in section.promises}
    assert parts.get("I will help mentees.", ("Mentee", "Two")) == ("Mentee", "Two")


def test_removing_a_promise_that_does_not_exist_is_a_finding_at_its_place(tmp_path):
    text = f"{MINIMAL}pledges:\n  shared:\n    remove: [listen, punctal]\n"
    kit = overlaid(tmp_path, {}, text)
    wording, _ = words_context(kit)
    read_form(kit, document_of(kit, "letter-of-understanding"), wording)

    row = line_in(text, "punctal")
    column = text.splitlines()[row - 1].index("punctal") + 1
    (line,) = lines_of(wording.findings, tmp_path)
    assert line.startswith(f"local.yaml:{row}:{column}: error[unknown-")
    assert line.endswith('Fix: did you mean "punctual"?')


# --- Private documents


@pytest.mark.parametrize(
    ("files", "text", "place"),
    [
        (
            {
                "content/en/forms/mentor-reflection.yaml": "sections:\n  - name: s\n    label: S\n"
                "    fields:\n      - {name: a, type: text, label: A, default: Filled in}\n"
            },
            MINIMAL,
            "content/en/forms/mentor-reflection.yaml:5:50",
        ),
        (
            {},
            with_forms(
                "add: [{name: mine, type: text, label: A, default: Filled in}]", "mentor-reflection"
            ),
            "local.yaml:10:55",
        ),
    ],
)
def test_nothing_fills_in_a_private_document(files, text, place, tmp_path):
    kit = overlaid(tmp_path, files, text)

    findings = check_pages(kit)

    (line,) = lines_of(findings, tmp_path)
    assert line.startswith(f"{place}: error[private]: ")
    assert line.endswith(
        "is filled in already, but only the pair may write on this form."
        " Fix: delete `default`; no setting changes this."
    )
    assert exit_code(findings) == ExitCode.REFUSED


def test_what_is_not_private_may_be_filled_in(tmp_path):
    view, findings = form_of(
        tmp_path, PLAIN.replace("label: Seen on", 'label: Seen on, default: "{{ term.Mentor }}"')
    )

    assert findings == []
    assert fields_of(view)["seen"].default == "Mentor"


def test_forms_of_the_samples_have_no_findings(sample):
    wording, _ = words_context(sample)
    views = [
        read_form(sample, document, wording)
        for document in sample.documents
        if document.entry.kind in {"form", "agreement"}
    ]

    assert wording.findings == []
    assert all(view.sections for view in views)
    assert isinstance(sample.logo, Picture)
    for view in views:
        names = [name for section in names_of(view).values() for name in section]
        assert len(names) == len(set(names))


def test_the_base_pack_without_changes_has_no_findings(tmp_path):
    assert check_pages(resolved(tmp_path)) == []


def test_a_table_of_seven_even_columns_is_as_wide_as_the_page():
    columns = [Column(name=f"c{number}", label="C") for number in range(7)]
    shares = list(_shares(columns))

    assert sum(shares) == 24
    assert set(shares) == {3, 4}
