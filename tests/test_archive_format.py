"""archive.py: the one form of a pack's archive, and what of a folder goes into it."""

import os
import time
import zipfile
from pathlib import Path

import pytest

from formgen.findings import InputError, Place
from formgen.sources.pack_files.archive import (
    Archive,
    archive_bytes,
    parse_archive,
    parse_manifest,
    sha256_of,
)
from formgen.sources.pack_files.folder import folder_files
from formgen.sources.pack_files.rules import content_problem
from formgen.sources.paths import PACK_FILE
from tests.support.locals import lines_of, write
from tests.support.packs import (
    ARCHIVE,
    LETTER,
    manifest_of,
    pack_files,
    packed,
    write_pack,
)

FILES = pack_files(more={LETTER: "Thank you.\n", "assets/a.txt": "", "content/Z.md": "z\n"})


def read(data: bytes) -> Archive:
    return parse_archive(data, Place(ARCHIVE))


def refused(make) -> list[str]:
    with pytest.raises(InputError) as problem:
        make()
    return [str(finding) for finding in problem.value.findings]


def test_what_is_written_is_read_again():
    data = packed(FILES)

    archive = read(data)

    assert archive.files == FILES
    assert archive.sha256 == sha256_of(data)
    assert archive.signature == b""
    assert archive.facts.files == {name: sha256_of(FILES[name]) for name in FILES}
    assert (archive.facts.id, archive.facts.edition) == ("ohio", "2026.1")


def test_the_same_files_make_the_same_bytes_at_any_time_and_in_any_order(monkeypatch):
    first = packed(FILES)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()

    assert packed(dict(reversed(FILES.items()))) == first
    monkeypatch.undo()
    time.tzset()


def test_every_python_and_every_machine_writes_these_bytes():
    data = archive_bytes(
        {"content/pack.yaml": b"id: ohio\n", "assets/a.txt": b""}, b"{}\n", b"signed\n"
    )

    assert sha256_of(data) == "aef3e24e6b6ab251c1aeed3bbf1e85ed5b5ee7920afc6e868721325d0aaebd55"


def test_any_program_can_unpack_it(tmp_path):
    (tmp_path / "a.zip").write_bytes(packed(FILES))

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extractall(tmp_path / "out")
        names = archive.namelist()

    assert names == sorted([*FILES, "PACK.json"])
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == FILES


def test_a_list_is_read_only_as_formgen_writes_it():
    manifest = manifest_of(FILES)

    assert parse_manifest(manifest).id == "ohio"
    assert parse_manifest(manifest.replace(b" ", b"  ")) is None
    assert parse_manifest(manifest.replace(b'"id"', b'"ID"')) is None


def test_a_folder_gives_its_own_folders_without_what_is_hidden_or_beside_them(tmp_path):
    write_pack(tmp_path, FILES)
    for beside in ("README.md", "key", ".git/config", "content/.DS_Store", "notes/a.md"):
        write(tmp_path / beside, "not part of the pack")

    assert folder_files(tmp_path) == FILES


def test_the_order_of_a_folder_on_the_disk_does_not_matter(tmp_path):
    one = write_pack(tmp_path / "one", FILES)
    other = write_pack(tmp_path / "other", dict(reversed(FILES.items())))

    assert packed(folder_files(one)) == packed(folder_files(other))


def test_all_that_a_folder_must_not_hold_is_named_at_once(tmp_path):
    write_pack(tmp_path, FILES)
    write(tmp_path / "content/run.sh", "#!/bin/sh")
    write(tmp_path / "content/en/LETTERS/a.md", "a")
    write(tmp_path / "templates/styles/print.css", "@import 'https://example.org'")
    (tmp_path / "content/link.md").symlink_to("/etc/passwd")
    (tmp_path / "content/folder").symlink_to("/etc")
    os.mkfifo(tmp_path / "content/pipe.md")

    with pytest.raises(InputError) as problem:
        folder_files(tmp_path)

    said = "\n".join(lines_of(problem.value.findings, tmp_path))
    assert all(finding.policy for finding in problem.value.findings)
    assert 'content/run.sh: error[pack-file]: "content/run.sh" is not of a kind' in said
    assert '"content/link.md" is a link or a device' in said
    assert "content/folder: error[pack-file]" in said
    assert '"content/pipe.md" is a link or a device' in said
    assert '"templates/styles/print.css" holds a style that loads another' in said
    assert "differs from another name only in capitals" in said


def test_a_mistake_in_a_packs_yaml_is_named_at_its_place_with_its_own_remedy(tmp_path):
    write_pack(tmp_path, FILES)
    write(tmp_path / "content/program.yaml", "paper: a4\npaper: letter\n")
    write(tmp_path / "content/documents.yaml", "documents: {a: [}\n")

    with pytest.raises(InputError) as problem:
        folder_files(tmp_path)

    documents, program = lines_of(problem.value.findings, tmp_path)
    assert documents.startswith("content/documents.yaml:1:17: error[yaml-syntax]: ")
    assert program.startswith("content/program.yaml:2:1: error[duplicate-key]: ")
    assert "take it out of the pack" not in documents + program
    assert not any(finding.policy for finding in problem.value.findings)


def test_a_linked_folder_of_a_pack_is_refused(tmp_path):
    write_pack(tmp_path / "pack", {PACK_FILE: FILES[PACK_FILE]})
    (tmp_path / "pack" / "assets").symlink_to(tmp_path)

    assert len(refused(lambda: folder_files(tmp_path / "pack"))) == 1


def test_a_missing_archive_is_bad_input_and_not_a_refusal(tmp_path):
    from formgen.sources.pack_files.archive import read_archive

    with pytest.raises(InputError) as problem:
        read_archive(tmp_path / "a.zip")

    assert [(f.code, f.policy) for f in problem.value.findings] == [("no-file", False)]


@pytest.mark.parametrize("folder", ["content", "templates"])
def test_the_base_pack_holds_nothing_that_a_pack_must_not_but_its_own_scripts(folder):
    base = Path(__file__).resolve().parents[1] / folder
    said = {
        path.name: content_problem(path.name, path.read_bytes())
        for path in base.rglob("*")
        # No pack reaches the page in the browser, nor the sample locals.
        if path.is_file() and not {"locals", "studio"} & set(path.parts)
    }

    found = {name: problem for name, problem in said.items() if problem}
    scripts = {f"{page}_script.html.j2" for page in ("index", "state", "web")}
    assert set(found) == (scripts if folder == "templates" else set())
