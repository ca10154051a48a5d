"""why.py: which part of a key was another, in words."""

import re

import pytest

from formgen.build.build import build
from formgen.build.why import Reasons
from formgen.graph.cache import Cache
from formgen.sources.layers import base_layer
from formgen.workers.pool import this_process
from tests.support.locals import write
from tests.support.tiny import write_tiny

PLEDGE = "content/en/pledges/mentor-pledge.yaml"


def test_each_thing_that_was_made_says_what_was_another():
    before = {
        "files": {"a:x": "1", "a:y": "1"},
        "same": {"code": "1"},
        "other": {"code": "1", "b": "1"},
    }
    reasons = Reasons({"files": {"a:x": "2", "a:z": "1"}})
    reasons.note("same", {"code": "1"}, made=False)
    reasons.note("other", {"code": "2", "c": "1"}, made=True)
    reasons.note("fresh", {"code": "1"}, made=True)
    reasons.note("lost", {"code": "1"}, made=True)

    assert list(reasons.against({**before, "lost": {"code": "1"}})) == [
        "a:x changed",
        "a:y is gone",
        "a:z is new",
        "other: b is gone, c is new, code changed",
        "fresh: made for the first time",
        "lost: what was made of the same is gone",
    ]
    assert list(reasons.against({})) == ["nothing of it was made here before."]


@pytest.fixture
def reasons(fonts, monkeypatch, tmp_path):
    """Give what builds a local and returns why things were made."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def run(local):
        cache = Cache(tmp_path / "cache")
        [report] = build([local], tmp_path / "out", this_process(fonts), cache=cache, why=True)
        return report.reasons

    return run


def test_a_build_says_why_it_made_what_it_made(reasons, tmp_path):
    local = write_tiny(tmp_path / "a")
    assert reasons(local) == ["nothing of it was made here before."]
    assert reasons(local) == []
    words = (base_layer().folder / PLEDGE).read_text(encoding="utf-8")
    write(local / PLEDGE, re.sub("(?m)^lead: .*", "lead: Another lead.", words))

    said = reasons(local)

    assert said[0] == f"local:{PLEDGE} is new"
    assert "words of mentor-pledge: inputs changed" in said
    assert "pages of mentor-pledge print, fillable and print: file page changed" in said
    assert not [line for line in said if "certificate" in line]
