"""cli_roll.py: what rolling a local asks and says, and what is on the disk afterwards."""

import pytest
from click.testing import CliRunner

from formgen.cli import program
from tests.support.locals import MINIMAL, write, write_local
from tests.support.packs import pack_files, write_pack
from tests.support.tiny import OMITTED, PACKETS

CERTIFICATE = "certificate-of-completion"
OTHERS = ", ".join(map(str, OMITTED))
# Its certificate alone names the year, so without it there are no pages to compare.
LOCAL = f"""\
# Kept by Pat.
formgen: 1
id: small
local:
  name: Small Local
  president: 'Dana Doe'   # new in May
coordinator: {{name: Pat Doe, phone: 555-0100}}
program:
  school_year: 2026-2027   # in June
dates: {{matched_by: 2026-10-02}}
documents:
  omit: [{CERTIFICATE}, {OTHERS}]
packets:
  omit: [{", ".join(map(str, PACKETS))}]
"""
ROSTER = "mentee_name,mentor_name\nAda Canary,Bo Canary\n"
# The year, the archive, then matched_by, president, coordinator's name, phone and e-mail; write.
TYPED = ["", "{archive}", "2027-10-08", "Sam O'Neil", "", "", "pat@example.org", "y"]


@pytest.fixture
def local(tmp_path, monkeypatch, fonts):
    """Give the folder of a small local with a roster; what is built lies beside it."""
    monkeypatch.chdir(tmp_path)
    write(write_local(tmp_path / "small", LOCAL).with_name("roster.csv"), ROSTER)
    return tmp_path / "small"


def roll(*arguments, typed=()):
    text = "".join(f"{line}\n" for line in typed)
    return CliRunner().invoke(program, ["roll", *map(str, arguments)], input=text)


def texts_in(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_answered_is_written_and_nothing_else_changes(local, tmp_path):
    before = LOCAL.replace(f"{CERTIFICATE}, ", "")
    write_local(local, before)
    archive = tmp_path / "records"

    done = roll(local, typed=[line.format(archive=archive) for line in TYPED])

    assert (done.exit_code, done.exception) == (0, None)
    assert (local / "local.yaml").read_text() == (
        before.replace("2026-2027", "2027-2028")
        .replace("2026-10-02", "2027-10-08")
        .replace("'Dana Doe'", "'Sam O''Neil'")
        .replace("phone: 555-0100", "phone: 555-0100, email: pat@example.org")
    )
    assert (archive / "local-2026-2027.yaml").read_text() == before
    assert (archive / "roster-2026-2027.csv").read_text() == ROSTER
    assert (
        (local / "roster.csv")
        .read_text(encoding="utf-8-sig")
        .startswith("mentee_name,mentor_name\n")
    )
    assert "Matched" not in done.output
    assert "Canary" not in done.output + (local / "roster.csv").read_text()
    assert "Certificate of completion (C13a): its one page" in done.output
    assert "destroyed in 2030" in done.output
    assert "confirmed by nobody" not in done.output
    checked = CliRunner().invoke(program, ["check", str(local)]).output
    assert checked.startswith("Nothing is wrong.\n")


def test_a_second_roll_to_the_same_year_is_refused(local, tmp_path):
    assert roll(local, "--yes", "--archive", tmp_path / "records").exit_code == 0
    before = texts_in(tmp_path)

    again = roll(local, "--yes", "--archive", tmp_path / "records", "--year", "2027-2028")

    assert again.exit_code == 3
    assert "local.yaml:9:16: error[rolled]: this local is at 2027-2028 already." in again.output
    assert texts_in(tmp_path) == before


def test_without_questions_it_says_what_nobody_confirmed(local, tmp_path):
    done = roll(local, "--yes", "--archive", tmp_path / "records")

    assert done.exit_code == 0
    assert "Proposed, and confirmed by nobody: dates.matched_by.\n" in done.output
    assert (
        "Kept, and confirmed by nobody: local.president, coordinator.name, coordinator.phone.\n"
        in done.output
    )
    assert "  line 10   dates.matched_by: 2026-10-02 -> 2027-10-01\n" in done.output


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        (["--yes", "--dry-run"], [], 0),
        (["--yes"], [], 3),  # no folder for the roster
        (["--yes", "--archive", "output/records"], [], 3),
        (["--yes", "--archive", "small/local.yaml"], [], 2),
        (["--yes", "--archive", "a", "--year", "2027"], [], 2),
        (["--yes", "--archive", "a", "--year", "2028-2029"], [], 3),
        (["--yes", "--archive", "a", "--year", "2025-2026"], [], 3),
        ([], ["", "a", "", "", "", "", "", "n"], 0),
        ([], ["", "a", ""], 1),  # the questions were left
    ],
)
def test_nothing_is_written_unless_all_is_well_and_wanted(local, tmp_path, arguments, typed, code):
    before = texts_in(tmp_path)

    done = roll(local, *arguments, typed=typed)

    assert done.exit_code == code
    assert "Traceback" not in done.output
    assert texts_in(tmp_path) == before


def test_a_roster_goes_nowhere_unless_a_folder_is_named_for_it(local):
    done = roll(local, "--yes")

    assert "roster.csv: error[no-archive]: roster.csv has " in done.output
    assert (local / "roster.csv").read_text() == ROSTER


def test_the_local_is_kept_beside_the_new_one_if_there_is_no_archive(local):
    (local / "roster.csv").unlink()

    assert roll(local, "--yes").exit_code == 0

    assert (local / "local-2026-2027.yaml").read_text() == LOCAL
    names = sorted(path.name for path in local.iterdir())
    assert names == ["local-2026-2027.yaml", "local.yaml"]


def test_what_was_made_for_people_stays_and_is_named(local, tmp_path):
    made = write(tmp_path / "output/small/people/abcdefgh/letter.pdf", "x")

    done = roll(local, "--yes", "--archive", "records")

    assert made.exists()
    assert "What was made for people last year is still there: output/small/people\n" in done.output
    assert f"`formgen people {local} --forget ID`" in done.output


def test_what_a_pack_locks_is_not_asked_and_said(tmp_path, monkeypatch, fonts):
    monkeypatch.chdir(tmp_path)
    more = {"content/program.yaml": "program: {school_year: 2026-2027, months: [May]}\n"}
    pack = pack_files({"locked": ["program.months"]}, more)
    write_pack(tmp_path / "packs/ohio", pack)
    omit = f"documents: {{omit: [{CERTIFICATE}, {OTHERS}]}}\n"
    omit += f"packets: {{omit: [{', '.join(map(str, PACKETS))}]}}\n"
    text = f"{MINIMAL}extends: ohio\n{omit}dates: {{matched_by: 2026-10-01}}\n"
    file = write_local(tmp_path / "locals/small", text)

    done = roll(file, "--yes")

    assert done.exit_code == 0
    assert "  program.months is locked by pack ohio 2026.1 and stays as it is there.\n" in (
        done.output
    )
    assert "  program.school_year is 2026-2027, as ohio says;" in done.output
    assert file.read_text() == text.replace("2026-10-01", "2027-09-30")


# --- Packs, and many locals


def test_the_packs_edition_is_left_to_the_pack(local, tmp_path):
    write_pack(tmp_path / "packs" / "ohio", pack_files())
    text = f'{LOCAL}extends: ohio\nedition: "2026.1"\n'
    write_local(local, text)

    done = roll(local, "--yes", "--archive", tmp_path / "records")

    assert done.exit_code == 0
    assert "  edition is 2026.1, the pack's own; it comes with the next edition." in done.stdout
    assert 'edition: "2026.1"\n' in (local / "local.yaml").read_text("utf-8")


def test_many_are_rolled_and_one_that_is_broken_stops_no_other(local, tmp_path):
    state, records = tmp_path / "state", tmp_path / "records"
    for name in ("ash", "birch"):
        write(
            write_local(state / name, LOCAL.replace("id: small", f"id: {name}")).with_name(
                "roster.csv"
            ),
            ROSTER,
        )
    write_local(state / "broken", "formgen: 1\nid: broken\n")

    done = roll(state, "--yes", "--archive", records)

    assert done.exit_code == 1
    assert done.stdout.endswith(
        "Went through 2 of 3 locals; 1 could not be rolled, as said above.\n"
    )
    assert "missing" in done.stderr
    for name in ("ash", "birch"):
        assert "2027-2028" in (state / name / "local.yaml").read_text("utf-8")
        assert (records / name / "roster-2026-2027.csv").read_text("utf-8") == ROSTER
