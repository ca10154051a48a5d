"""cli/new.py: the questions, and what is written."""

import re
from pathlib import Path

from formgen.findings import ExitCode
from tests.support.locals import write_local


def test_a_new_local_without_questions(run):
    said = run("new", "mill-street", "--yes")

    assert said.code == ExitCode.ALL_BUILT
    assert said.out == (
        f"Wrote {Path('mill-street', 'local.yaml')}\n"
        "Edit the name of your local and of its coordinator in it.\n"
        "Then: formgen build mill-street\n"
    )
    assert run("check", "mill-street").out.startswith("Nothing is wrong.\n")


def test_a_new_local_by_questions(run):
    answers = ["", "", "", "", "", "", "", "Pat Doe", "555-0100", "", "", "", "", "", "", ""]

    said = run("new", "mill-street", typed="\n".join([*answers, ""]))

    assert said.code == ExitCode.ALL_BUILT
    assert "Full name of your local [Mill Street]: " in said.out
    assert "Paper in the copier:\n  1. letter: 8½ by 11 inches\n" in said.out
    assert "Your choice, or its number [letter]: " in said.out
    assert run("check", "mill-street").out.startswith("Nothing is wrong.\n")
    assert run("explain", "mill-street", "coordinator.name").out.startswith(
        "coordinator.name: Pat Doe\n"
    )


def test_an_answer_that_cannot_be_used_is_asked_for_again(run):
    answers = ["-", "Our Local", "-", "-", "-", "", "", "-", "", "Pat Doe", "x", "-", "me", ""]
    answers += ["a@b.org", "26", "2026-2027", "", "", "contract", "association", "a5", "a4"]
    answers += ["bluish", "#123456"]

    said = run("new", "mine", typed="\n".join([*answers, ""]))

    assert said.code == ExitCode.ALL_BUILT
    assert said.out.count("  an answer is needed here.") == 3
    for said_so in ("phone number", "e-mail address", "school year", "choice for paper", "color"):
        assert re.search(f'  "[^"]+" is not an? {said_so}', said.out), said_so
    assert "the association runs it alone." in said.out
    assert run("check", "mine").out.startswith("Nothing is wrong.\n")


def test_questions_that_end_early_write_no_local_and_keep_the_answers(run):
    said = run("new", "mine", typed="Our Local\n")

    assert said.code == 130
    assert said.err.endswith(
        "Your answers are kept. The same command goes on from there.\n"
        "Stopped. Nothing is half-written.\n"
    )
    assert not Path("mine", "local.yaml").exists()
    assert "Full name of your local [Our Local]: " in run("new", "mine", typed="\n").out


def test_a_local_that_is_there_stays_as_it_is(run):
    write_local(Path("a"), "mine\n")

    said = run("new", "a", "--yes")

    assert said.code == ExitCode.BAD_INPUT
    assert said.err == (
        "a/local.yaml: error[exists]: there is a local here already."
        " Fix: edit it, or name another folder.\n"
    )
    assert Path("a/local.yaml").read_text(encoding="utf-8") == "mine\n"


def test_a_new_local_where_no_folder_can_be_is_told(run):
    Path("file").touch()

    said = run("new", "file/below", "--yes")

    assert said.code == ExitCode.BAD_INPUT
    assert "error[cannot-write]: " in said.err
