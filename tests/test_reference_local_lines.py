"""reference/local_lines.py: a setting is written with its answer, or behind a # with an example."""

import pytest

from formgen.packs.new import new_pack
from formgen.reference.local_lines import LocalLines
from formgen.reference.settings import base_reference
from tests.support.locals import findings_of

LINES = LocalLines(
    base_reference(),
    {"local.name": 'A "B": C', "paper": "a4", "program.basis": None, "affiliates.state.name": "D"},
)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("local.name", '  name: "A \\"B\\": C"'),
        ("paper", "paper: a4"),
        ("program.basis", "  #basis: association"),
        ("local.number", '  #number: "01245"'),
        ("affiliates.state", '  state: {name: "D"}'),
        (
            "affiliates.national",
            "  #national: {name: National Education Association, short_name: NEA}",
        ),
        ("formgen", "formgen: 1"),
        ("compensation", "#compensation: [stipend, travel]"),
    ],
)
def test_a_setting_is_written_as_it_was_answered(path, line):
    *comments, last = LINES.setting(path).splitlines()

    assert last == line
    assert comments[0].lstrip().startswith("# ")


def test_a_setting_that_does_not_exist_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match=r"there is no setting paper\.size"):
        LINES.setting("paper.size")


def test_a_new_pack_shows_what_a_state_is_likely_to_decide(tmp_path):
    new_pack(tmp_path / "high-plains")

    text = (tmp_path / "high-plains/content/program.yaml").read_text(encoding="utf-8")
    asked = base_reference().said.questions
    shown = [path for path, question in asked.items() if question.by_pack]
    # Those of a body stand together.
    whole = {path.rpartition(".")[0] if path.count(".") > 1 else path for path in shown}
    names = [path.rpartition(".")[2] for path in whole - {"affiliates.state"}]
    assert [name for name in names if f"#{name}: " not in text] == []
    assert '  state: {name: "High Plains"}\n' in text
    assert findings_of(tmp_path / "high-plains/locals/sample-local/local.yaml") == []
