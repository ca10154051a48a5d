"""views.py: statements on one scale share its head, on paper, in a PDF and in a browser."""

from io import BytesIO

import pypdf
import pytest

from formgen.compose.views import FieldView, blocks_of
from formgen.model.forms.answers import Choice
from formgen.model.forms.registry import field_types
from tests.support.verapdf import validate

STEPS = tuple(Choice(name=name, label=name.upper()) for name in ("a", "b", "c"))


def asked(name, kind, **more):
    return FieldView(name, field_types()[kind], name, **more)


def scale(name, choices=STEPS, **more):
    return asked(name, "scale", choices=choices, **more)


def names_of(rows):
    return [
        [statement.field.name for statement in block.statements] or block.rows[0][0].name
        for block in blocks_of(rows)
    ]


def test_statements_on_one_scale_are_one_block():
    rows = [(asked("name", "text"),), (scale("x"),), (scale("y"),), (asked("end", "multiline"),)]

    assert names_of(rows) == ["name", ["x", "y"], "end"]


def test_one_statement_and_those_on_other_scales_stand_alone():
    rows = [(scale("x"),), (scale("y", STEPS[:2]),), (scale("z", STEPS, first=0),)]

    assert names_of(rows) == ["x", "y", "z"]


def test_lines_after_each_statement_are_its_comments():
    rows = [
        (scale("x"),),
        (asked("x-why", "multiline"),),
        (scale("y"),),
        (asked("y-why", "multiline"),),
        (asked("more", "multiline"),),
    ]
    block, last = blocks_of(rows)

    assert [each.comment.name for each in block.statements] == ["x-why", "y-why"]
    assert (block.rows, last.rows) == (tuple(rows[:4]), (rows[4],))


def test_a_question_beside_its_scale_is_part_of_its_row():
    rows = [(asked(f"q{n}", "multiline", width=4), scale(f"s{n}", width=2)) for n in range(1, 4)]
    [block] = blocks_of(rows)

    assert [each.question.name for each in block.statements] == ["q1", "q2", "q3"]
    assert not block.names_steps


@pytest.fixture(scope="module")
def riverbend(sample_kits):
    return sample_kits["riverbend-esp"]


def words_of(path):
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(path.read_bytes())).pages]


def test_the_exit_forms_are_a_page_and_the_interview_two(riverbend):
    pages = {
        name: len(words_of(riverbend / kind / f"{name}.pdf"))
        for name in ("mentee-exit", "mentor-exit", "interview-guide")
        for kind in ("print", "fillable")
    }

    assert pages == {"mentee-exit": 1, "mentor-exit": 1, "interview-guide": 2}


def test_each_page_says_once_what_to_circle(riverbend):
    for name in ("mentee-exit", "interview-guide"):
        for words in words_of(riverbend / "print" / f"{name}.pdf"):
            assert words.count("Circle one number in each row.") == 1, name
    [page] = words_of(riverbend / "print" / "mentee-exit.pdf")
    assert page.count("Not at all") == page.count("Very much") == 1


def test_the_rings_are_radio_buttons_by_the_names_that_they_had(riverbend):
    form = pypdf.PdfReader(riverbend / "fillable" / "mentee-exit.pdf").get_fields()

    states = form["mentee-exit.needs-met"]["/_States_"]
    steps = {"/not-at-all", "/somewhat", "/quite-a-bit", "/very-much", "/fully"}
    assert {*states} == {*steps, "/Off"}
    assert form["mentee-exit.needs-met-comments"]["/FT"] == "/Tx"


def test_every_checker_takes_the_head_that_comes_again(riverbend):
    names = ("mentee-exit", "interview-guide", "program-evaluation")
    files = [riverbend / kind / f"{name}.pdf" for name in names for kind in ("print", "fillable")]

    assert validate(files) == []
