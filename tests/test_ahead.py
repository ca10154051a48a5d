"""What must be printed again: told before a build, and kept after it until it is printed."""

import shutil

import pytest

from formgen.build.ahead import Ahead, papers_ahead
from formgen.build.build import build
from formgen.build.publish import read_manifest
from formgen.build.why import note_printed, papers_to_print_again, to_print_again
from formgen.graph.cache import Cache
from formgen.graph.code import code_with
from formgen.graph.task import digest_of
from formgen.outputs.making import inputs
from formgen.sources.odd_files import read_sound_stack
from formgen.workers.pool import this_process
from tests.support.tiny import KEPT, OMITTED, write_tiny


@pytest.mark.parametrize(
    ("known", "was", "now", "again"),
    [
        # Of a first build nothing is printed yet.
        ({}, {}, {"a": "1"}, {}),
        ({}, {"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "1"}),
        # A new paper.
        ({}, {"a": "1"}, {"a": "1", "b": "1"}, {"b": ""}),
        # It stays until it is printed, whatever else is built.
        ({"a": "1"}, {"a": "2", "b": "1"}, {"a": "2", "b": "2"}, {"a": "1", "b": "1"}),
        ({"a": "1"}, {"a": "2"}, {"a": "3"}, {"a": "1"}),
        # It is as it was printed again, or gone.
        ({"a": "1"}, {"a": "2"}, {"a": "1"}, {}),
        ({"a": "1"}, {"a": "2", "b": "1"}, {"b": "1"}, {}),
    ],
)
def test_a_paper_counts_until_it_is_printed_or_as_it_was(known, was, now, again):
    assert to_print_again(known, was, now) == again


@pytest.fixture
def machine(fonts, monkeypatch, tmp_path):
    """Give what builds a local, and what looks ahead, with one cache."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    cache, out = Cache(tmp_path / "cache"), tmp_path / "out"

    class Machine:
        def build(self, local):
            [report] = build([local], out, this_process(fonts), cache=cache)
            assert report.exit_code == 0
            entries = read_manifest(out / report.id)
            return {each.document: each.sha256 for each in entries if each.variant == "print"}

        def ahead(self, local):
            with this_process(fonts) as workers:
                return papers_ahead(local, out, workers, cache, code_with({}))

        def again(self, local):
            return papers_to_print_again(cache, out, local / "local.yaml")

        def printed(self, local):
            note_printed(cache, out, local / "local.yaml")

        def forget(self):
            shutil.rmtree(cache.folder)

    return Machine()


NEW = {"coordinator": {"name": "Rosa Diaz"}}


def test_what_a_build_would_change_is_known_before_it_and_kept_after_it(machine, tmp_path):
    local = write_tiny(tmp_path / "a")
    assert machine.ahead(local) == Ahead()
    before = machine.build(local)
    assert machine.ahead(local) == Ahead()
    assert machine.again(local) == ()

    write_tiny(local, NEW)
    ahead = machine.ahead(local)
    after = machine.build(local)

    changed = tuple(name for name in after if after[name] != before[name])
    assert 0 < len(changed) < len(KEPT)
    assert {*ahead.changed} == {*changed}
    assert (ahead.new, ahead.unknown) == ((), ())
    assert machine.ahead(local) == Ahead()
    # And after it, also if nothing more is changed.
    machine.build(local)
    assert {*machine.again(local)} == {*changed}
    machine.printed(local)
    assert machine.again(local) == ()


def test_what_is_changed_back_need_not_be_printed(machine, tmp_path):
    local = write_tiny(tmp_path / "a")
    machine.build(local)
    write_tiny(local, NEW)
    machine.build(local)
    assert machine.again(local)
    write_tiny(local)

    assert {*machine.ahead(local).changed} == {*machine.again(local)}
    machine.build(local)
    assert machine.again(local) == ()


def test_a_paper_that_was_left_out_is_new(machine, tmp_path):
    local = write_tiny(tmp_path / "a", {"documents": {"omit": [*OMITTED, KEPT[2]]}})
    machine.build(local)
    write_tiny(local)

    assert machine.ahead(local).new == (KEPT[2],)


def test_of_what_was_built_elsewhere_nothing_is_claimed(machine, tmp_path):
    local = write_tiny(tmp_path / "a")
    machine.build(local)
    machine.forget()
    write_tiny(local, NEW)

    ahead = machine.ahead(local)
    assert (ahead.changed, ahead.new, {*ahead.unknown}) == ((), (), {*KEPT})


def test_settings_that_are_changed_while_they_are_read_are_read_again(tmp_path, monkeypatch):
    local = write_tiny(tmp_path / "a") / "local.yaml"
    before, reads = local.read_bytes(), []

    def read_and_change(file):
        found = read_sound_stack(file)
        if not reads:
            write_tiny(tmp_path / "a", NEW)
        reads.append(file)
        return found

    monkeypatch.setattr(inputs, "read_sound_stack", read_and_change)
    _, own, hashes = inputs.read_local(inputs.LayerReader(), local)

    assert own.text("coordinator", "name") == "Rosa Diaz"
    assert hashes.files[0, "local.yaml"] == digest_of(local.read_bytes()) != digest_of(before)
    assert len(reads) == 2
