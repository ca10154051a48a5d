"""overrides.py, installed.py and build/manifest.py: what a local has of its own, and on what."""

import json

import pytest

from formgen.build.build import build
from formgen.outputs.base import Choice
from formgen.packs.install import add
from formgen.sources.layers import read_stack
from formgen.sources.pack_files.installed import InstalledPack, installed_packs, printed_edition
from formgen.sources.replaced.overrides import (
    HiddenSetting,
    OwnFile,
    hidden_settings,
    own_files,
)
from formgen.workers.pool import this_process
from tests.support.locals import MINIMAL, write, write_local
from tests.support.packs import LETTER, opened, pack_files, write_pack
from tests.support.tiny import write_tiny

PROGRAM = "archive: {years: 7}\npaper: a4\nmeetings: {length: 50 minutes}\n"
PACK = pack_files(more={"content/program.yaml": PROGRAM, LETTER: "---\ngreeting: Hi\n---\nHi.\n"})
OWN = "extends: ohio\narchive: {years: 6}\npaper: a4\nexit: {scale: [No, Yes]}\n"


@pytest.fixture
def local(tmp_path):
    """Give a local that says a setting otherwise than its pack, and another as the pack does."""
    write_pack(tmp_path / "packs" / "ohio", PACK)
    write(tmp_path / "maple" / LETTER, "---\ngreeting: Hi\n---\nMine.\n")
    write(tmp_path / "maple/templates/letter.html.j2", "mine")
    write(tmp_path / "maple/content/en/letters/unknown.md", "of no document")
    return write_local(tmp_path / "maple", f"{MINIMAL}{OWN}")


def test_a_setting_is_listed_that_hides_another_value_of_a_pack(local):
    assert list(hidden_settings(*read_stack(local), "en")) == [
        HiddenSetting("archive.years", "6", "7", "ohio")
    ]


def test_words_that_a_local_sets_beside_its_settings_count_too(local):
    write(local.parent / "content/en/program.yaml", "meetings: {length: 30 minutes}\n")

    assert HiddenSetting("meetings.length", "30 minutes", "50 minutes", "ohio") in list(
        hidden_settings(*read_stack(local), "en")
    )


def test_own_files_are_listed_with_whose_they_replace(local):
    assert own_files(read_stack(local)[0]) == [
        OwnFile(LETTER, "ohio"),
        OwnFile("templates/letter.html.j2", "base"),
    ]


def test_a_pack_that_was_copied_is_known_by_what_it_says_of_itself(local):
    assert installed_packs(read_stack(local)[0]) == [InstalledPack("ohio", "Ohio pack", "2026.1")]


@pytest.mark.parametrize(
    ("own", "printed"),
    [("", "2026.1"), ("Fall 2026", "Ohio pack 2026.1 · Fall 2026"), ("2026.1", "2026.1")],
)
def test_an_edition_of_its_own_never_hides_the_packs(own, printed, local):
    assert printed_edition(read_stack(local)[0], own) == printed


def test_without_a_pack_an_edition_of_its_own_stands_alone(tmp_path):
    stack, _ = read_stack(write_local(tmp_path))

    assert printed_edition(stack, "Fall 2026") == "Fall 2026"
    assert printed_edition(stack, "") == "2026.1"


def test_a_manifest_says_what_its_kit_is_built_on_and_what_is_its_locals_own(
    fonts, monkeypatch, tmp_path
):
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    folder = write_tiny(
        tmp_path / "maple", {"extends": "ohio", "archive": {"years": 6}, "edition": "Fall 2026"}
    )
    archive = opened(PACK)
    add(archive, folder / "local.yaml")
    write(folder / LETTER, "---\ngreeting: Hi\n---\nMine.\n")

    (report,) = build([folder], tmp_path / "out", this_process(fonts), Choice(outputs=("web",)))

    manifest = json.loads((report.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["packs"] == [
        {
            "id": "ohio",
            "name": "Ohio pack",
            "edition": "2026.1",
            "sha256": archive.archive.sha256,
            "key": "",
        }
    ]
    assert manifest["overrides"]["files"] == [{"path": LETTER, "of": "ohio"}]
    hidden = {each["name"]: each for each in manifest["overrides"]["settings"]}
    assert hidden["archive.years"] == {
        "name": "archive.years",
        "value": "6",
        "hidden": "7",
        "of": "ohio",
    }
    assert manifest["edition"] == "Ohio pack 2026.1 · Fall 2026"
    assert str(tmp_path) not in json.dumps(manifest)
