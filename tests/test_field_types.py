"""field_types/: a kind of field is one module and its macro, and nothing else knows it by name."""

import ast
import io
import re
import zipfile
from typing import get_args

import pikepdf
import pytest

from formgen.build.build import build
from formgen.compose.pages import make_composer
from formgen.model.forms import registry
from formgen.model.forms.everyday import everyday_kind, everyday_words
from formgen.model.forms.field_type import (
    Cell,
    FieldType,
    PdfControl,
    Value,
    WebControl,
    WebMacro,
)
from formgen.model.forms.form import Form
from formgen.model.forms.registry import FIELD_TYPES, cell_types, field_types
from formgen.model.validate import check_shape
from formgen.outputs.base import Choice
from formgen.sources.layers import base_layer
from formgen.sources.strict_yaml import parse_yaml, read_yaml
from formgen.workers.pool import this_process
from tests.support.composed import FORMATS
from tests.support.locals import lines_of, without_mark, write
from tests.support.overlays import document_of, findings_in, overlaid
from tests.support.pdf import text_in
from tests.support.tiny import write_tiny
from tests.test_architecture import TREES

BASE = base_layer().folder
LOOKS = BASE / "templates" / "fields"

# --- What a newcomer would write

MILES = FieldType(
    name="miles",
    paper="miles",
    pdf=PdfControl("line"),
    web=WebControl("input", digits=True),
    value=Value(longest=7),
    cell=Cell(WebControl("input", digits=True)),
)
MACRO = """
{% macro miles(field) %}
<p class="entry"><span class="label">{{ field.label }} in miles</span>{{ place(field.name) }}</p>
{% endmacro %}
"""


PLEDGE = "content/en/pledges/mentor-pledge.yaml"
ASKING = """\
sections:
  - name: way
    label: Your way
    fields:
      - {name: far, type: miles, label: Your way, required: true}
      - {name: log, type: table, label: Log, rows: 2, columns: [{name: m, label: M, type: miles}]}
"""


@pytest.fixture
def with_miles(monkeypatch):
    monkeypatch.setattr(registry, "FIELD_TYPES", (*FIELD_TYPES, MILES))


def macros_with(macro):
    """Return the base pack's macros for paper, and one more."""
    return (LOOKS / "print.html.j2").read_text(encoding="utf-8") + macro


def test_a_kind_of_few_lines_is_on_paper_in_the_pdf_on_the_page_and_in_word(
    with_miles, fonts, monkeypatch, tmp_path
):
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    local = write_tiny(tmp_path / "a")
    write(local / PLEDGE, ASKING)
    write(local / "templates" / "fields" / "print.html.j2", macros_with(MACRO))

    outputs = ("print", "fillable", "web", "word")
    choice = Choice(("mentor-pledge",), outputs)
    [report] = build([local], tmp_path / "out", this_process(fonts), choice)

    assert report.findings == []
    files = {
        path.parent.name: path.read_bytes() for path in report.folder.glob("*/mentor-pledge.*")
    }
    assert "Your way in miles" in text_in(files["print"])
    with pikepdf.open(io.BytesIO(files["fillable"])) as pdf:
        fields = {str(each.T): each for each in pdf.Root.AcroForm.Fields[0].Kids}
        limits = {name: int(each.MaxLen) for name, each in fields.items() if name != "signed"}
    # What is left of the page became two more rows.
    assert limits == {"far": 7, **{f"log_{row}_m": 7 for row in range(1, 5)}}
    page = files["web"].decode()
    assert '<div class="field field-miles w6">' in page
    for name in ("far", "log_1_m", "log_2_m"):
        box = rf'<input type="text" inputmode="numeric" pattern="\[0-9\]\*" id="field-{name}"'
        assert len(re.findall(box, page)) == 1, name
    with zipfile.ZipFile(io.BytesIO(files["word"])) as word:
        said = word.read("word/document.xml").decode()
    assert re.findall(r'<w:tag w:val="([^"]+)"/>', said) == ["far", "log_1_m", "log_2_m"]
    assert 'w:val="Your way (required)"' in said


def test_a_kind_without_a_macro_is_no_line_of_text_but_a_finding(with_miles, tmp_path):
    kit = overlaid(tmp_path, {PLEDGE: ASKING})
    pledge = document_of(kit, "mentor-pledge")

    [finding] = findings_in(lambda: make_composer(kit).compose(pledge, FORMATS["print"]))

    assert (finding.place.file, finding.code) == (LOOKS / "field.html.j2", "undefined")
    assert "has no attribute 'miles'" in finding.message


# --- What the kinds say


def test_what_each_kind_names_is_there():
    paper = (LOOKS / "print.html.j2").read_text(encoding="utf-8")
    web = (LOOKS / "web.html.j2").read_text(encoding="utf-8")
    words = read_yaml(BASE / "content" / "en" / "words.yaml").get("page").value
    lacking = [
        (kind.name, what)
        for kind in FIELD_TYPES
        for what, is_there in (
            (kind.paper, f"{{% macro {kind.paper}(field) %}}" in paper),
            (kind.web.macro, f"{{% macro {kind.web.macro}(field) %}}" in web),
            (kind.format, not kind.format or kind.format in words),
        )
        if not is_there
    ]

    assert lacking == []
    shown = [each for kind in FIELD_TYPES for each in (kind, kind.minimal) if each]
    assert {kind.web.macro for kind in shown} == set(get_args(WebMacro))
    assert len(field_types()) == len(FIELD_TYPES)


def test_the_kinds_of_a_module_are_the_one_it_is_called_after():
    modules = {
        name.rpartition(".")[2] for name in TREES if name.startswith("model.forms.field_types.")
    }

    assert modules == {*field_types()}


def test_the_guide_names_all_kinds_in_their_order():
    guide = (BASE / "content" / "README.md").read_text(encoding="utf-8")
    [row] = re.findall(r"^\| `type` \| (.*) \|$", guide, re.MULTILINE)
    [columns] = re.findall(r"^\| `columns` \| .* the type (.*) \|$", guide, re.MULTILINE)

    assert re.findall("`([a-z_]+)`", row) == [*field_types()]
    assert sorted(re.findall("`([a-z_]+)`", columns)) == sorted(cell_types())


def test_the_guide_names_the_words_that_people_have_for_kinds():
    guide = (BASE / "content" / "README.md").read_text(encoding="utf-8")
    table = re.search(
        r"^\| you write \| it is \|[^\n]*\n(?P<rows>(?:\|.*\n)+)", guide, re.MULTILINE
    )
    rows = [line.split("|")[1:3] for line in table["rows"].splitlines()[1:]]
    told = {
        word: re.search("`([a-z_]+)`", kind)[1]
        for words, kind in rows
        for word in re.findall("`([^`]+)`", words)
    }

    assert told == {word: kind.name for word, kind in everyday_words().items()}


def test_everyday_words_are_read_whatever_their_case_and_hyphens():
    for word in ("yes-no", "Yes/No", "yes_no", "YES no"):
        kind = everyday_kind(word)
        assert (kind.name, kind.answers) == ("select_one", "yes_no"), word
    assert everyday_kind("yes") is None
    assert not {*everyday_words()} & {*field_types()}
    answers = read_yaml(BASE / "content" / "en" / "words.yaml").get("answers").value
    assert {kind.answers for kind in everyday_words().values()} - {""} == {*answers}


UNKNOWN = {
    "type: ^^chekboxes": (
        '"chekboxes" is no kind of field. Fix: did you mean "checkboxes"? use one of: text, '
        "multiline, email, phone, date, time, integer, decimal, select_one, select_multiple, "
        "scale, acknowledge, table, initials, signature, note."
    ),
    "type: ^^select_many": (
        '"select_many" is no kind of field. Fix: did you mean "select_one"? use one of: text, '
        "multiline, email, phone, date, time, integer, decimal, select_one, select_multiple, "
        "scale, acknowledge, table, initials, signature, note."
    ),
    "type: ^^{a: b}": (
        "a list or a group is no kind of field. Fix: use one of: text, multiline, email, phone, "
        "date, time, integer, decimal, select_one, select_multiple, scale, acknowledge, table, "
        "initials, signature, note."
    ),
    "type: table, columns: [{name: b, label: B, type: ^^dat}]": (
        '"dat" is no kind of field. Fix: did you mean "date"? use one of: text, date, time, '
        "integer, decimal, select_one, select_multiple, scale, initials."
    ),
    "type: table, columns: [{name: b, label: B, type: ^^signature}]": (
        '"signature" is no kind of field. Fix: use one of: text, date, time, integer, decimal, '
        "select_one, select_multiple, scale, initials."
    ),
}


def test_an_unknown_kind_is_a_finding(tmp_path):
    for field, said in UNKNOWN.items():
        marked = f"sections: [{{name: s, label: S, fields: [{{name: a, label: A, {field}}}]}}]"
        text, line, column = without_mark(marked)

        form, findings = check_shape(parse_yaml(text, tmp_path / "form.yaml"), Form)

        assert form is None, field
        place = f"form.yaml:{line}:{column}"
        assert lines_of(findings, tmp_path) == [f"{place}: error[bad-choice]: {said}"]


def test_in_files_a_kind_is_its_name():
    text = "{sections: [{name: s, label: S, fields: [{name: a, type: date, label: A}]}]}"
    form, _ = check_shape(parse_yaml(text, BASE / "form.yaml"), Form)

    assert form.model_dump()["sections"][0]["fields"][0]["type"] == "date"
    assert form.sections[0].fields[0].type is field_types()["date"]
    kinds = Form.model_json_schema()["$defs"]["Field"]["properties"]["type"]
    assert kinds == {"type": "string", "enum": [*field_types(), *everyday_words()], "title": "Type"}


# --- No other room knows them

# These ask what a field of a PDF is, an element of HTML, a value of a JSON Schema, a cell of a
# sheet, a piece of Markdown, or which of a person's addresses.
OTHERS = {
    *("pdf.passes.fields", "pdf.passes.appearance", "reference.settings"),
    *("word.boxes", "word.fields", "sources.tables.ods_cells", "model.rosters.people"),
    "compose.text.markdown",
}


def test_no_other_code_asks_for_a_kind_by_its_name():
    """What is compared with a `FieldType` itself, mypy refuses; this is about its name."""
    asking = [
        f"{module}:{node.lineno}"
        for module, tree in TREES.items()
        if module not in OTHERS and not module.startswith("model.forms.field_types.")
        for node in ast.walk(tree)
        if isinstance(node, (ast.Compare, ast.MatchValue))
        for said in ast.walk(node)
        if isinstance(said, ast.Constant) and said.value in field_types()
    ]

    assert asking == []


def test_no_template_asks_for_a_kind_by_its_name():
    names = "|".join(field_types())
    asking = [
        f"{path.relative_to(BASE)}: {found}"
        for path in sorted((BASE / "templates").rglob("*.j2"))
        # The page in the browser asks for kinds of settings, some of which have the same names.
        if "studio" not in path.parts
        for found in re.findall(
            rf"""(?:==|!=|\bin\b|equalto["'],)\s*[\[(]?\s*["'](?:{names})["']""",
            "".join(re.findall(r"\{[{%].*?[%}]\}", path.read_text(encoding="utf-8"), re.DOTALL)),
        )
    ]

    assert asking == []
