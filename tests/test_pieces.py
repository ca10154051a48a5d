"""pieces.py and say.py: pieces of sentences that depend on settings, named where they stand."""

import pytest

from formgen.compose.pages import make_composer
from formgen.compose.text.context import words_context
from formgen.findings import Place
from formgen.model.wording.pieces import check_pieces, choose, possible_values
from formgen.sources.layers import base_layer
from formgen.sources.paths import words_paths
from formgen.sources.strict_yaml import parse_yaml, read_yaml
from tests.support.composed import FORMATS
from tests.support.overlays import document_of, findings_in, overlaid

SAY = "content/en/say.yaml"
LETTER = "content/en/letters/start-up-notice.md"
PIECES = """\
say:
  text: Ask {{ coordinator.name }}.
  footing:
    of: program.basis
    contract: By contract.
    otherwise: Otherwise.
  switch: {of: confidentiality.separate_agreement, "true": Two papers., "false": One paper.}
  cases:
    - {when: compensation, say: "It pays {{ labels('compensation') | listing }}."}
    - {when: built("interview-guide"), say: We talk with you.}
  nothing:
    - {when: compensation, say: Something.}
  inside: "First: {{ say.text }}"
"""


def said(tmp_path, text, changes=None, pieces=PIECES, *, markdown=False):
    kit = overlaid(tmp_path, {SAY: pieces}, changes or {})
    wording, _ = words_context(kit)
    render = wording.markdown if markdown else wording.text
    return str(render(text, Place(tmp_path / "words.md", 1, 1))).strip(), wording.findings


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("{{ say.text }}", {}, "Ask Pat Doe."),
        ("{{ say.footing }}", {}, "Otherwise."),
        (
            "{{ say.footing }}",
            {"program": {"basis": "contract", "governance": "joint"}},
            "By contract.",
        ),
        ("{{ say.switch }}", {}, "One paper."),
        ("{{ say.switch }}", {"confidentiality": {"separate_agreement": True}}, "Two papers."),
        ("{{ say.cases }}", {}, "We talk with you."),
        (
            "{{ say.cases }}",
            {"compensation": ["stipend", "travel"]},
            "It pays a stipend and travel expenses.",
        ),
        ("{{ say.cases }}", {"mentors": {"interview": "none"}}, ""),
        ("Now. {{ say.nothing }} Then.", {}, "Now. Then."),
        ("{{ say.inside }}", {}, "First: Ask Pat Doe."),
    ],
)
def test_a_piece_is_the_text_that_holds_for_the_local(tmp_path, text, changes, expected):
    assert said(tmp_path, text, changes) == (expected, [])


def test_a_piece_is_markdown_where_it_stands_in_markdown_and_its_values_are_not(tmp_path):
    pieces = "say: {who: '**Ask** {{ coordinator.name }}.'}"
    changes = {"coordinator": {"name": "*Pat* <Doe>"}}
    html, findings = said(tmp_path, "{{ say.who }}", changes, pieces, markdown=True)
    assert html == "<p><strong>Ask</strong> *Pat* &lt;Doe&gt;.</p>"
    assert findings == []


def test_a_line_of_a_list_that_comes_out_empty_is_left_out(tmp_path):
    text = (
        "Before:\n\n- One\n- {{ say.nothing }}\n- Two\n\n1. {{ say.nothing }}\n1. {{ say.text }}\n"
    )
    html, _ = said(tmp_path, text, markdown=True)
    assert html.count("<li>") == 3
    assert "<li></li>" not in html
    assert "<h2>" not in html


def test_a_paragraph_that_comes_out_empty_is_left_out(tmp_path):
    html, _ = said(
        tmp_path, "One.\n\n{{ say.nothing }}\n\n{{ program.pilot.note }}\n", markdown=True
    )
    assert html == "<p>One.</p>"


def test_a_list_of_values_becomes_a_list(tmp_path):
    text = "{{ program.goals | bullets }}"
    goals = {"program": {"goals": ["Grow *well*", "Stay"]}}
    html, _ = said(tmp_path, text, goals, markdown=True)
    assert html == "<ul>\n<li>Grow *well*</li>\n<li>Stay</li>\n</ul>"


def test_a_local_says_one_reading_otherwise_and_keeps_the_others(tmp_path):
    own = 'say: {pay: [{when: compensation, say: "We pay."}]}'
    kit = overlaid(tmp_path, {SAY: own}, {"compensation": ["stipend"]})
    wording, _ = words_context(kit)
    assert wording.text("{{ say.pay }}", Place(tmp_path)) == "We pay."
    base = read_yaml(base_layer().file(words_paths("en")[1])).get("say")
    assert set(kit.words.get("say").value) == set(base.value)


@pytest.mark.parametrize(
    ("pieces", "place", "code", "message"),
    [
        ("say: {pay: [{if: compensation, say: A}]}", "1:14", "unknown-key", '"if"'),
        ("say: {pay: [{when: compensation}]}", "1:13", "missing", "says nothing"),
        ("say: {pay: [text]}", "1:13", "bad-type", "each case of say.pay"),
        ("say: {pay: {contract: A}}", "1:7", "missing", "which setting"),
        ("say: {b: {of: program.basis, contrct: A}}", "1:30", "bad-choice", '"contrct"'),
        ("say: {b: {of: program.basis, contract: [A]}}", "1:40", "bad-type", "say.b.contract"),
        ("say: text", "1:6", "bad-type", "say should be"),
    ],
)
def test_what_is_wrong_with_a_piece_is_told_at_its_place(pieces, place, code, message, tmp_path):
    found = list(check_pieces(parse_yaml(pieces, tmp_path / "say.yaml")))
    assert [(f"{each.place.line}:{each.place.column}", each.code) for each in found] == [
        (place, code)
    ]
    assert message in found[0].message


@pytest.mark.parametrize(
    ("piece", "code"),
    [
        ("{{ comittee.name }}", "undefined"),
        ("{% if %}", "template"),
        ("{{ say.lost }}", "undefined"),
        ("{{ say.pay }}", "template"),
    ],
)
def test_a_piece_that_does_not_work_is_told_once_at_its_line(tmp_path, piece, code):
    kit = overlaid(
        tmp_path,
        {
            SAY: f"# Of ours.\nsay:\n  pay: '{piece}'\n",
            LETTER: "---\ntitle: A\npurpose: B\n---\nWords.\n\n{{ say.pay }}\n",
        },
    )
    made = make_composer(kit)
    document = document_of(kit, "start-up-notice")
    found = findings_in(lambda: made.compose(document, FORMATS["print"]))
    assert [(each.place.file.name, each.place.line, each.code) for each in found] == [
        ("say.yaml", 3, code)
    ]


def test_a_piece_that_there_is_not_is_told_where_it_is_named(tmp_path):
    text, findings = said(tmp_path, "{{ say.pya }}", pieces="say: {pay: A}")
    assert text == ""
    assert [(each.place.file.name, each.code, each.fix) for each in findings] == [
        ("words.md", "undefined", 'did you mean "pay"?')
    ]


def test_a_piece_whose_setting_there_is_not_is_told(tmp_path):
    _, findings = said(tmp_path, "{{ say.b }}", pieces="say: {b: {of: program.bases, x: A}}")
    assert [each.code for each in findings] == ["unknown-setting"]


def test_the_values_of_a_setting_come_from_its_type():
    assert possible_values("program.state_kind") == ("statutory", "nonstatutory")
    assert possible_values("certificate.administrator") == ("true", "false")
    assert possible_values("local.name") == possible_values("no.such") == ()


def test_a_case_without_a_condition_holds():
    piece = parse_yaml("[{when: never, say: A}, {say: B}]", base_layer().folder / "x.yaml")
    chosen = choose(piece, lambda condition: condition != "never", lambda _: "")
    assert chosen.value == "B"
