"""copying.py and notes.py of own: words are copied with notes that no page shows, and given up."""

import pytest

from formgen.compose.text.context import words_context
from formgen.findings import ExitCode, InputError, exit_code
from formgen.kit import resolve
from formgen.listing import default_kit
from formgen.model.catalog import read_catalog
from formgen.own.copying import give_back, own
from formgen.own.look import entries
from formgen.packs.build_pack import build_pack
from formgen.packs.install import add
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import OWN_FILES
from tests.support.composed import compose_kit
from tests.support.locals import findings_of, minimal, resolved, write, write_local
from tests.support.packs import LETTER, everything_in, opened, pack_files, write_pack

CATALOG = read_catalog(Stack((base_layer(),)))
DOCUMENTS = {name: entry.text("kind") for name, entry in entries(CATALOG.get("documents"))}
CHAPTERS = sorted(path.stem for path in (base_layer().folder / "content/en/manual").glob("*.md"))


@pytest.fixture
def local(tmp_path):
    """Give the folder of a local without files of its own."""
    write_local(tmp_path / "local", minimal("local: {name: Test Local, short_name: TL}"))
    return tmp_path / "local"


def pages(local):
    kit = resolve(local / "local.yaml")
    return [compose_kit(kit, variant) for variant in ("print", "fillable", "web")]


def refused(document, local, does=own):
    with pytest.raises(InputError) as problem:
        does(local, document)
    (found,) = problem.value.findings
    return found


# --- A copy


def test_a_copy_of_everything_is_printed_exactly_as_before(local):
    before = pages(local)

    names = [name for name, kind in DOCUMENTS.items() if kind != "manual"]
    names += [*(f"manual/{chapter}" for chapter in CHAPTERS), "manual/about", "words"]
    copied = [own(local, name) for name in names]

    assert len(copied) == len(names) > 30
    assert findings_of(local / "local.yaml") == []
    assert pages(local) == before
    # Nothing of the notes is printed, and every file has them.
    assert all("formgen check LOCAL" in each.file.read_text("utf-8") for each in copied)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("mentor-thank-you", LETTER),
        ("L12", LETTER),
        ("l12", LETTER),
        ("mentor-thank-you.md", LETTER),
        (LETTER, LETTER),
        ("manual/30-why", "content/en/manual/30-why.md"),
        ("30-why", "content/en/manual/30-why.md"),
        ("manual/about", "content/en/manual/about.yaml"),
        ("words", "content/en/words.yaml"),
    ],
)
def test_words_go_by_id_code_chapter_or_file(typed, path, local):
    assert own(local, typed).file == local / path


@pytest.mark.parametrize(
    ("typed", "message", "fix"),
    [
        ("mentor-thnak-you", "there is no document", 'did you mean "mentor-thank-you"?'),
        ("31-why", "there is no document", 'did you mean "30-why"?'),
        ("F99", "there is no document", "`formgen list` names the documents."),
        ("manual", "has a file for each of its chapters", "manual/10-introduction"),
        ("M", "has a file for each of its chapters", "manual/30-why"),
        ("../../etc", "there is no document", ""),
    ],
)
def test_what_there_is_not_is_refused_with_a_near_name(typed, message, fix, local):
    found = refused(typed, local)

    assert found.code == "unknown-document"
    assert message in found.message
    assert fix in found.fix


def test_a_file_that_is_there_is_never_overwritten(local):
    write(local / LETTER, "Mine.\n")
    before = everything_in(local)

    found = refused("L12", local)

    assert (found.code, exit_code([found])) == ("exists", ExitCode.BAD_INPUT)
    assert everything_in(local) == before


def test_the_notes_name_all_that_may_be_written(local):
    text = own(local, "L12").file.read_text("utf-8").partition("\n---\n")[0]
    context = words_context(default_kit())[0].context

    said = set(text.replace(",", " ").split())

    assert {"clock", "counted", "listing", "built", "ref", "greeting", "signer"} <= said
    technical = {
        "formgen",
        "id",
        "extends",
        "pack_keys",
        "outputs",
        "documents",
        "packets",
        "forms",
    }
    assert {name for name in context if not name.startswith("_")} - technical <= said


def test_the_nearest_layer_below_is_copied(local):
    add(opened(pack_files(more={LETTER: "Thank you, from Ohio.\r\n"})), local / "local.yaml")

    copied = own(local, "L12")

    text = copied.file.read_text("utf-8")
    assert copied.whose == "pack ohio's"
    assert text.startswith("---\n# Your own words of mentor-thank-you, made from pack ohio's.")
    assert text.endswith("\n---\nThank you, from Ohio.\n")
    assert "\r" not in text
    assert findings_of(local / "local.yaml") == []


def test_however_a_pack_saved_it_it_is_copied_as_utf_8(local):
    folder = write_pack(local / "packs/ohio", pack_files())
    (folder / "content/en/letters").mkdir(parents=True)
    (folder / LETTER).write_bytes("---\r\ntitle: Café\r\n---\r\nMerci.\r\n".encode("utf-16"))
    write_local(local, {"extends": "ohio"})

    text = own(local, "L12").file.read_text("utf-8")

    assert text.startswith("---\n# Your own")
    assert text.endswith("\ntitle: Café\n---\nMerci.\n")


def test_small_words_stay_formgens_until_a_line_is_taken_out_of_its_comment(local):
    file = own(local, "words").file
    lines = file.read_text("utf-8").splitlines()
    kept = [
        line.removeprefix("#") if line in {"#grammar:", "#  district: the district"} else line
        for line in lines
    ]
    assert kept != lines

    write(file, "\n".join(kept).replace("  district: the district", "  district: our district"))

    kit = resolve(local / "local.yaml")
    assert kit.words.text("grammar", "district") == "our district"
    assert kit.words.text("grammar", "school_year") == "the {year} school year"
    assert kit.warnings == ()


def test_a_private_document_stays_private(local):
    own(local, "F10a")

    kit = resolve(local / "local.yaml")

    assert {each.id: each.privacy for each in kit.documents}["mentor-reflection"] == "private"
    assert "Only the two partners see this page" in (
        local / "content/en/forms/mentor-reflection.yaml"
    ).read_text("utf-8")


def test_a_pack_has_words_of_its_own_in_the_same_way(tmp_path):
    pack = write_pack(tmp_path / "ohio", pack_files())

    own(pack, "L12")

    assert (pack / LETTER).is_file()
    assert (pack / OWN_FILES).is_file()
    assert findings_of(pack / "locals/sample-local/local.yaml") == []


# --- What a pack locks


@pytest.mark.parametrize(
    ("locked", "document", "instead"),
    [
        ("mentor-pledge", "A7a", "change the settings that it shows, or another document"),
        ("manual", "manual/30-why", "change the settings that it shows, or another document"),
        ("manual#30-why", "30-why", "change another chapter, or write one of your own"),
    ],
)
def test_what_a_pack_locks_is_refused_and_told_what_may_be_changed(
    locked, document, instead, local
):
    add(opened(pack_files({"locked": [locked]})), local / "local.yaml")
    before = everything_in(local)

    found = refused(document, local)

    assert (found.code, exit_code([found])) == ("locked", ExitCode.REFUSED)
    assert "is locked by pack ohio 2026.1" in found.message
    assert found.fix.startswith(instead)
    assert everything_in(local) == before


@pytest.mark.parametrize("locked", ["letter-of-understanding#disclosure", "manual#40-who-mentors"])
def test_what_is_not_locked_beside_it_can_be_copied(locked, local):
    add(opened(pack_files({"locked": [locked]})), local / "local.yaml")

    agreement, chapter = own(local, "A6"), own(local, "manual/30-why")

    clauses = ("disclosure",) if "#disclosure" in locked else ()
    assert (agreement.clauses, chapter.clauses) == (clauses, ())
    assert ("word for word: disclosure" in agreement.file.read_text("utf-8")) == bool(clauses)
    assert findings_of(local / "local.yaml") == []


# --- And back


@pytest.mark.parametrize(
    "document", ["L12", "F10a", "A7a", "manual/30-why", "manual/about", "words"]
)
def test_what_nobody_changed_is_deleted_and_all_is_as_it_was(document, local):
    before = everything_in(local)
    own(local, document)

    given = give_back(local, document)

    assert given.kept is None
    assert everything_in(local) == before


@pytest.mark.parametrize(
    ("document", "now"),
    [
        ("L12", lambda text: f"{text}\n\nOne more.\n"),
        ("F10a", lambda text: text.replace("# None of these", "# My own remark. None of these")),
        ("words", lambda text: text.replace("#grammar:", "grammar:")),
    ],
)
def test_what_was_changed_is_kept_where_nothing_reads_it_and_nothing_complains(
    document, now, local
):
    before = pages(local)
    file = own(local, document).file
    changed = now(file.read_text("utf-8"))
    write(file, changed)

    kept = give_back(local, document).kept

    assert kept == local / "old-words" / file.name
    assert kept.read_text("utf-8") == changed
    assert not (local / "content").exists()
    assert findings_of(local / "local.yaml") == []
    assert pages(local) == before


def test_a_copy_that_an_editor_only_saved_in_its_own_way_is_not_changed(local):
    file = own(local, "L12").file
    file.write_bytes(file.read_text("utf-8").replace("\n", "\r\n").encode("utf-16"))

    assert give_back(local, "L12").kept is None


def test_a_copy_whose_original_changed_meanwhile_is_not_changed_either(local):
    add(opened(pack_files(more={LETTER: "As it was.\n"})), local / "local.yaml")
    own(local, "L12")
    pack = local / "packs/ohio"
    (local / "formgen.lock").unlink()
    write(pack / LETTER, "As it is.\n")
    assert [each.code for each in findings_of(local / "local.yaml")] == ["stale-overlay"]

    assert give_back(local, "L12").kept is None


def test_what_was_kept_before_is_kept_as_well(local):
    for text in ("one", "two", "three"):
        write(local / LETTER, text)
        give_back(local, "L12")

    kept = {path.name: path.read_text("utf-8") for path in (local / "old-words").iterdir()}
    assert kept == {
        "mentor-thank-you.md": "one",
        "mentor-thank-you-2.md": "two",
        "mentor-thank-you-3.md": "three",
    }


def test_what_a_sample_local_gave_up_is_not_handed_on(tmp_path):
    pack = write_pack(tmp_path / "ohio", pack_files())
    sample = pack / "locals/sample-local"
    write(sample / LETTER, "---\ngreeting: Hi\n---\nMine.\n")
    give_back(sample, "L12")

    built = build_pack(pack, tmp_path / "out", typeset=False)

    assert (sample / "old-words/mentor-thank-you.md").is_file()
    made = {"content/editions.yaml"}
    assert set(built.opened.archive.files) == set(pack_files()) | made


def test_what_is_known_of_the_other_files_stays(local):
    own(local, "L12")
    own(local, "A7a")

    give_back(local, "L12")

    assert LETTER not in (local / OWN_FILES).read_text("utf-8")
    assert "mentor-pledge" in (local / OWN_FILES).read_text("utf-8")


@pytest.mark.parametrize("document", ["L12", "30-why"])
def test_what_is_nobodys_own_cannot_be_given_up(document, local):
    found = refused(document, local, give_back)

    assert found.code == "no-file"
    assert "so there is nothing to give up" in found.message


def test_a_chapter_of_ones_own_is_not_put_away(local):
    file = write(local / "content/en/manual/45-our-story.md", "# Our story\n\nWe began.\n")

    found = refused("45-our-story", local, give_back)

    assert "replaces nothing" in found.message
    assert file.is_file()
    assert refused("45-our-story", local).code == "exists"


def test_a_local_that_cannot_be_read_is_named(tmp_path):
    assert refused("L12", tmp_path / "nowhere").code == "no-file"
    assert resolved(tmp_path).warnings == ()
