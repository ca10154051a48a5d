"""diff.py and words.py of packs: what two editions say differently, and what that changes."""

import pytest

from formgen.findings import InputError
from formgen.packs.diff import changes, local_changes, two_editions
from formgen.sources.layers import base_layer
from formgen.sources.paths import OWN_FILES
from formgen.sources.replaced.basis import bases_text, basis_of
from formgen.sources.replaced.text_diff import words_changed
from tests.support.locals import MINIMAL, write_local
from tests.support.packs import FORM, LETTER, compare, pack_files, packed, write_pack

OLD_FORM = """\
lead: Please print.
sections:
  - name: you
    label: About you
    fields:
      - {name: name, type: text, label: Name}
      - {name: fax, type: phone, label: Fax}
      - {name: email, type: email, label: E-mail}
  - name: promises
    label: I promise
    promises: [{name: listen, text: I will listen well.}]
"""
NEW_FORM = """\
lead: Please print.
sections:
  - name: you
    label: About yourself
    fields:
      - {name: email, type: email, label: E-mail, width: 3}
      - {name: name, type: text, label: Your name}
      - {name: mobile, type: phone, label: Mobile phone}
  - name: promises
    label: I promise
    promises: [{name: listen, text: I will listen very well.}]
"""


def said(old, new) -> dict[tuple[str, str], tuple[str, ...]]:
    found = changes(pack_files(more=old), pack_files(more=new))
    return {(change.group, change.name): change.lines for change in found}


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("a b c", "a b c", []),
        ("a b c", "a  b\nc", []),
        ("a b c", "a x c", ["a [-b-] {+x+} c"]),
        ("a b", "a b c", ["a b {+c+}"]),
        ("", "a", ["{+a+}"]),
        ("a", "", ["[-a-]"]),
        (
            "one two three four five six seven",
            "one two three four five six 7",
            ["two three four five six [-seven-] {+7+}"],
        ),
    ],
)
def test_words_are_compared_one_by_one(old, new, lines):
    assert list(words_changed(old, new)) == lines


def test_the_same_edition_says_the_same():
    assert said({}, {}) == {}


def test_settings_are_compared_by_name():
    old = {"content/program.yaml": "paper: letter\ncompensation: [leave]\narchive: {years: 3}\n"}
    new = {"content/program.yaml": "paper: a4\ncompensation: []\nlanguage: en\narchive: {years: 3}"}

    assert said(old, new) == {
        ("settings", "content/program.yaml"): (
            "paper: [-letter-] {+a4+}",
            "compensation: [-[leave]-] {+[]+}",
            "language: {+en+}",
        )
    }


def test_forms_are_compared_field_by_field():
    assert said({FORM: OLD_FORM}, {FORM: NEW_FORM}) == {
        ("forms", FORM): (
            "section you, label: About [-you-] {+yourself+}",
            "field fax is gone: Fax",
            "field mobile is new: Mobile phone",
            "the fields stand in another order: email, name",
            "field name, label: [-Name-] {+Your name+}",
            "field email, width: {+3+}",
            "promise listen, text: I will listen {+very+} well.",
        )
    }


def test_a_file_that_is_new_is_compared_with_what_it_replaces():
    letter = base_layer().file(LETTER).path.read_text(encoding="utf-8")

    found = said({}, {LETTER: letter.replace("thanks you", "salutes you")})

    ((name, lines),) = found.items()
    assert name == ("words", f"{LETTER} (new)")
    (line,) = lines
    assert "}} [-thanks-] {+salutes+} you. {{" in line


def test_what_own_files_were_made_from_is_nothing_that_an_edition_says():
    before, now = (bases_text({LETTER: basis_of(LETTER, text)}) for text in (b"One.", b"Two."))

    assert said({OWN_FILES: before}, {OWN_FILES: now}) == {}


def test_looks_and_pictures_are_named():
    old = {"templates/styles/print.css": "a{}", "assets/a.svg": "<svg/>"}
    new = {"templates/styles/print.css": "b{}", "assets/b.svg": "<svg/>"}

    assert list(said(old, new)) == [
        ("looks", "assets/a.svg (gone)"),
        ("looks", "assets/b.svg (new)"),
        ("looks", "templates/styles/print.css (changed)"),
    ]


@pytest.fixture
def editions(tmp_path):
    """Give an archive and a folder: two editions of a pack."""
    old, new = tmp_path / "ohio.zip", tmp_path / "ohio"
    old.write_bytes(packed(pack_files(more={LETTER: "---\ngreeting: Hello\n---\nThanks.\n"})))
    write_pack(
        new,
        pack_files({"edition": "2026.2"}, {LETTER: "---\ngreeting: Hello\n---\nMany thanks.\n"}),
    )
    return old, new


def test_an_archive_is_compared_with_a_folder(editions):
    assert [(change.group, change.name) for change in compare(*editions)] == [
        ("words", LETTER),
        ("pack", "content/pack.yaml"),
    ]


def test_the_documents_of_a_local_that_change_are_named_with_their_pages(editions, tmp_path):
    write_pack(tmp_path / "packs" / "ohio", pack_files())
    local = write_local(tmp_path / "locals" / "a", f"{MINIMAL}extends: ohio\n")

    old, new = editions
    (found,) = [change for change in compare(old, new, local) if change.group == "local"]

    assert found.name == "mentor-thank-you changes: its one page"
    assert len(found.lines) == 1
    assert "[-Thanks.-] {+Many thanks.+}" in found.lines[0]


def test_what_a_local_would_lack_is_said(tmp_path):
    write_pack(tmp_path / "packs" / "ohio", pack_files())
    local = write_local(tmp_path, f"{MINIMAL}extends: ohio\npaper: a4\n")
    old = write_pack(tmp_path / "old", pack_files())
    new = write_pack(tmp_path / "new", pack_files({"locked": ["paper"]}))

    (found,) = [change for change in compare(old, new, local) if change.group == "findings"]

    assert "error[locked]" in found.lines[0]


def test_a_document_that_a_new_edition_adds_or_leaves_out_is_named(tmp_path):
    write_pack(tmp_path / "packs" / "ohio", pack_files())
    local = write_local(tmp_path, f"{MINIMAL}extends: ohio\n")
    old = write_pack(
        tmp_path / "old",
        pack_files(more={"content/program.yaml": "documents: {omit: [action-plan]}"}),
    )
    new = write_pack(
        tmp_path / "new",
        pack_files(more={"content/program.yaml": "documents: {omit: [match-record]}"}),
    )

    names = [change.name for change in compare(old, new, local) if change.group == "local"]

    assert "action-plan is new" in names
    assert "match-record is not built any more" in names


def test_other_packs_and_other_locals_are_not_compared(editions, tmp_path):
    old, new = editions
    other = write_pack(tmp_path / "indiana", pack_files({"id": "indiana"}))

    local = write_local(tmp_path / "local")
    (tmp_path / "empty").mkdir()

    for edition, asked, code in (
        (other, None, "other-pack"),
        (tmp_path / "empty", None, "not-a-pack"),
        (new, local, "pack-not-used"),
    ):
        with pytest.raises(InputError) as problem:
            compare(old, edition, asked)
        assert [finding.code for finding in problem.value.findings] == [code]


def test_only_what_an_edition_reaches_is_composed(editions, tmp_path):
    write_pack(tmp_path / "packs" / "ohio", pack_files())
    local = write_local(tmp_path / "locals" / "a", f"{MINIMAL}extends: ohio\n")
    both = two_editions(*editions)

    with both.on_disk() as folders:
        kits = local_changes(local, both.pack, *folders).kits

    pages = [*kits.old.items(), *kits.new.items()]
    made = {name for name, page in pages if isinstance(page, str) or page.html}
    assert made == set(kits.changed) == {"mentor-thank-you"}
    assert set(kits.new) == {document.id for document in kits.now.documents}
