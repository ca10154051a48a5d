"""publish.py: files are whole or absent, and nothing of others is touched."""

import hashlib
import json
import os
import signal
import threading
from pathlib import Path

import pytest

from formgen.build.publish import (
    MANIFEST,
    Entry,
    describe,
    manifest_bytes,
    read_manifest,
    remove_leftovers,
    replace_kit,
    write_file,
)

FACTS = {"formgen": "0.1.0", "id": "test-local", "name": "Łódź Local", "edition": "1"}


def write_manifest(folder, facts, entries):
    write_file(folder / MANIFEST, manifest_bytes(facts, entries))


def entry(path, data=b"x", **facts):
    return describe(path, data, **facts)


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def built(folder, **files):
    """Write files as a build does, with their manifest."""
    entries = [entry(path, data) for path, data in files.items()]
    for path, data in files.items():
        write_file(folder / path, data)
    write_manifest(folder, FACTS, entries)
    return entries


# --- Writing


def test_a_file_is_written_with_the_folders_above_it(tmp_path):
    write_file(tmp_path / "a" / "b" / "c.pdf", b"words")

    assert files_in(tmp_path) == {"a/b/c.pdf": b"words"}


@pytest.mark.parametrize(
    ("umask", "mode", "folder_mode"),
    [(0o022, 0o644, 0o755), (0o077, 0o600, 0o700), (0o002, 0o664, 0o775)],
)
def test_files_keep_to_the_umask(umask, mode, folder_mode, tmp_path):
    before = os.umask(umask)
    try:
        write_file(tmp_path / "new" / "a.pdf", b"words")
    finally:
        os.umask(before)

    assert (tmp_path / "new" / "a.pdf").stat().st_mode & 0o777 == mode
    assert (tmp_path / "new").stat().st_mode & 0o777 == folder_mode


def test_readers_see_the_old_file_or_the_new_one_and_never_a_part(tmp_path):
    path = tmp_path / "a.pdf"
    versions = [bytes([number]) * 200_000 for number in range(2)]
    write_file(path, versions[0])
    seen = set()
    done = threading.Event()

    def read():
        while not done.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(60):
        write_file(path, versions[number % 2])
    done.set()
    reader.join()

    assert seen <= set(versions)
    assert seen
    assert files_in(tmp_path) == {"a.pdf": versions[1]}


@pytest.mark.parametrize("target", ["folder", "folder/below"])
def test_a_file_that_cannot_be_written_leaves_nothing_behind(target, tmp_path):
    (tmp_path / "folder" / "below").mkdir(parents=True)

    with pytest.raises(OSError, match="folder"):
        write_file(tmp_path / target, b"words")
    assert files_in(tmp_path) == {}


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    write_file(tmp_path / "a.pdf", b"old")

    def interrupted(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.pdf", b"new")

    assert files_in(tmp_path) == {"a.pdf": b"old"}


# --- The manifest


def test_a_file_is_described_by_its_hash_and_its_length():
    assert entry(
        "print/a.pdf", b"abc", document="a", variant="print", privacy="public", pages=2
    ) == (
        Entry(
            "print/a.pdf",
            hashlib.sha256(b"abc").hexdigest(),
            3,
            document="a",
            variant="print",
            privacy="public",
            pages=2,
        )
    )


def test_the_manifest_reads_back_as_written(tmp_path):
    entries = [
        entry("print/a.pdf", b"1", document="a", pages=3, sources=("base:x", "local:y")),
        entry("web/a.html", b"2"),
    ]

    write_manifest(tmp_path, FACTS, entries)

    assert read_manifest(tmp_path) == entries


def test_the_manifest_is_the_same_whatever_the_order(tmp_path):
    entries = [entry("web/é.html"), entry("a"), entry("print/b.pdf", sources=("x", "y"))]

    write_manifest(tmp_path / "one", FACTS, entries)
    write_manifest(tmp_path / "two", FACTS, reversed(entries))

    text = (tmp_path / "one" / MANIFEST).read_text(encoding="utf-8")
    assert (tmp_path / "two" / MANIFEST).read_text(encoding="utf-8") == text
    assert text.endswith("}\n")
    known = json.loads(text)
    assert {key: known[key] for key in FACTS} == FACTS
    assert [file["path"] for file in known["files"]] == ["a", "print/b.pdf", "web/é.html"]
    assert "Łódź" in text


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{",
        "null",
        "[]",
        "5",
        '"files"',
        "{}",
        '{"files": null}',
        '{"files": 5}',
        '{"files": "abc"}',
        '{"files": [5]}',
        '{"files": [{}]}',
        '{"files": [{"path": "a"}]}',
        '{"files": [{"path": "a", "sha256": "b", "bytes": 1, "sources": null}]}',
        '{"files": [{"path": 5, "sha256": "b", "bytes": 1, "sources": []}]}',
        '{"files": [{"path": null, "sha256": "b", "bytes": 1, "sources": []}]}',
        '{"files": [{"path": "a\\u0000", "sha256": "b", "bytes": 1, "sources": []}]}',
        '{"files": [{"path": "a", "sha256": "b", "bytes": 1, "sources": [], "more": 1}]}',
        "[" * 100_000,
        "\ud800",
    ],
)
def test_a_manifest_that_cannot_be_read_counts_as_none(text, tmp_path):
    if text is not None:
        (tmp_path / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))

    assert read_manifest(tmp_path) == []


def test_a_manifest_that_is_a_folder_counts_as_none(tmp_path):
    (tmp_path / MANIFEST).mkdir()

    assert read_manifest(tmp_path) == []


# --- Leftovers


def test_what_is_no_longer_made_is_removed(tmp_path):
    before = built(tmp_path, **{"print/a.pdf": b"1", "print/b.pdf": b"2", "web/b.html": b"3"})

    removed = remove_leftovers(tmp_path, before, before[:1])

    assert removed == ["print/b.pdf", "web/b.html"]
    assert set(files_in(tmp_path)) == {"print/a.pdf", MANIFEST}


def test_what_was_changed_by_hand_stays(tmp_path):
    before = built(tmp_path, **{"print/a.pdf": b"1"})
    (tmp_path / "print" / "a.pdf").write_bytes(b"my notes")

    assert remove_leftovers(tmp_path, before, []) == []
    assert files_in(tmp_path)["print/a.pdf"] == b"my notes"


def test_what_formgen_did_not_make_stays(tmp_path):
    before = built(tmp_path, **{"print/a.pdf": b"1"})
    (tmp_path / "print" / "mine.pdf").write_bytes(b"1")

    assert remove_leftovers(tmp_path, before, []) == ["print/a.pdf"]
    assert set(files_in(tmp_path)) == {"print/mine.pdf", MANIFEST}


@pytest.mark.parametrize("what", ["gone", "a folder"])
def test_what_is_no_file_any_more_is_passed_over(what, tmp_path):
    before = built(tmp_path, **{"print/a.pdf": b"1"})
    (tmp_path / "print" / "a.pdf").unlink()
    if what == "a folder":
        (tmp_path / "print" / "a.pdf").mkdir()

    assert remove_leftovers(tmp_path, before, []) == []


@pytest.mark.parametrize(
    "path",
    [
        "../secret",
        "print/../../secret",
        "/SECRET",
        "print/../../kit/../secret",
        "link/secret",
        "leak",
    ],
)
def test_a_forged_manifest_reaches_nothing_outside_of_the_kit(path, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    kit = tmp_path / "kit"
    (kit / "print").mkdir(parents=True)
    (kit / "link").symlink_to(tmp_path)
    (kit / "leak").symlink_to(secret)
    forged = entry(path.replace("/SECRET", str(secret)), b"secret")
    write_manifest(kit, FACTS, [forged, entry("print/a.pdf")])

    assert [known.path for known in read_manifest(kit)] == ["print/a.pdf"]
    assert remove_leftovers(kit, [forged], []) == []
    assert secret.read_bytes() == b"secret"


@pytest.mark.parametrize("path", ["", ".", "..", "print/.."])
def test_a_forged_manifest_does_not_remove_the_kit_itself(path, tmp_path):
    write_manifest(tmp_path, FACTS, [entry(path)])

    assert read_manifest(tmp_path) == []
    assert remove_leftovers(tmp_path, [entry(path)], []) == []


# --- Interruptions


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_interrupts_an_exchange_comes_after_it(name, tmp_path, monkeypatch):
    number = getattr(signal, name)
    got = []
    before = signal.signal(number, lambda number, _frame: got.append((number, files_in(tmp_path))))
    replace, sent = Path.replace, []

    def interrupted(self, target):
        if not sent:
            sent.append(number)
            os.kill(os.getpid(), number)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    files = {"a.pdf": b"one", "b.pdf": b"two"}
    entries = [entry(path, data) for path, data in files.items()]
    manifest = manifest_bytes(FACTS, entries)
    try:
        replace_kit(tmp_path, files, manifest, (), entries)
    finally:
        signal.signal(number, before)

    assert got == [(number, {**files, MANIFEST: manifest})]
