"""cli/start.py: everything by numbers, for whoever has double-clicked a file."""

import re
import subprocess
import sys
import time

import pytest

from formgen.findings import ExitCode
from tests.support.locals import write, write_local
from tests.support.tiny import write_tiny

WIZARD = [*[""] * 7, "Pat Doe", "555-0100", *[""] * 7]


def typed(*answers):
    return "\n".join([*answers, ""])


@pytest.fixture
def here(run, tmp_path):
    """Give the folder that formgen runs in."""
    return tmp_path / "here"


@pytest.fixture
def start(run, monkeypatch):
    """Give what starts the menu and types answers; no screen is there to open anything on."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return lambda *answers: run("start", typed=typed(*answers))


def test_a_new_local_is_made_and_checked_by_numbers(start, here):
    said = start("1", "Mill Street ESP", *WIZARD, "2", "5")

    assert said.code == ExitCode.ALL_BUILT
    assert (here / "mill-street-esp" / "local.yaml").is_file()
    assert "(You could have typed: formgen new mill-street-esp)" in said.out
    assert f"stands in {here / 'mill-street-esp' / 'local.yaml'}" in said.out
    assert "Nothing is wrong." in said.out


def test_in_the_repository_locals_are_made_among_the_others(start, here):
    write_local(here / "content/locals/oak", "local: {name: Oak Local}\n")

    said = start("1", "Mill Street", *WIZARD, "2", "9", "0", "5")

    assert (here / "content/locals/mill-street/local.yaml").is_file()
    assert re.search(r"  1  mill-street: Mill Street\n  2  oak: Oak Local\n", said.out)
    assert "type one of 1, 2, 0, then press Enter." in said.out
    assert "formgen check" not in said.out


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["x", "", "6", "5"], "type one of 1, 2, 3, 4, 5, then press Enter."),
        (["2", "5"], "There is no local yet: choose 1 to make one."),
        (["3", "5"], "There is no local yet: choose 1 to make one."),
        (["4", "5"], "There is no local yet: choose 1 to make one."),
        (["1", "é", "!", "taken", "free", *WIZARD, "5"], "there is a folder taken already"),
    ],
)
def test_what_cannot_be_done_is_said_and_asked_again(answers, said, start, here):
    (here / "taken").mkdir()

    done = start(*answers)

    assert said in done.out
    assert done.code == ExitCode.ALL_BUILT


def test_a_mistake_is_told_and_the_menu_goes_on(start, here):
    write(here / "oak/local.yaml", "local: {name: [}\n")
    write_local(here / "elm")

    said = start("2", "2", "5")

    assert "oak (its file has mistakes: check it)" in said.out
    assert "error[yaml-syntax]" in said.err
    assert "That did not go through." in said.out
    assert said.code == ExitCode.ALL_BUILT


def test_answers_that_end_early_stop_it(start):
    assert start("1", "oak", "").code != ExitCode.BUG


def test_who_has_no_list_of_people_gets_an_empty_one(start, here):
    write_local(here / "oak")

    said = start("4", "5")

    assert (here / "oak" / "roster.xlsx").is_file()
    assert "Fill it in with Excel" in said.out


@pytest.mark.slow
def test_a_built_page_is_opened(here, fonts, tmp_path, monkeypatch):
    write_tiny(here / "oak")
    opener = write(tmp_path / "bin é/xdg-open", f'#!/bin/sh\necho "$1" >"{tmp_path}/opened"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(opener.parent), prepend=":")
    monkeypatch.setenv("DISPLAY", ":9")

    # A process of its own, since nobody waits for what it opens.
    done = subprocess.run(
        [sys.executable, "-m", "formgen", "start"],
        cwd=here,
        input=typed("3", "5"),
        capture_output=True,
        text=True,
    )

    assert done.returncode == ExitCode.ALL_BUILT, done.stderr
    page = here / "output" / "oak" / "index.html"
    assert page.is_file()
    for _ in range(100):
        if (tmp_path / "opened").exists() and (tmp_path / "opened").read_text():
            break
        time.sleep(0.05)
    assert (tmp_path / "opened").read_text() == f"{page}\n"
