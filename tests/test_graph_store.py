"""store.py: files are where they were put, whole or not at all, for as long as they are held."""

import json
from pathlib import Path

import pytest

from formgen.codes import Code
from formgen.findings import Finding, Place
from formgen.graph.cache import Cache
from formgen.graph.store import Store, result_of
from formgen.graph.task import Made, digest_of

KEY = "a" * 64
FINDING = Finding(
    Place(Path("@1/content/x.md"), 3, 7), Code.EMPTY, "so.", "mend.", details=("a", "b")
)
MADE = Made({"pdf": b"%PDF", "log": b"x"}, {"pages": 3, "cuts": [(1, 2)]}, (FINDING,))


@pytest.fixture
def store(tmp_path):
    return Store(Cache(tmp_path / "cache"))


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_result_comes_back_as_it_was(store, tmp_path):
    kept = store.keep(KEY, MADE, lasting=True)
    again = Store(Cache(tmp_path / "cache"))

    assert again.get(KEY) == kept == result_of(MADE)
    assert kept.findings == (FINDING,)
    # As JSON has it, whether it was made just now or long ago.
    assert kept.facts == {"pages": 3, "cuts": [[1, 2]]}
    assert kept.sizes == {"pdf": 4, "log": 1}
    assert again.read(kept.files["pdf"]) == b"%PDF"


def test_what_is_not_kept_is_not_there(store):
    assert store.get(KEY) is None
    assert store.read(digest_of(b"x")) is None
    assert not store.has(digest_of(b"x"))


def test_what_does_not_last_goes_when_the_last_one_lets_it_go(store, tmp_path):
    first = store.keep(KEY, MADE, lasting=False)
    second = store.keep("b" * 64, MADE, lasting=False)
    store.let_go(first.files.values())
    assert store.has(first.files["pdf"])

    store.let_go(second.files.values())

    assert not store.has(first.files["pdf"])
    assert store.get(KEY) == first
    store.let_go(first.files.values())
    assert len(files_in(tmp_path)) == 2


def test_what_lasts_stays_though_somebody_lets_it_go(store):
    kept = store.keep(KEY, MADE, lasting=True)
    again = store.keep("b" * 64, MADE, lasting=False)

    store.let_go([*kept.files.values(), *again.files.values()])

    assert store.read(kept.files["pdf"]) == b"%PDF"


def test_what_is_held_is_in_memory_alone(store, tmp_path):
    held = store.hold(MADE, personal=True)

    assert held.personal
    assert store.read(held.files["pdf"]) == b"%PDF"
    assert files_in(tmp_path) == []
    store.let_go(held.files.values())
    assert not store.has(held.files["pdf"])


def test_files_of_a_published_kit_count_as_stored(store, tmp_path):
    path = tmp_path / "kit.pdf"
    path.write_bytes(b"%PDF")
    digest = digest_of(b"%PDF")

    store.know({path: digest})
    assert (store.has(digest), store.read(digest)) == (True, b"%PDF")

    store.unknow({path: digest})
    assert not store.has(digest)


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_published_file_that_was_harmed_does_not_count(harm, store, tmp_path):
    path = tmp_path / "kit.pdf"
    path.write_bytes(b"mine")
    if harm == "gone":
        path.unlink()
    digest = digest_of(b"%PDF")

    store.know({path: digest})

    assert not store.has(digest)
    assert store.read(digest) is None


def test_a_record_holds_nothing_but_plain_facts(store, tmp_path):
    store.keep_result(KEY, result_of(MADE))

    [file] = files_in(tmp_path)
    record = json.loads(file.read_bytes()[32:])
    assert record["files"] == {"pdf": digest_of(b"%PDF"), "log": digest_of(b"x")}
    assert record["findings"][0]["place"] == ["@1/content/x.md", 3, 7]
