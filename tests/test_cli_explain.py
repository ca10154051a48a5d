"""cli/explain.py: where a setting comes from, as it is printed."""

from pathlib import Path

from formgen.findings import ExitCode
from formgen.sources.layers import base_layer
from tests.support.locals import MINIMAL, write_local


def test_a_setting_is_explained_with_its_file_and_line(run):
    write_local(Path("a"), f"{MINIMAL}mentors: {{minimum_years: 5}}\n")
    base = base_layer().folder / "content" / "program.yaml"
    row = base.read_text(encoding="utf-8").split("minimum_years: 3")[0].count("\n") + 1

    said = run("explain", "a", "mentors.minimum_years")

    assert said.code == ExitCode.ALL_BUILT
    assert said.out == (
        "mentors.minimum_years: 5\n"
        "  Years with the employer before someone can serve. A whole number, 0 to 40.\n"
        "  default: 3\n"
        "  set in a/local.yaml:8:26 (local)\n"
        f"  instead of 3 in {base}:{row}:18 (base)\n"
    )


def test_a_group_is_explained_before_its_settings(run):
    write_local(Path("a"))

    said = run("explain", "a", "mentees")

    assert said.out.splitlines()[:3] == [
        "Who can have a mentor.",
        "mentees.eligible.1: new-hire",
        "  Those who can have one. Any of these:",
    ]


def test_a_setting_that_does_not_exist_is_a_finding(run):
    write_local(Path("a"))

    said = run("explain", "a", "mentors.minimum_yeers")

    assert (said.code, said.out) == (ExitCode.BAD_INPUT, "")
    assert said.err == (
        'a/local.yaml: error[unknown-key]: there is no setting "mentors.minimum_yeers".'
        ' Fix: did you mean "minimum_years"?\n'
    )
