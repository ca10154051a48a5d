"""cli_people.py: what `formgen people` says, and what it never says."""

import json

import pytest
from click.testing import CliRunner

from formgen.cli import program
from formgen.findings import ExitCode
from tests.support.locals import write
from tests.support.tiny import write_tiny

ROWS = "mentee_name,mentor_name,mentor_email\nAda Sample,Bo Example,\nCy Sample,,nothing\n"
CERTIFICATES = ("--only", "certificate-of-completion")


@pytest.fixture
def run(tmp_path, monkeypatch, fonts):
    """Give what runs `formgen people` for a small local, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    write_tiny(tmp_path / "tiny")

    def people(*arguments, typed=""):
        asked = ["people", "tiny", "--jobs", "1", *arguments]
        return CliRunner().invoke(program, asked, input=typed)

    return people


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_roster_is_written_once(run, tmp_path, kind):
    said = run("--template", kind)
    assert (said.exit_code, said.stderr) == (ExitCode.ALL_BUILT, "")
    assert said.stdout.splitlines()[0] == f"Wrote tiny/roster.{kind}"
    again = run("--template")
    assert again.exit_code == ExitCode.BAD_INPUT
    assert f"error[exists]: roster.{kind} is there already." in again.stderr


def test_without_a_roster_it_says_how_to_start(run):
    said = run()
    assert said.exit_code == ExitCode.BAD_INPUT
    assert said.stderr == (
        "tiny: error[no-roster]: there is no roster.csv, roster.xlsx or roster.ods. "
        "Fix: `formgen people tiny --template` writes one to start from.\n"
    )


def test_bad_rows_stop_it_unless_they_may_be_left_out(run, tmp_path):
    write(tmp_path / "tiny" / "roster.csv", ROWS)
    said = run(*CERTIFICATES)
    assert said.exit_code == ExitCode.BAD_INPUT
    assert [line.partition(": error")[0] for line in said.stderr.splitlines()] == [
        "tiny/roster.csv:3:11",
        "tiny/roster.csv:3:12",
    ]
    assert not (tmp_path / "output").exists()

    said = run(*CERTIFICATES, "--skip-bad-rows")
    assert said.exit_code == ExitCode.SOME_FAILED
    assert "Left out: row 3." in said.stdout
    assert "Made 1 file for 1 pair." in said.stdout
    assert "Ada" not in said.output


def test_to_check_makes_nothing(run, tmp_path):
    write(tmp_path / "tiny" / "roster.csv", "mentee_name,mentor_name\nAda Sample,Bo Example\n")
    said = run("--check")
    assert (said.exit_code, said.stdout) == (ExitCode.ALL_BUILT, "1 row can be used.\n")
    assert not (tmp_path / "output").exists()


def test_what_was_made_is_told_by_ids_and_forgotten_by_them(run, tmp_path):
    write(tmp_path / "tiny" / "roster.csv", "mentee_name,mentor_name\nAda Sample,Bo Example\n")
    said = run(*CERTIFICATES, "--json")
    told = json.loads(said.stdout)
    (person,) = told["people"]
    assert person["row"] == 2
    assert told["findings"] == []
    assert {entry["path"] for entry in told["files"]} == {
        f"{person['id']}/certificate-of-completion.pdf",
        "all/certificate-of-completion.pdf",
    }
    assert "Ada" not in said.stdout

    forgotten = run("--forget", person["id"])
    assert forgotten.exit_code == ExitCode.ALL_BUILT
    assert forgotten.stdout.startswith("Deleted 3 files")
    assert sorted((tmp_path / "output").rglob("*.pdf")) == []
    again = run("--forget", person["id"])
    assert again.exit_code == ExitCode.BAD_INPUT
    assert "error[unknown-id]: nothing was made for" in again.stderr


def test_somebody_is_named_by_row_or_when_asked_and_never_in_the_command(run, tmp_path):
    rows = "Ada Sample,Bo Example\nCy Sample,Di Example\nEve Sample,Flo Example\n"
    write(tmp_path / "tiny" / "roster.csv", f"mentee_name,mentor_name\n{rows}")
    said = run(*CERTIFICATES, "--row", "3-4")
    assert "Made 2 files for 2 pairs." in said.stdout
    assert "For the printer: output/tiny/people/rows-3-4\n" in said.stdout
    asked = run(*CERTIFICATES, "--ask", typed="ada sample\n")
    assert "Made 1 file for 1 pair." in asked.stdout
    assert run(*CERTIFICATES, "--new").stdout == "Nobody lacks anything.\n"

    write(tmp_path / "tiny" / "roster.csv", f"mentee_name,mentor_name\n{rows[22:]}")
    listed = run("--check").stdout
    assert "Made for nobody on the roster any more: " in listed
    assert "  --forget-gone deletes what was made for them.\n" in listed
    for forget, typed, expected in (
        (["--forget-gone"], "", "Deleted 3 files"),
        (["--forget-gone"], "", "Nothing is there that was made for somebody who is not on"),
        (["--forget", "2"], "", "Deleted 3 files"),
        (["--forget"], "Flo Example\n", "Deleted 1 file"),
    ):
        gone = run(*forget, typed=typed)
        assert gone.exit_code == ExitCode.ALL_BUILT
        assert expected in gone.stdout
    assert sorted((tmp_path / "output").rglob("*.pdf")) == []


@pytest.mark.parametrize("arguments", [(), ("--check",), ("--forget", "7kq2"), ("--forget-gone",)])
@pytest.mark.parametrize("roster", ["", ROWS])
def test_whatever_is_wrong_with_the_roster_a_cut_off_run_is_swept(run, tmp_path, arguments, roster):
    if roster:
        write(tmp_path / "tiny" / "roster.csv", roster)
    people = tmp_path / "output" / "tiny" / "people"
    part = write(people / "Ada-Bo-abcdefgh" / ".formgen-abcdefgh.part", "Dear Ada")
    assert run(*arguments).exit_code == ExitCode.BAD_INPUT
    assert not part.parent.exists()


def test_private_documents_are_refused(run, tmp_path):
    write(tmp_path / "tiny" / "roster.csv", "mentee_name,mentor_name\nAda Sample,Bo Example\n")
    write_tiny(tmp_path / "tiny", {"documents": {"omit": []}})
    said = run("--only", "mentor-reflection")
    assert said.exit_code == ExitCode.REFUSED
    assert "is never made for a person" in said.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--date", "soon"], '--date: "soon" is no date. Write it like 2026-10-05.'),
        (["--order", "shoe"], '--order: the roster has no column "shoe".'),
        (["--forget", "Ada Sample"], "--forget: that is no id and no row. Leave it out, and"),
        (["--row", "two"], '--row: "two" is no row. Write it like 3 or 25-27.'),
        (["--variant", "web"], "'web' is not one of 'print', 'fillable'"),
        (["--template", "pdf"], "'pdf' is not one of 'csv', 'xlsx'"),
    ],
)
def test_wrong_usage_is_told(run, tmp_path, arguments, message):
    write(tmp_path / "tiny" / "roster.csv", "mentee_name,mentor_name\nAda Sample,Bo Example\n")
    said = run(*arguments)
    assert said.exit_code == ExitCode.USAGE
    assert message in said.stderr


def test_check_reads_the_roster_too(run, tmp_path):
    write(tmp_path / "tiny" / "roster.csv", ROWS)
    said = CliRunner().invoke(program, ["check", "tiny"])
    assert said.exit_code == ExitCode.BAD_INPUT
    assert "row 3, column B (mentor_name): is empty." in said.stderr
