"""docs/codes/: a page for each code, whose example is what it says, and the list of them all."""

import re

import pytest
from click.testing import CliRunner

from formgen.cli import program
from formgen.codes import Code
from formgen.findings import ExitCode
from formgen.reference.code_pages import (
    code_groups,
    page_of,
    page_path,
    plain_text,
)
from formgen.roll import reprint
from formgen.workers import pool
from tests.support.examples import ROOT, Page

GROUPS = code_groups()


@pytest.fixture
def here(monkeypatch, fonts):
    """Have commands do all of their work in this process, which takes no time to start."""

    class InThisProcess(pool.Here):
        pool = None

    monkeypatch.setattr(pool, "Pool", lambda *_: InThisProcess())
    # To compare the pages of two years takes long, and yields no finding.
    monkeypatch.setattr(reprint, "reprints", lambda *_: reprint.Reprints((), (), 0))
    monkeypatch.setenv("FONTCONFIG_FILE", str(fonts / "fonts.conf"))


@pytest.mark.parametrize("group", GROUPS)
def test_an_example_yields_its_code_and_the_corrected_one_does_not(group, tmp_path, request, here):
    pages = [
        Page(code, page_of(code)) for code in GROUPS[group] if (ROOT / page_path(code)).exists()
    ]
    if request.config.getoption("--rewrite-golden"):
        for page in pages:
            (ROOT / page_path(page.code)).write_text(page.rewritten(tmp_path), encoding="utf-8")
        pages = [
            Page(code, page_of(code)) for code in GROUPS[group] if (ROOT / page_path(code)).exists()
        ]

    assert [problem for page in pages for problem in page.problems(tmp_path)] == []


# --- On the terminal


def run(*arguments):
    return CliRunner().invoke(program, ["findings", *arguments], prog_name="formgen")


def test_a_page_is_printed_without_its_marks():
    said = run("unknown-key")

    assert said.exit_code == ExitCode.ALL_BUILT
    assert said.output == f"{plain_text(page_of(Code.UNKNOWN_KEY))}\n"
    assert re.findall(r"```|\*\*|`|^#|<!--", said.output, re.MULTILINE) == []
    assert "\n    brand:\n      primry:" in said.output


def test_a_code_that_there_is_not_is_a_mistake_in_the_command():
    said = run("unknown-ky")

    assert said.exit_code == ExitCode.USAGE
    assert 'there is no code "unknown-ky": did you mean "unknown-key"?' in said.output
