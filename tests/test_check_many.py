"""build/check.py: many locals are checked, what has not changed costs little, and is counted."""

import time

import pytest

from formgen.build.check import check_locals
from formgen.graph.cache import Cache
from formgen.workers.pool import this_process
from tests.support.many import change_value, write_state

COUNT = 3
# Of the time that the first check took.
MOST = 0.05


@pytest.fixture
def check(fonts, monkeypatch, tmp_path):
    """Give what checks a made-up state, and says how far it came and how long it took."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    locals_ = write_state(tmp_path / "state", COUNT)
    cache = Cache(tmp_path / "cache")

    def run():
        seen: list[tuple[int, int, str]] = []
        started = time.process_time()
        files = [local / "local.yaml" for local in locals_]
        found = check_locals(files, this_process(fonts), cache, {}, lambda *far: seen.append(far))
        return found, seen, time.process_time() - started

    return run, locals_


@pytest.mark.slow
def test_what_has_not_changed_is_not_looked_at_again_and_what_has_is(check):
    run, locals_ = check
    first, seen, cold = run()
    assert [each[:2] for each in seen] == [(1, COUNT), (2, COUNT), (3, COUNT)]
    assert sorted(each[2] for each in seen) == [local.name for local in locals_]

    again, seen, warm = run()

    assert [each.findings for each in again] == [each.findings for each in first]
    assert len(seen) == COUNT
    assert warm <= MOST * cold

    change_value(locals_[0])
    assert run()[2] > MOST * cold
