"""cli/console.py: how findings, questions, numbers and waiting look on the terminal."""

from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from formgen.build.report import silent
from formgen.cli import console
from formgen.codes import Code
from formgen.findings import Finding, Place
from tests.support.locals import write_local


def printed(function, *arguments, typed="", **options):
    """Return what a function prints, and what it returns."""
    returned = []

    @click.command()
    def command():
        returned.append(function(*arguments, **options))

    done = CliRunner().invoke(command, input=typed)
    assert done.exception is None
    return done, returned[0]


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (1000, "1000 files")]
)
def test_a_number_has_its_noun(number, said):
    assert console.count(number, "file") == said


def test_findings_are_printed_apart_with_paths_as_seen_from_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    near = Finding(
        Place(tmp_path / "a.yaml", 2, 3), Code.EMPTY, "a is b.", "write c.", details=("-b",)
    )
    far = Finding(Place(Path("/far/away")), Code.UNUSED_LOOK, "it is far.")

    done, _ = printed(console.print_findings, [near, far])

    assert done.stdout == ""
    assert done.stderr == (
        "a.yaml:2:3: error[empty]: a is b. Fix: write c.\n"
        "    -b\n"
        "/far/away: warning[unused-look]: it is far.\n"
    )
    assert console.near(near.place) == "a.yaml:2:3"


def test_a_remedy_names_the_local_that_a_finding_is_about(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_local(tmp_path / "our local")
    fix = "`formgen people LOCAL --template` writes one; LOCAL is a folder."
    here = Finding(Place(tmp_path / "our local" / "roster.csv"), Code.EMPTY, "a is b.", fix)
    elsewhere = replace(here, place=Place(tmp_path / "roster.csv"))

    done, _ = printed(console.print_findings, [here, elsewhere])

    assert [line.partition("Fix: ")[2] for line in done.stderr.splitlines()] == [
        "`formgen people 'our local' --template` writes one; LOCAL is a folder.",
        fix,
    ]


def test_the_severity_alone_is_coloured():
    [line] = console.finding_lines([Finding(Place(Path("/a")), Code.EMPTY, "no error.")])

    assert line == "/a: \x1b[31merror\x1b[0m[empty]: no error."


def test_a_question_is_asked_until_the_answer_can_be_used():
    def problems(answer):
        return [] if answer == "b" else [f"{answer} is not b."]

    done, answer = printed(console.ask, "Which", "a", problems, typed="\n-\n b \n")

    assert answer == "b"
    assert done.stdout == "Which [a]: \n  a is not b.\nWhich [a]: -\n   is not b.\nWhich [a]:  b \n"


def test_what_is_offered_is_taken_and_a_dash_leaves_nothing():
    assert printed(console.ask, "Which", "a", lambda _: [], typed="\n")[1] == "a"
    assert printed(console.ask, "Which", "a", lambda _: [], typed="-\n")[1] == ""


def test_columns_are_as_wide_as_their_widest_cell():
    done, _ = printed(console.print_columns, [("a", "bb", ""), ("ccc", "d", "e")])

    assert done.stdout == "a    bb\nccc  d   e\n"


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        (console.BUILD, "Waiting for another build of out/a to end ...\n"),
        (console.CHANGE, "Waiting for another formgen that changes out/a to end ...\n"),
    ],
)
def test_whom_one_waits_for_is_said(whom, said):
    done, _ = printed(console.waiting_for(whom), Path("out/a"))

    assert (done.stdout, done.stderr) == ("", said)


def test_progress_is_shown_on_a_terminal_alone(monkeypatch, capsys):
    with console.progress(quiet=False) as show:
        assert show is silent
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with console.progress(quiet=True) as show:
        assert show is silent
    with console.progress(quiet=False) as show:
        show(1, 2, "a: manual")
    assert "Building" in capsys.readouterr().err


def test_a_path_can_be_copied_into_a_command():
    assert [console.word(Path(path)) for path in ("a/b", "a b")] == ["a/b", "'a b'"]


def test_what_cannot_be_written_is_said_as_a_finding():
    assert console.unwritable(OSError(28, "No space left on device", "out/a")) == (
        "out/a: error[cannot-write]: No space left on device."
        " Fix: make room there, or give permission."
    )
