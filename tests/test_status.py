"""status/: how all locals stand, told from their files alone."""

import csv
import io
import json
import os
import time

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from formgen import api
from formgen.build.publish import describe, manifest_bytes, write_file
from formgen.cli import program
from formgen.findings import ExitCode
from formgen.packs.install import add, plan_update
from formgen.packs.install import update as install
from formgen.packs.review import review
from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import Review, bases_text, basis_of
from formgen.status.all_locals import newest_of
from tests.support.locals import write, write_local
from tests.support.many import write_state
from tests.support.packs import LETTER, opened, pack_files, packed

PROGRAM = {"content/program.yaml": "archive: {years: 7}\n", LETTER: "---\ngreeting: Hi\n---\nA.\n"}
OLD, NEW = (pack_files({"edition": edition}, PROGRAM) for edition in ("2026.1", "2027.1"))
SIGNED = Review("Pat Doe", "2026-11-29", "we mean it")
# A generous bound, for a busy machine; it takes a third of it.
SECONDS_FOR_260 = 30


def named(name, number, more=None):
    """Return the settings of a local with another id and number."""
    return {"id": name, "local": {"number": number}, "extends": "ohio", **(more or {})}


@pytest.fixture
def state(tmp_path, monkeypatch):
    """Give a folder with a local on the newest edition, one behind and one that is broken."""
    monkeypatch.chdir(tmp_path)
    for name, number, files, more in (
        ("maple", "00418", OLD, {"archive": {"years": "6"}, "edition": "Fall 2026"}),
        ("willow", "00007", NEW, None),
    ):
        add(opened(files), write_local(tmp_path / "all" / name, named(name, number, more)))
    write_local(tmp_path / "all" / "zoo", "formgen: 1\nid: zoo\nlocal: {name: Zoo}\npapr: letter\n")
    own = write(tmp_path / "all" / "maple" / LETTER, "---\ngreeting: Hi\n---\nMine.\n")
    write(own.parents[3] / OWN_FILES, bases_text({LETTER: basis_of(LETTER, b"Before.\n")}))
    return tmp_path / "all"


def run(*arguments):
    return CliRunner().invoke(program, ["status", *map(str, arguments)])


def of(report, name):
    return next(each for each in report.locals if each.id == name)


def test_a_local_is_behind_if_another_one_has_a_newer_edition(state):
    report = api.status([state])

    assert report.newest == {"ohio": "2027.1"}
    assert [each.id for each in report.behind()] == ["maple"]
    assert report.exit_code == ExitCode.SOME_FAILED


def test_a_newest_edition_that_no_local_has_is_named(state, tmp_path):
    archive = tmp_path / "ohio-2028.1.zip"
    archive.write_bytes(packed(pack_files({"edition": "2028.1"}, PROGRAM)))

    report = api.status([state], newest=[str(archive)])

    assert report.newest == {"ohio": "2028.1"}
    assert [each.id for each in report.behind()] == ["maple", "willow"]


def test_an_older_archive_leaves_nobody_behind(state, tmp_path):
    archive = tmp_path / "ohio-2026.1.zip"
    archive.write_bytes(packed(OLD))

    report = api.status([state / "willow"], newest=[str(archive)])

    assert (report.behind(), report.exit_code) == ([], ExitCode.ALL_BUILT)


def test_editions_are_compared_as_numbers():
    assert newest_of([("a", "2026.9"), ("a", "2026.10"), ("b", "1")]) == {"a": "2026.10", "b": "1"}


def test_what_is_a_locals_own_is_told_with_what_it_hides(state):
    maple = of(api.status([state]), "maple")

    assert (maple.number, maple.edition) == ("00418", "Ohio pack 2026.1 · Fall 2026")
    assert [(pack.id, pack.edition) for pack in maple.packs] == [("ohio", "2026.1")]
    assert [(each.path, each.of) for each in maple.files] == [(LETTER, "ohio")]
    assert [(s.name, s.value, s.hidden, s.of) for s in maple.settings] == [
        ("archive.years", "6", "7", "ohio")
    ]
    assert maple.stale == [LETTER]
    assert [each.code for each in maple.findings] == ["stale-overlay"]


def test_a_local_that_is_broken_is_told_of_with_the_others(state):
    report = api.status([state])

    assert [each.id for each in report.locals] == ["maple", "willow", "zoo"]
    assert of(report, "zoo").name == "Zoo"
    assert {each.code for each in of(report, "zoo").findings} == {"unknown-key", "missing"}
    assert api.status([state / "zoo"]).exit_code == ExitCode.BAD_INPUT


def test_packs_that_cannot_be_read_are_known_from_the_lock(state):
    write(state / "willow/packs/ohio" / LETTER, "changed")

    willow = of(api.status([state]), "willow")

    assert [(pack.id, pack.edition) for pack in willow.packs] == [("ohio", "2027.1")]
    assert [each.code for each in willow.findings] == ["pack-hash"]


def test_a_review_is_told_until_there_is_another(state):
    assert review(state / "maple" / LETTER, SIGNED) == [LETTER]
    maple = of(api.status([state]), "maple")
    assert (maple.stale, maple.reviews) == ([], {LETTER: SIGNED})

    assert review(state / "maple" / LETTER, Review("Ana", "2026-11-30")) == []
    assert of(api.status([state]), "maple").reviews == {LETTER: SIGNED}

    files = pack_files({"edition": "2028.1"}, {**PROGRAM, LETTER: "---\ngreeting: Yo\n---\nB.\n"})
    local = state / "maple" / "local.yaml"
    planned = plan_update(opened(files), local, allow_downgrade=False)
    assert planned is not None
    install(planned, local)
    maple = of(api.status([state]), "maple")
    assert (maple.stale, maple.reviews) == ([LETTER], {LETTER: SIGNED})


def test_a_review_says_by_whom_and_why_on_the_command_line(state):
    why = ("--by", "Pat Doe", "--because", "we mean it")
    arguments = ["pack", "review", str(state / "maple" / LETTER)]
    assert CliRunner().invoke(program, [*arguments, *why[2:]]).exit_code == ExitCode.USAGE

    assert CliRunner().invoke(program, [*arguments, *why]).stdout.startswith("Reviewed ")

    signed = of(api.status([state]), "maple").reviews[LETTER]
    assert (signed.by, signed.because) == ("Pat Doe", "we mean it")
    assert f"  reviewed by Pat Doe on {signed.on}: we mean it" in run(state).stdout


def test_the_last_build_is_read_from_the_manifest(state, tmp_path):
    facts = {"id": "maple", "edition": "Pilot 1", "packs": [{"id": "ohio", "edition": "2025.1"}]}
    manifest = tmp_path / "output" / "maple" / "manifest.json"
    write_file(manifest, manifest_bytes(facts, [describe("a.pdf", b"a")]))
    os.utime(manifest, (1788523200, 1788523200))

    built = of(api.status([state]), "maple").built

    assert (built.on[:8], built.edition, built.packs) == ("2026-09-", "Pilot 1", {"ohio": "2025.1"})
    assert "built from ohio 2025.1, and 2026.1 is installed" in run(state).stdout


@pytest.mark.parametrize("text", ["", "[]", '{"edition": 1, "packs": [1]}', "{"])
def test_a_manifest_that_says_nothing_counts_as_no_build(text, state, tmp_path):
    write(tmp_path / "output/maple/manifest.json", text)

    assert of(api.status([state]), "maple").built is None


def test_the_table_names_each_local_and_what_is_its_own(state):
    said = run(state)

    assert said.exit_code == ExitCode.SOME_FAILED
    lines = [" ".join(line.split()) for line in said.stdout.splitlines()]
    assert lines[1:4] == [
        "00418 maple Ohio pack 2026.1 · Fall 2026 ohio 2026.1 (behind) 1 1 1 - 1 warning",
        "00007 willow 2027.1 ohio 2027.1 - - - - -",
        "- zoo - - - - - - 2 errors",
    ]
    assert lines[4:] == [
        "maple:",
        "ohio 2026.1 is behind: 2027.1 is out",
        f"{LETTER} is its own, not ohio's; it misses what changed there",
        "archive.years is 6 here, and 7 in ohio",
        "3 locals: 1 behind, 1 with something stale, 1 with mistakes.",
    ]
    assert "unknown-key" in said.stderr


def test_json_says_the_same(state):
    said = json.loads(run(state, "--json").stdout)

    assert (said["exit"], said["newest"]) == (1, [{"id": "ohio", "edition": "2027.1"}])
    assert [(each["id"], [p["behind"] for p in each["packs"]]) for each in said["locals"]] == [
        *(("maple", [True]), ("willow", [False]), ("zoo", [])),
    ]


def test_a_sheet_has_a_row_for_each_local_and_no_formula(state, tmp_path):
    write_local(state / "evil", {"id": "evil", "local": {"number": "=1+1"}})
    printed = list(csv.DictReader(io.StringIO(run(state, "--csv").stdout)))

    assert [each["number"] for each in printed] == ["'=1+1", "00418", "00007", ""]
    assert printed[1]["own settings"] == "archive.years: 6 here, 7 in ohio"
    assert printed[1]["behind"] == "ohio 2026.1: 2027.1 is out"

    said = run(state, "--xlsx")
    file = tmp_path / "output" / "status.xlsx"
    assert said.stdout.startswith(f"Wrote {file.relative_to(tmp_path)}\n")
    sheet = load_workbook(file).worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["number", "=1+1", "00418", "00007", None]
    assert sheet["A2"].data_type == "s"


def test_nothing_is_written_and_hundreds_take_seconds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    locals_ = write_state(tmp_path / "state", 260)
    before = sorted(tmp_path.rglob("*"))
    started = time.process_time()

    report = api.status([tmp_path / "state"])

    assert time.process_time() - started < SECONDS_FOR_260
    assert len(report.locals) == len(locals_)
    assert sorted(tmp_path.rglob("*")) == before
