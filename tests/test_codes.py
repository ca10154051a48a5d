"""codes.py: every code of a finding, once, with one level."""

import pickle
from pathlib import Path

from formgen.codes import Code
from formgen.findings import ExitCode, Finding, Place, exit_code

LEVELS = {
    Code.UNKNOWN_KEY: ("error", False, ExitCode.BAD_INPUT),
    Code.UNUSED_LOOK: ("warning", False, ExitCode.ALL_BUILT),
    Code.LOCKED: ("error", True, ExitCode.REFUSED),
}


def test_the_level_of_a_code_is_that_of_its_findings():
    found = {code: Finding(Place(Path("local.yaml")), code, "so it is.") for code in LEVELS}

    assert {
        code: (finding.severity, finding.policy, exit_code([finding]))
        for code, finding in found.items()
    } == LEVELS


def test_a_code_is_called_as_its_constant_and_sent_by_its_name():
    assert [code for code in Code if code.name.lower().replace("_", "-") != code] == []
    sent = pickle.dumps(Code.LOCKED)
    assert pickle.loads(sent) is Code.LOCKED  # noqa: S301  (made here)
    assert f"{Code.LOCKED}" == "locked"


def test_each_code_is_raised_somewhere():
    sources = Path(__file__).parents[1] / "src" / "formgen"
    text = "\n".join(path.read_text() for path in sources.rglob("*.py") if path.name != "codes.py")

    assert [code for code in Code if f"Code.{code.name}" not in text] == []
