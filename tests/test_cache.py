"""cache.py: where formgen keeps what it can make again; what is read is whole, or it is missing."""

import hashlib
import os
import shutil
import tempfile
import threading
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from formgen.graph.cache import VARIABLE, Cache, _spare_folder, cache_finding, cache_folder


def test_the_variable_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    assert cache_folder() == tmp_path


@pytest.mark.parametrize("relative", ["cache", "./a/../cache", "é x"])
def test_the_folder_is_absolute_whatever_the_variable_says(relative, monkeypatch, tmp_path):
    # Fontconfig would look for it elsewhere, find nothing, and use the fonts of the system.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, relative)

    assert cache_folder() == tmp_path / relative
    assert cache_folder().is_absolute()


@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_it_is_the_platforms_place(value, monkeypatch):
    if value is None:
        monkeypatch.delenv(VARIABLE)
    else:
        monkeypatch.setenv(VARIABLE, value)

    assert cache_folder() == user_cache_path("formgen", appauthor=False)
    assert cache_folder().name == "formgen"


def test_asking_makes_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "new"))

    assert cache_folder() == Path(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """Give a folder of temporary files, where the cache's own place cannot be written."""
    (tmp_path / "file").touch()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    _spare_folder.cache_clear()
    yield tmp_path / "temporary"
    _spare_folder.cache_clear()


def test_where_nothing_can_be_kept_it_is_a_folder_of_the_users_own(nowhere, tmp_path):
    folder = cache_folder()

    assert folder == cache_folder() == nowhere / f"formgen-{os.getuid()}"
    assert folder.stat().st_mode & 0o777 == 0o700
    finding = cache_finding()
    assert (finding.code, finding.place.file) == ("no-cache", tmp_path / "file" / "cache")
    assert str(folder) in finding.message


@pytest.mark.parametrize("how", ["open to others", "a link", "a file"])
def test_a_folder_that_others_can_have_prepared_is_not_used(how, nowhere, tmp_path):
    prepared = nowhere / f"formgen-{os.getuid()}"
    if how == "open to others":
        prepared.mkdir()
        prepared.chmod(0o777)
    elif how == "a link":
        (tmp_path / "other").mkdir()
        prepared.symlink_to(tmp_path / "other")
    else:
        prepared.touch()

    folder = cache_folder()

    assert folder != prepared
    assert folder.parent == nowhere
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_tests_use_a_cache_of_their_own(cache):
    assert cache_folder() == cache


# --- Entries

KEYS = [hashlib.sha256(bytes([number])).hexdigest() for number in range(20)]


def files_in(cache):
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("content", [b"", b"words", bytes(range(256)) * 1000])
def test_what_is_kept_comes_back(content, tmp_path):
    kept = Cache(tmp_path)
    kept.put(KEYS[0], content)

    assert kept.get(KEYS[0]) == content
    assert kept.get(KEYS[1]) is None


def test_every_flipped_byte_makes_an_entry_missing_and_it_is_replaced(tmp_path):
    kept = Cache(tmp_path)
    kept.put(KEYS[0], b"words")
    (path,) = files_in(kept)
    whole = path.read_bytes()
    for offset in range(len(whole)):
        damaged = bytearray(whole)
        damaged[offset] ^= 1
        path.write_bytes(damaged)
        assert kept.get(KEYS[0]) is None, offset
        assert files_in(kept) == []
        kept.put(KEYS[0], b"words")
        assert kept.get(KEYS[0]) == b"words"


@pytest.mark.parametrize("length", [0, 1, 31, 32, 36])
def test_an_entry_that_ends_early_is_missing(length, tmp_path):
    kept = Cache(tmp_path)
    kept.put(KEYS[0], b"words")
    (path,) = files_in(kept)
    os.truncate(path, length)

    assert kept.get(KEYS[0]) is None


def test_an_entry_under_the_name_of_another_is_missing(tmp_path):
    kept = Cache(tmp_path)
    for key in KEYS[:2]:
        kept.put(key, key.encode())
    (tmp_path / KEYS[0][:2] / KEYS[0]).replace(tmp_path / KEYS[1][:2] / KEYS[1])

    assert kept.get(KEYS[1]) is None


def test_the_cache_may_vanish_at_any_moment(tmp_path):
    kept = Cache(tmp_path / "cache")
    stop = threading.Event()

    def delete():
        while not stop.is_set():
            shutil.rmtree(kept.folder, ignore_errors=True)

    deleter = threading.Thread(target=delete)
    deleter.start()
    try:
        for key in KEYS * 10:
            kept.put(key, b"words")
            assert kept.get(key) in {None, b"words"}
            kept.trim()
    finally:
        stop.set()
        deleter.join()

    kept.put(KEYS[0], b"words")
    assert kept.get(KEYS[0]) == b"words"


def test_a_cache_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "file").touch()
    kept = Cache(tmp_path / "file")
    kept.put(KEYS[0], b"words")
    kept.trim()

    assert kept.get(KEYS[0]) is None


def test_what_was_not_used_for_the_longest_time_goes_when_it_is_full(tmp_path):
    kept = Cache(tmp_path, most_bytes=10 * 132)
    for age, key in enumerate(KEYS):
        kept.put(key, bytes(100))
        os.utime(tmp_path / key[:2] / key, (1000 + age, 1000 + age))
    kept.get(KEYS[0])
    kept.trim()

    left = {path.name for path in files_in(kept)}
    assert left == {KEYS[0], *KEYS[-8:]}
    assert sum(path.stat().st_size for path in files_in(kept)) <= kept.most_bytes


def test_trimming_leaves_what_fits_and_sweeps_parts_of_the_dead(tmp_path):
    kept = Cache(tmp_path)
    kept.put(KEYS[0], b"words")
    old, new = (tmp_path / KEYS[0][:2] / name for name in ("a.part", "b.part"))
    for part in (old, new):
        part.touch()
    os.utime(old, (1000, 1000))
    kept.trim()

    assert kept.get(KEYS[0]) == b"words"
    assert (old.exists(), new.exists()) == (False, True)
