"""docs/codes/: a page for each code, whose example is what it says, and the list of them all."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from formgen.cli import program
from formgen.codes import Code
from formgen.compare import reprint
from formgen.findings import ExitCode
from formgen.reference.code_pages import (
    FOLDER,
    LIST,
    code_groups,
    code_list,
    meaning_of,
    page_of,
    page_path,
    plain_text,
)
from formgen.workers import pool
from tests.support.examples import ROOT, Page, codes_in

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


def test_each_code_has_a_page_and_each_page_a_code():
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / FOLDER).iterdir()}

    assert files == {*map(page_path, Code), LIST}
    assert [code for members in GROUPS.values() for code in members] == list(Code)


@pytest.mark.parametrize("group", GROUPS)
def test_an_example_yields_its_code_and_the_corrected_one_does_not(group, tmp_path, request, here):
    pages = [Page(code, page_of(code)) for code in GROUPS[group]]
    if request.config.getoption("--rewrite-golden"):
        for page in pages:
            (ROOT / page_path(page.code)).write_text(page.rewritten(tmp_path), encoding="utf-8")
        pages = [Page(code, page_of(code)) for code in GROUPS[group]]

    assert [problem for page in pages for problem in page.problems(tmp_path)] == []


def test_a_page_that_tells_what_is_not_so_is_found(tmp_path):
    told = page_of(Code.YAML_TAB)
    no_tab = told.replace("\n\tname", "\n  name")
    for text, said in (
        (told, ""),
        (told.replace(":2:1:", ":3:1:"), "prints otherwise"),
        (no_tab, "the wrong example yields nothing"),
        (told.replace("\n  name", "\n\tname"), "the right example yields yaml-tab"),
        (told.replace("(error)", "(warning)"), "does not begin with the code and its level"),
    ):
        folder = tmp_path / (said or "fine")
        problems = "; ".join(Page(Code.YAML_TAB, text).problems(folder))

        assert said in problems
        assert bool(problems) == bool(said)


def test_what_the_pages_link_to_is_there():
    links = {link for code in Code for link in re.findall(r"\]\(([^)#:]+)\)", page_of(code))}

    assert [link for link in links if not (ROOT / FOLDER / link).exists()] == []


def test_each_code_is_tested_beside_its_page():
    own = Path(__file__)
    named: set[str] = set()
    for path in own.parent.rglob("*.py"):
        if path != own:
            named |= codes_in(path.read_text(encoding="utf-8"))

    assert [code for code in Code if code not in named] == []


def test_the_list_of_codes_is_made_from_their_pages():
    assert (ROOT / LIST).read_text(encoding="utf-8") == code_list()


def test_a_meaning_is_one_short_sentence():
    said = {code: meaning_of(code) for code in Code}

    assert {code: text for code, text in said.items() if not 3 <= len(text.split()) <= 25} == {}


# --- On the terminal


def run(*arguments):
    return CliRunner().invoke(program, ["findings", *arguments], prog_name="formgen")


def test_a_page_is_printed_without_its_marks():
    said = run("unknown-key")

    assert said.exit_code == ExitCode.ALL_BUILT
    assert said.output == f"{plain_text(page_of(Code.UNKNOWN_KEY))}\n"
    assert re.findall(r"```|\*\*|`|^#|<!--", said.output, re.MULTILINE) == []
    assert "\n    brand:\n      primry:" in said.output


def test_without_a_code_all_are_listed_with_their_level_and_meaning():
    lines = run().output.splitlines()

    assert [line.rstrip(":") for line in lines if not line.startswith(" ")] == list(GROUPS)
    told = [line.split(maxsplit=2) for line in lines if line.startswith(" ")]
    assert told == [[code, code.level, plain_text(meaning_of(code))] for code in Code]


def test_a_code_that_there_is_not_is_a_mistake_in_the_command():
    said = run("unknown-ky")

    assert said.exit_code == ExitCode.USAGE
    assert 'there is no code "unknown-ky": did you mean "unknown-key"?' in said.output
