"""cli/words: the commands `own` and `diff`, as a volunteer types them."""

import json

import pytest
from click.testing import CliRunner

from formgen import api
from formgen.cli import program
from formgen.packs.install import add
from formgen.sources.layers import Layer
from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import bases_text, basis_of, read_bases
from tests.support.locals import write, write_local
from tests.support.packs import LETTER, opened, pack_files


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Give what runs formgen in a folder with a local, and the folder."""
    monkeypatch.chdir(tmp_path)
    write_local(tmp_path / "maple")

    def command(*arguments):
        return CliRunner().invoke(program, arguments)

    return command


def test_words_are_owned_changed_followed_and_given_up(run, tmp_path):
    done = run("own", "maple", "L12")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"Wrote maple/{LETTER}, from formgen's words",
        "Open it and change the words. What may be written there stands at its top.",
        "Then: formgen check maple",
        "To give it up: formgen own maple mentor-thank-you --back",
    ]
    file = tmp_path / "maple" / LETTER
    write(file, file.read_text("utf-8").replace("With thanks,", "With many thanks,"))
    assert run("check", "maple").stdout.startswith("Nothing is wrong.\n")
    assert "    closing: With {+many+} thanks,\n" in run("diff", "maple").stdout

    # As if formgen's letter had said something else when the copy was made.
    basis = read_bases(Layer("local", tmp_path / "maple"))[LETTER]
    older = basis.text.replace("you gave your time", "you gave time")
    write(tmp_path / "maple" / OWN_FILES, bases_text({LETTER: basis_of(LETTER, older.encode())}))
    checked = run("check", "maple")
    assert checked.exit_code == 0
    assert f"maple/{LETTER}: warning[stale-overlay]: formgen changed what this" in checked.stderr
    assert "you gave {+your+} time" in checked.stderr

    reviewed = run("pack", "review", f"maple/{LETTER}", "--by", "Ana")
    assert reviewed.stdout == f"Reviewed maple/{LETTER}\n"
    assert run("check", "maple").stderr == ""

    back = run("own", "maple", "L12", "--back")
    assert back.exit_code == 0
    assert back.stdout.splitlines() == [
        f"Moved maple/{LETTER} to maple/old-words/mentor-thank-you.md, where nothing reads it",
        "formgen's words of mentor-thank-you count again.",
        "Then: formgen check maple",
    ]
    assert run("check", "maple").stderr == ""


def test_a_build_tells_what_is_missed_as_a_check_does(run, tmp_path):
    run("own", "maple", "L12")
    older = basis_of(LETTER, b"Long ago.\n")
    write(tmp_path / "maple" / OWN_FILES, bases_text({LETTER: older}))
    write(tmp_path / "maple" / LETTER, "---\ngreeting: Hi\n---\nMine.\n")

    report = api.build(
        [tmp_path / "maple"],
        api.BuildOptions(documents=("mentor-thank-you",), outputs=("web",), jobs=1),
    )

    assert [each.code for each in report.findings] == ["stale-overlay"]
    assert report.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["own", "maple", "mentor-thnak-you"], 3, 'did you mean "mentor-thank-you"?'),
        (["own", "maple", "A7a"], 4, "error[locked]: mentor-pledge is locked by pack ohio 2026.1"),
        (["own", "maple", "L12", "--back"], 3, "there is nothing to give up"),
        (["own", "maple"], 2, "Missing argument"),
        (["own", "nowhere", "L12"], 3, "error[no-file]"),
        (["diff", "nowhere"], 3, "error[no-file]"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, code, said, run, tmp_path):
    add(opened(pack_files({"locked": ["mentor-pledge"]})), tmp_path / "maple/local.yaml")

    done = run(*arguments)

    assert done.exit_code == code
    assert said in done.stderr


def test_what_has_to_stay_in_a_copy_is_said(run, tmp_path):
    locked = {"locked": ["letter-of-understanding#disclosure"]}
    add(opened(pack_files(locked)), tmp_path / "maple/local.yaml")

    said = run("own", "maple", "A6").stdout

    assert "  disclosure in it has to stay as it is, word for word\n" in said


def test_what_differs_is_printed_in_groups_and_as_json(run, tmp_path):
    write_local(tmp_path / "maple", {"documents": {"omit": ["F20"]}, "paper": "a4"})

    printed = run("diff", "maple").stdout.splitlines()
    data = json.loads(run("diff", "maple", "--json").stdout)

    assert printed == [
        "Settings:",
        "  local.name: Test Local here, nothing in formgen",
        "  coordinator.name: Pat Doe here, nothing in formgen",
        "  coordinator.phone: 555-0100 here, nothing in formgen",
        "  paper: a4 here, letter in formgen",
        "Documents:",
        "  left out",
        "    mentor-training-outline (F20)",
    ]
    assert data["format"] == 1
    assert {
        "group": "documents",
        "name": "left out",
        "file": "",
        "lines": ["mentor-training-outline (F20)"],
    } in data["differences"]
    assert [each.name for each in api.diff(tmp_path / "maple")] == [
        each["name"] for each in data["differences"]
    ]


def test_a_program_does_the_same(tmp_path, capsys):
    write_local(tmp_path)

    copied = api.own(tmp_path, "30-why")
    given = api.give_back(tmp_path, copied.name)

    assert (copied.file.name, copied.whose, given.kept) == ("30-why.md", "formgen's", None)
    assert capsys.readouterr().out == ""
