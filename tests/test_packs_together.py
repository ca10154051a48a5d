"""install.py: several that change the packs of one local wait for each other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from formgen.findings import InputError
from formgen.folder_lock import locked
from formgen.kit import resolve
from formgen.packs.install import add, plan_update, update
from formgen.packs.review import review
from formgen.sources.pack_files.lock_file import check_installed, read_lock
from formgen.sources.paths import PACKS
from formgen.sources.replaced.basis import Review
from tests.support.locals import write_local
from tests.support.packs import opened, pack_files

FIRST = opened(pack_files())
SECOND = opened(pack_files({"edition": "2026.2"}))


@pytest.fixture
def local(tmp_path):
    """Give a local that has a pack."""
    path = write_local(tmp_path)
    add(FIRST, path)
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda local, say: add(FIRST, local, say),
        lambda local, say: review(local, Review("Ana", "2026-11-29"), say),
        lambda local, say: update(plan_update(SECOND, local, allow_downgrade=False), local, say),
    ],
    ids=["add", "review", "update"],
)
def test_whoever_comes_second_waits_and_is_told(change, local):
    told = threading.Event()
    with ThreadPoolExecutor() as pool:
        with locked(local.parent / PACKS, lambda _: None):
            waiting = pool.submit(change, local, lambda _: told.set())
            assert told.wait(30)
            assert not waiting.done()
        waiting.result(30)


def test_packs_that_are_installed_at_once_are_all_there(tmp_path):
    local = write_local(tmp_path, {"extends": "pack-0"})
    names = [f"pack-{number}" for number in range(8)]
    packs = [opened(pack_files({"id": name})) for name in names]

    with ThreadPoolExecutor(len(packs)) as pool:
        list(pool.map(lambda pack: add(pack, local), packs))

    lock = read_lock(tmp_path)
    assert sorted(lock.packs) == names
    assert check_installed(tmp_path, lock) == []
    assert resolve(local).warnings == ()
    there = sorted(path.name for path in (tmp_path / PACKS).iterdir())
    assert there == [".gitattributes", *names]


def test_of_two_updates_at_once_one_is_made_and_the_other_told(local):
    planned = [plan_update(SECOND, local, allow_downgrade=False) for _ in range(2)]

    def try_it(plan):
        try:
            update(plan, local)
        except InputError as problem:
            return [finding.code for finding in problem.findings]
        return []

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(try_it, planned))

    assert said == [[], ["changed"]]
    assert read_lock(local.parent).packs["ohio"].edition == "2026.2"
