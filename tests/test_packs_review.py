"""review.py: own files of a local or a pack are taken for up to date, each by somebody's name."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from formgen.cli.pack.review import command
from formgen.findings import ExitCode, InputError
from formgen.packs.build_pack import build_pack
from formgen.packs.install import add
from formgen.packs.review import review, unreviewed
from formgen.sources.layers import Layer
from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import Review, bases_text, basis_of, read_bases
from tests.support.locals import findings_of, write, write_local
from tests.support.packs import AGREEMENT, FORM, LETTER, opened, pack_files, write_pack

# A local's letter and form, and what both were made from long ago.
MINE = {LETTER: "---\ngreeting: Hi\n---\nThanks.\n", FORM: "lead: Ours.\nsections: []\n"}
OLD = {LETTER: basis_of(LETTER, b"As it was.\n"), FORM: basis_of(FORM, b"lead: As it was.\n")}

ANA = Review("Ana", "2026-11-29", "it is warmer")


@pytest.fixture
def local(tmp_path):
    """Give a local without a lock whose two own files miss something."""
    for path, text in MINE.items():
        write(tmp_path / path, text)
    write(tmp_path / OWN_FILES, bases_text(OLD))
    return write_local(tmp_path)


def stale(local_yaml):
    found = (each for each in findings_of(local_yaml) if each.code == "stale-overlay")
    return sorted(each.place.file.name for each in found)


def test_one_file_is_reviewed_and_the_other_stays_as_it_is(local):
    assert len(stale(local)) == 2

    assert review(local.parent / LETTER, ANA) == [LETTER]

    assert stale(local) == ["mentor-application.yaml"]
    assert review(local.parent / LETTER, ANA) == []
    assert read_bases(Layer("local", local.parent))[LETTER].review == ANA


def test_what_waits_is_told_file_by_file_with_what_it_misses(local):
    write(local.parent / AGREEMENT, "title: Copied by hand\nsections: []\n")

    found = unreviewed(local.parent)

    assert [(each.file, [f.code for f in each.findings]) for each in found] == [
        (local.parent / FORM, ["stale-overlay"]),
        (local.parent / LETTER, ["stale-overlay"]),
        (local.parent / AGREEMENT, []),
    ]


def test_a_folder_is_asked_for_file_by_file(local, monkeypatch):
    monkeypatch.chdir(local.parent)

    said = CliRunner().invoke(command, ["--by", "Ana"], input="n\ny\n").output

    assert "stale-overlay" in said
    lines = [line for line in said.splitlines() if line.startswith(("Is ", "Reviewed "))]
    assert lines == [
        f"Is {FORM} up to date? [y/N]: n",
        f"Is {LETTER} up to date? [y/N]: y",
        f"Reviewed {LETTER}",
    ]
    assert stale(local) == ["mentor-application.yaml"]


@pytest.mark.parametrize("arguments", [[], ["--by", " "], ["--because", "it is warmer"]])
def test_nothing_is_reviewed_without_a_name(arguments, local):
    done = CliRunner().invoke(command, [str(local.parent / LETTER), *arguments])

    assert done.exit_code == ExitCode.USAGE
    assert len(stale(local)) == 2


def test_a_file_is_found_from_any_folder(local, monkeypatch):
    monkeypatch.chdir(local.parent / "content" / "en")

    assert review(Path("letters", "..", "letters", "mentor-thank-you.md"), ANA) == [LETTER]


def test_a_copy_made_by_hand_is_followed_from_its_review_on(tmp_path):
    local = write_local(tmp_path)
    write(tmp_path / LETTER, MINE[LETTER])
    assert findings_of(local) == []

    assert review(tmp_path / LETTER, ANA) == [LETTER]

    assert findings_of(local) == []
    assert list(read_bases(Layer("local", tmp_path))) == [LETTER]


def test_what_is_known_of_a_file_that_is_gone_goes_too(local):
    (local.parent / FORM).unlink()

    assert [each.file for each in unreviewed(local.parent)] == [local.parent / LETTER]
    assert review(local.parent / LETTER, ANA) == [LETTER]

    assert list(read_bases(Layer("local", local.parent))) == [LETTER]


@pytest.fixture
def pack(tmp_path):
    """Give the folder of a pack whose letter misses something of formgen's."""
    files = pack_files(more={LETTER: MINE[LETTER], OWN_FILES: bases_text({LETTER: OLD[LETTER]})})
    return write_pack(tmp_path / "ohio", files)


def test_a_pack_is_not_handed_on_before_its_files_are_reviewed(pack, tmp_path):
    with pytest.raises(InputError) as refused:
        build_pack(pack, tmp_path / "out", typeset=False)
    assert [each.code for each in refused.value.findings] == ["stale-overlay"]

    assert review(pack / LETTER, ANA) == [LETTER]

    built = build_pack(pack, tmp_path / "out", typeset=False)
    assert OWN_FILES in built.opened.archive.files


def test_a_pack_that_builds_on_a_pack_is_compared_with_that(tmp_path):
    write_pack(tmp_path / "ohio", pack_files(more={LETTER: "---\ngreeting: Hi\n---\nOhio.\n"}))
    write_pack(
        tmp_path / "county",
        pack_files({"id": "county", "extends": "ohio"}, {LETTER: "---\ngreeting: Hi\n---\nUs.\n"}),
    )

    assert review(tmp_path / "county" / LETTER, ANA) == [LETTER]

    known = read_bases(Layer("county", tmp_path / "county"))
    assert "Ohio." in str(known[LETTER].text)


def test_what_was_installed_is_its_publishers_to_review(tmp_path):
    local = write_local(tmp_path / "local")
    add(opened(pack_files(more={LETTER: MINE[LETTER]})), local)

    with pytest.raises(InputError) as refused:
        review(local.parent / "packs" / "ohio" / LETTER, ANA)

    assert [each.code for each in refused.value.findings] == ["pack-installed"]


def test_a_file_that_replaces_nothing_is_not_reviewed(local):
    with pytest.raises(InputError) as refused:
        review(write(local.parent / "content/en/manual/45-our-story.md", "# Us\n\nWe.\n"), ANA)

    (found,) = refused.value.findings
    assert (found.code, found.message) == (
        "no-file",
        "45-our-story.md replaces no file of formgen's or of a pack's.",
    )
