"""records of packs: each edition says what is new in it, in words for people."""

import pytest
from click.testing import CliRunner

from formgen.cli import program
from formgen.findings import InputError
from formgen.packs.build_pack import build_pack
from formgen.packs.diff import changes
from formgen.packs.new import new_pack
from formgen.packs.records.notes import notes_in, notes_of
from formgen.sources.layers import Layer
from formgen.sources.paths import NOTES_FILE
from tests.support.locals import write
from tests.support.packs import pack_files, packed, raise_edition, write_pack
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
