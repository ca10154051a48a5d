"""Grids of questions, lists, totals and small boxes, in every kind of file."""

import io
import zipfile

import pikepdf
import pypdf
import pytest

from formgen.build.build import build
from formgen.model.forms.form import Form
from formgen.model.validate import check_shape
from formgen.outputs.base import Choice
from formgen.sources.strict_yaml import parse_yaml
from formgen.workers.pool import this_process
from tests.support.browser import chromium, opened, violations
from tests.support.locals import write
from tests.support.tiny import write_tiny
from tests.support.verapdf import validate

ASKING = """\
sections:
  - name: way
    label: Your way
    fields:
      - {name: likely, type: scale, label: How likely?, start: 0, end: 10, choices: [Not, Very]}
      - name: grid
        type: table
        label: Each day
        row_labels: [Before noon, After noon]
        columns:
          - {name: when, label: When, type: text, width: 2}
          - {name: day, label: Day, type: select_one, choices: [Mon, Tue], width: 2}
          - {name: help, label: Help, type: select_multiple, choices: [Math, Bus], width: 2}
          - {name: rate, label: 1 to 4, type: scale, start: 1, end: 4, width: 3}
          - {name: at, label: At, type: select_one, appearance: minimal, choices: [North, South]}
      - name: costs
        type: table
        label: Costs
        row_labels: [Bus, Food]
        columns:
          - {name: what, label: What, type: text, width: 3}
          - {name: cost, label: Cost, type: decimal, sum: true}
          - {name: hours, label: Hours, type: integer, sum: true, sum_name: all-hours}
          - {name: at, label: At, type: time}
      - {name: school, type: select_one, label: School, appearance: minimal, choices: [N, South]}
      - name: else
        type: select_one
        label: Else
        appearance: minimal
        choices: [East, West]
        or_other: true
      - {name: agree, type: acknowledge, label: I agree to this., required: true}
      - {name: first, type: initials, label: Initials, width: 2}
      - {name: at, type: time, label: Time, width: 2}
      - {name: paid, type: decimal, label: Paid, width: 2}
"""
PLEDGE = "content/en/pledges/mentor-pledge.yaml"
OUTPUTS = ("print", "fillable", "web", "word", "large-print")


@pytest.fixture(scope="module")
def files(fonts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("grids")
    local = write_tiny(folder / "a")
    write(local / PLEDGE, ASKING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", "")
        [report] = build(
            [local], folder / "out", this_process(fonts), Choice(("mentor-pledge",), OUTPUTS)
        )
    assert report.findings == []
    return {path.parent.name: path for path in report.folder.glob("*/mentor-pledge.*")}


@pytest.fixture
def page(files):
    with chromium() as browser:
        shown, asked_for = opened(browser.new_context(), files["web"])
        yield shown
        assert asked_for == [files["web"].as_uri()]


def test_a_fillable_file_has_what_each_cell_asks(files):
    fields = {
        name.removeprefix("mentor-pledge."): field
        for name, field in pypdf.PdfReader(files["fillable"]).get_fields().items()
    }

    states = {name: {*field.get("/_States_", ())} - {"/Off"} for name, field in fields.items()}
    assert states["grid_1_day"] == {"/mon", "/tue"}
    assert states["grid_2_help_bus"] == {"/bus"}
    assert states["grid_2_rate"] == {"/step-1", "/step-2", "/step-3", "/step-4"}
    assert len(states["likely"]) == 11
    assert states["agree"] == {"/yes"}
    kinds = {
        name: fields[name]["/FT"] for name in ("grid_1_at", "costs_3_cost", "all-hours", "first")
    }
    assert kinds == {"grid_1_at": "/Ch", "costs_3_cost": "/Tx", "all-hours": "/Tx", "first": "/Tx"}


def test_a_list_offers_its_answers_and_takes_another_where_it_may(files):
    with pikepdf.open(files["fillable"]) as pdf:
        fields = {str(each.T): each for each in pdf.Root.AcroForm.Fields[0].Kids}
    combo, edit = 1 << 17, 1 << 18

    assert [str(each) for each in fields["school"].Opt] == ["N", "South"]
    assert (int(fields["school"].Ff) & combo, int(fields["school"].Ff) & edit) == (combo, 0)
    assert int(fields["else"].Ff) & edit


def test_what_is_chosen_from_a_list_is_read_back(files):
    writer = pypdf.PdfWriter(clone_from=files["fillable"])
    writer.update_page_form_field_values(None, {"mentor-pledge.school": "South"})
    written = io.BytesIO()
    writer.write(written)

    assert pypdf.PdfReader(written).get_fields()["mentor-pledge.school"]["/V"] == "South"


def test_the_checkers_find_nothing(files):
    assert validate([files[kind] for kind in ("print", "fillable", "large-print")]) == []


def test_paper_says_what_to_circle_and_has_a_box_for_the_total(files):
    words = "".join(each.extract_text() for each in pypdf.PdfReader(files["print"]).pages)

    assert words.count("Circle one number in each row.") == 1
    assert words.count("Circle one number.") == 1
    assert words.count("Total") == 1
    assert words.count("Mon") == 1


def test_a_browser_adds_up_and_leaves_alone_what_was_written(page):
    page.fill("#field-costs_1_cost", "1.5")
    page.fill("#field-costs_2_cost", "2,25")
    page.fill("#field-costs_1_hours", "3")
    assert page.input_value("#field-costs_3_cost") == "3.75"
    assert page.input_value("#field-all-hours") == "3"

    page.fill("#field-all-hours", "10")
    page.fill("#field-costs_2_hours", "4")
    assert page.input_value("#field-all-hours") == "10"


def test_a_page_of_all_kinds_is_for_everybody(page):
    for size in ({"width": 1280, "height": 900}, {"width": 390, "height": 800}):
        page.set_viewport_size(size)
        assert violations(page) == [], size
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_on_a_phone_each_row_is_a_card_that_says_what_its_marks_mean(page):
    label = page.locator("label[for=field-grid_1_day_mon]")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert label.bounding_box()["width"] <= 2

    page.set_viewport_size({"width": 390, "height": 800})
    assert label.bounding_box()["width"] > 20


def test_a_box_to_agree_with_is_asked_for_by_its_sentence(page):
    page.get_by_role("button", name="Check my answers").first.click()

    assert page.locator(".said li", has_text="I agree to this.").count() >= 1


def test_word_has_a_mark_in_a_column_of_its_own_and_lists(files):
    with zipfile.ZipFile(files["word"]) as word:
        said = word.read("word/document.xml").decode()

    for tag in ("grid_1_day.mon", "grid_2_help.bus", "grid_1_rate.4", "agree.yes"):
        assert said.count(f'w:val="{tag}"') == 1, tag
    assert said.count('<w:listItem w:displayText="South"') == 3


BAD = {
    "type: text, appearance: minimal": ("not-for-type", "`appearance`"),
    "type: text, start: 1, end: 4": ("not-for-type", "`start`"),
    "type: scale, start: 4, end: 1": ("bad-steps", "from 4 to 1"),
    "type: scale, start: 0, end: 11": ("bad-steps", "from 0 to 11"),
    "type: scale, start: 0, end: 4, choices: [A, B, C]": ("bad-steps", "from 0 to 4"),
    "type: scale": ("no-choices", "nothing to choose from"),
    "type: table, columns: [{name: c, label: C, type: text, sum: true}]": ("not-for-type", "`sum`"),
    "type: table, columns: [{name: c, label: C, type: scale}]": ("no-choices", "nothing to choose"),
}


@pytest.mark.parametrize("field", BAD)
def test_what_does_not_fit_a_kind_is_a_finding(field, tmp_path):
    code, said = BAD[field]
    text = f"sections: [{{name: s, label: S, fields: [{{name: a, label: A, {field}}}]}}]"

    form, findings = check_shape(parse_yaml(text, tmp_path / "form.yaml"), Form)

    assert form is None
    assert [str(each.code) for each in findings] == [code]
    assert said in findings[0].message
