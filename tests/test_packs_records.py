"""records of packs: what is new in each edition, and who approved what it locks."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from formgen.cli import program
from formgen.findings import ExitCode, InputError
from formgen.packs.build_pack import build_pack
from formgen.packs.diff import changes
from formgen.packs.install import add
from formgen.packs.new import new_pack
from formgen.packs.records.approvals import (
    Approval,
    Approver,
    approve,
    check_approvals,
    read_approvals,
    waiting,
)
from formgen.packs.records.notes import notes_in, notes_of
from formgen.sources.layers import Layer, base_layer
from formgen.sources.paths import NOTES_FILE
from tests.support.locals import write
from tests.support.packs import AGREEMENT, pack_files, packed, raise_edition, write_pack
from tests.support.tiny import write_tiny

NOTES = """\
# What is new

Words before the first section are nobody's.

## 2026.1

The first edition.

## 2027.1: spring

The thank-you letter invites to the fall meeting.

- Print it again.

## 2027.2

## Thanks

To all who wrote to us.
"""


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("", []),
        ("The first edition.\n", []),
        (
            NOTES,
            [
                (
                    "2027.1",
                    (
                        "The thank-you letter invites to the fall meeting.",
                        "- Print it again.",
                    ),
                ),
                ("2026.1", ("The first edition.",)),
            ],
        ),
        (
            "\ufeff## 2026.9\r\nA.\r\n## 2026.10\r\nB.\r\n",
            [("2026.10", ("B.",)), ("2026.9", ("A.",))],
        ),
        ("## 2026.1\nA.\n### More\nB.\n", [("2026.1", ("A.", "### More", "B."))]),
    ],
)
def test_each_edition_has_its_section_and_the_newest_is_first(text, sections):
    assert [(each.edition, each.lines) for each in notes_in(text.encode())] == sections


@pytest.mark.parametrize("edition", ["2026.1", "2026.01"])
def test_an_edition_is_found_however_its_number_is_written(edition, tmp_path):
    write(tmp_path / NOTES_FILE, NOTES)

    assert notes_of(Layer("ohio", tmp_path), edition) == ("The first edition.",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2026.1", "2026.1", []),
        ("2025.1", "2026.1", ["2026.1"]),
        ("2025.1", "2027.1", ["2027.1", "2026.1"]),
        ("2026.1", "2028.1", ["2027.1"]),
        ("2027.1", "2026.1", []),
    ],
)
def test_what_is_new_is_told_of_the_editions_in_between_alone(old, new, told):
    before = pack_files({"edition": old})
    now = pack_files({"edition": new}, {NOTES_FILE: NOTES})

    found = list(changes(before, now))

    assert [each.name for each in found if each.group == "notes"] == told
    assert [each.name for each in found if each.group == "words"] == []


@pytest.fixture
def pack(tmp_path):
    """Give the folder of a pack whose first edition is out."""
    folder = write_pack(tmp_path / "ohio", pack_files())
    raise_edition(folder, "2026.1")
    return folder


def codes_of_building(pack):
    try:
        build_pack(pack, pack.parent / "out", typeset=False)
    except InputError as problem:
        return [(each.code, each.place.file.name) for each in problem.findings]
    return []


def test_an_edition_after_another_is_built_with_its_notes_alone(pack):
    assert codes_of_building(pack) == []

    raise_edition(pack, "2027.1")
    assert codes_of_building(pack) == [("no-notes", "pack.yaml")]
    write(pack / NOTES_FILE, "## 2026.1\nThe first one.\n")
    assert codes_of_building(pack) == [("no-notes", "NOTES.md")]
    write(pack / NOTES_FILE, NOTES)
    assert codes_of_building(pack) == []


def test_a_new_pack_has_notes_and_their_words_reach_no_document(tmp_path):
    new_pack(tmp_path / "ohio")
    out = tmp_path / "out"
    first = build_pack(tmp_path / "ohio", out, typeset=False)
    assert notes_of(Layer("ohio", tmp_path / "ohio"), "1") == ("The first edition.",)
    record = first.opened.archive.files["content/editions.yaml"]

    write(tmp_path / "ohio" / NOTES_FILE, "## 1\nSaid better.\n")
    first.path.unlink()
    again = build_pack(tmp_path / "ohio", out, typeset=False)

    assert again.opened.archive.files["content/editions.yaml"] == record
    assert again.opened.archive.files[NOTES_FILE] == b"## 1\nSaid better.\n"


@pytest.mark.parametrize("locals_", [("birch",), ("birch", "elm")])
def test_an_update_says_first_what_is_new(locals_, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    newer = pack_files({"edition": "2027.1"}, {NOTES_FILE: NOTES, "content/program.yaml": ""})
    (tmp_path / "ohio-1.zip").write_bytes(packed(pack_files()))
    (tmp_path / "ohio-2.zip").write_bytes(packed(newer))
    for name in locals_:
        write_tiny(tmp_path / name)
    run = CliRunner()
    run.invoke(program, ["pack", "add", "ohio-1.zip", *locals_], catch_exceptions=False)

    said = run.invoke(program, ["pack", "update", "ohio-2.zip", *locals_], input="n\n").output

    assert said.splitlines()[:5] == [
        "ohio: 2026.1 -> 2027.1",
        "What is new:",
        "  2027.1",
        "    The thank-you letter invites to the fall meeting.",
        "    - Print it again.",
    ]


# --- Who approved what is locked

CLAUSE = "letter-of-understanding#disclosure"
JO = Approver("Jo Banks", "counsel", "2026-11-29")


@pytest.fixture
def locking(tmp_path):
    """Give what makes the folder of a pack that locks things, with an agreement of its own."""
    words = (base_layer().folder / AGREEMENT).read_text("utf-8")

    def make(*locked):
        return write_pack(tmp_path / "ohio", pack_files({"locked": locked}, {AGREEMENT: words}))

    return make


def change(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    write(file, text.replace(old, new))


def test_what_is_locked_is_built_once_somebody_has_approved_its_words(locking):
    pack = locking(CLAUSE, "credit")
    assert codes_of_building(pack) == [("not-approved", "pack.yaml")]

    (approved,) = approve(pack, "ohio", (), JO)

    assert (approved.lock.thing, len(approved.texts)) == (CLAUSE, 1)
    assert codes_of_building(pack) == []
    assert approve(pack, "ohio", (), JO) == []
    assert read_approvals(Layer("ohio", pack)) == {CLAUSE: Approval(approved.sha256, JO)}


@pytest.mark.parametrize("locked", [CLAUSE, "letter-of-understanding"])
def test_one_word_that_changes_has_to_be_approved_anew(locked, locking):
    pack = locking(locked)
    approve(pack, "ohio", (), JO)

    change(pack / AGREEMENT, "no choice", "little choice")

    (found,) = check_approvals(pack, "ohio")
    assert found.message == (
        f"{locked} does not say any more what Jo Banks, counsel, approved on 2026-11-29."
    )
    assert (found.place.file, found.place.line > 1) == (pack / "content/pack.yaml", True)
    approve(pack, "ohio", [locked], JO)
    assert check_approvals(pack, "ohio") == []


def test_a_setting_that_the_clause_speaks_of_changes_its_words_too(locking):
    pack = locking(CLAUSE)
    approve(pack, "ohio", (), JO)

    write(pack / "content/program.yaml", "confidentiality: {exceptions: [a felony]}\n")

    assert [each.code for each in check_approvals(pack, "ohio")] == ["not-approved"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("no choice", "no  choice"), ("label: Our time", "label: Our hours")],
)
def test_layout_and_the_words_of_other_clauses_need_no_new_approval(old, new, locking):
    pack = locking(CLAUSE)
    approve(pack, "ohio", (), JO)

    change(pack / AGREEMENT, old, new)

    assert check_approvals(pack, "ohio") == []


def test_all_that_the_sample_locals_make_of_a_clause_is_approved_at_once(locking):
    pack = locking(CLAUSE)
    approve(pack, "ohio", (), JO)

    sample = (pack / "locals/sample-local/local.yaml").read_text("utf-8")
    write(pack / "locals/other/local.yaml", sample.replace("id: sample-local", "id: other"))
    assert check_approvals(pack, "ohio") == []
    speaking = "confidentiality: {exceptions: [a felony]}\n"
    write(pack / "locals/other/local.yaml", f"{sample}{speaking}")

    (words,) = waiting(pack, "ohio")
    assert len(words.texts) == 2


@pytest.mark.parametrize(
    "locked", ["manual#10-introduction", "mentor-pledge", "mentor-thank-you", "program-plan#basics"]
)
def test_chapters_sections_and_whole_documents_have_words_of_their_own(locked, locking):
    (words,) = waiting(locking(locked), "ohio")

    assert words.lock.thing == locked
    assert len(words.texts[0].split()) > 15


def test_what_is_not_locked_cannot_be_approved(locking):
    with pytest.raises(InputError) as refused:
        approve(locking(CLAUSE), "ohio", ["letter-of-understanding#disclosur"], JO)

    (found,) = refused.value.findings
    assert (found.code, found.fix) == ("unknown-lock", f'did you mean "{CLAUSE}"?')


def test_an_approval_of_what_is_locked_no_more_goes_with_the_next(locking):
    pack = locking(CLAUSE, "mentor-pledge")
    approve(pack, "ohio", (), JO)

    change(pack / "content/pack.yaml", f"- {CLAUSE}\n", "")
    approve(pack, "ohio", (), JO)

    assert list(read_approvals(Layer("ohio", pack))) == ["mentor-pledge"]


def test_an_approval_that_lacks_a_name_is_told(locking):
    pack = locking(CLAUSE)
    write(pack / "content/approvals.yaml", f'approvals:\n  "{CLAUSE}": {{sha256: a, role: b}}\n')

    with pytest.raises(InputError) as refused:
        check_approvals(pack, "ohio")

    (found,) = refused.value.findings
    assert (found.code, found.message) == ("bad-type", "an approval has no `by`.")


def test_approvals_are_shown_and_written_on_the_command_line(locking):
    pack = locking(CLAUSE)

    def run(*arguments):
        return CliRunner().invoke(program, ["pack", "approve", str(pack), *arguments])

    shown = run()
    assert shown.output.startswith(
        f"{CLAUSE} waits for approval:\n  What stays between us\n  What we tell"
    )
    assert not (pack / "content/approvals.yaml").exists()
    assert run("--by", "Jo Banks").exit_code == ExitCode.USAGE

    done = run("--by", "Jo Banks", "--role", "counsel")

    assert done.output.startswith(f"{CLAUSE}: approved by Jo Banks, counsel, on 2")
    assert run().output == "Nothing waits for approval.\n"


def test_status_tells_what_is_new_and_who_approved_what(locking, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pack = locking(CLAUSE)
    write(pack / NOTES_FILE, NOTES)
    approve(pack, "ohio", (), JO)
    built = build_pack(pack, tmp_path / "out", typeset=False)
    for name in ("birch", "elm"):
        add(built.opened, write_tiny(tmp_path / "locals" / name) / "local.yaml")

    def run(*arguments):
        return CliRunner().invoke(program, ["status", "locals", *arguments]).stdout

    assert run().splitlines()[-4:-1] == [
        "ohio 2026.1:",
        "  The first edition.",
        f"  {CLAUSE}: approved by Jo Banks, counsel, on 2026-11-29",
    ]
    ((facts,), _) = (each["packs"] for each in json.loads(run("--json"))["locals"])
    assert facts["notes"] == ["The first edition."]
    assert [(each["thing"], each["by"], each["role"]) for each in facts["approvals"]] == [
        (CLAUSE, "Jo Banks", "counsel")
    ]
    (row, _) = csv.DictReader(io.StringIO(run("--csv")))
    assert (row["what is new"], row["approvals"]) == (
        "The first edition.",
        f"{CLAUSE}: approved by Jo Banks, counsel, on 2026-11-29",
    )
