"""unchanged.py: a kit is left alone if it would come out as it is, and only then."""

import dataclasses
import re
import shutil

import pytest

from formgen.pipeline.build import build
from formgen.pipeline.cache import Cache
from formgen.pipeline.jobs import EVERYTHING, Choice
from formgen.pipeline.publish import MANIFEST, NEXT
from formgen.pipeline.unchanged import Inputs, Unchanged
from formgen.pipeline.workers import this_process
from formgen.sources import layers
from formgen.sources.layers import BASE, Layer, base_layer
from tests.support.locals import write
from tests.support.tiny import write_tiny

WEB = Choice(variants=("web",))
PLEDGE = "content/en/pledges/mentor-pledge.yaml"


@pytest.fixture
def local(tmp_path):
    return write_tiny(tmp_path / "a")


@pytest.fixture
def states(fonts, monkeypatch, tmp_path):
    """Give what builds a local and returns what became of it."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def run(*locals_, choice=WEB, versions=(), out="out"):
        unchanged = Unchanged(Cache(tmp_path / "cache"), dict(versions))
        place = tmp_path / out
        reports = build(locals_, place, this_process(fonts), choice, unchanged=unchanged)
        return [report.state for report in reports]

    return run


def test_what_nobody_touched_is_left_alone(states, local, tmp_path):
    assert states(local) == ["built"]
    before = {path: path.stat() for path in (tmp_path / "out").rglob("*")}

    assert states(local) == ["unchanged"]
    assert {path: path.stat() for path in (tmp_path / "out").rglob("*")} == before


def test_a_report_says_the_same_of_a_kit_that_was_left_alone(fonts, local, states, tmp_path):
    def reported():
        unchanged = Unchanged(Cache(tmp_path / "cache"), {})
        out = tmp_path / "out"
        (report,) = build([local], out, this_process(fonts), WEB, unchanged=unchanged)
        return report

    first, second = reported(), reported()

    assert (first.unchanged, second.unchanged) == (False, True)
    assert dataclasses.replace(second, unchanged=False) == first


@pytest.mark.parametrize(
    "change",
    [
        lambda local: write_tiny(local, {"coordinator": {"phone": "555-0199"}}),
        lambda local: write(local / "content/en/words.yaml", "language: Other\n"),
        lambda local: write(local / "templates/styles/web.css", "p {}\n"),
        lambda local: write(local / "assets/new.svg", "<svg/>"),
        lambda local: write(local / "formgen.lock.txt", "new"),
    ],
)
def test_whatever_is_changed_or_added_builds_anew(change, states, local):
    states(local)
    change(local)

    assert [states(local), states(local)] == [["built"], ["unchanged"]]


def test_what_is_taken_away_builds_anew(states, local):
    own = write(local / PLEDGE, (base_layer().folder / PLEDGE).read_text(encoding="utf-8"))
    states(local)
    own.unlink()

    assert states(local) == ["built"]


def test_changed_words_of_a_document_compose_it_alone_and_give_the_same_kit(
    fonts, local, monkeypatch, tmp_path
):
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    seen = []

    def built(out, unchanged):
        seen.clear()
        (report,) = build(
            [local],
            out,
            this_process(fonts),
            progress=lambda *step: seen.append(step[2]),
            unchanged=unchanged,
        )
        assert report.findings == []
        files = [path for path in (out / "a").rglob("*") if path.is_file()]
        return {path.relative_to(out): path.read_bytes() for path in files}, report.built

    out = tmp_path / "out"
    write(local / PLEDGE, (base_layer().folder / PLEDGE).read_text(encoding="utf-8"))
    built(out, Unchanged(Cache(tmp_path / "cache"), {}))
    text = (local / PLEDGE).read_text(encoding="utf-8")
    write(local / PLEDGE, re.sub("(?m)^lead: .*", "lead: Another lead.", text))
    files, entries = built(out, Unchanged(Cache(tmp_path / "cache"), {}))
    composed = set(seen)
    (tmp_path / "fresh").mkdir()
    fresh_files, fresh_entries = built(tmp_path / "fresh", None)

    assert composed == {"a: mentor-pledge"}
    assert set(seen) > composed
    assert files == fresh_files
    assert sorted(entries, key=str) == sorted(fresh_entries, key=str)


@pytest.mark.parametrize("path", ["content/en/words.yaml", "content/en/program.yaml", "local.yaml"])
def test_what_documents_share_changes_all_of_them(path):
    contents = {"a": "letters/a.md", "b": "manual", "c": "forms/same", "d": "forms/same"}
    files = dict.fromkeys(
        [
            (0, "local.yaml"),
            *((1, f"content/en/{each}") for each in ("words.yaml", "program.yaml", "letters/a.md")),
            *((1, f"content/en/{each}") for each in ("manual/1.md", "manual/2.md", "forms/same")),
        ],
        "1",
    )

    def different(changed):
        keys = Inputs("rest", files).keys_of(contents)
        other = Inputs("rest", {**files, **dict.fromkeys(changed, "2")}).keys_of(contents)
        return [name for name in contents if keys[name] != other[name]]

    assert different([(int(path != "local.yaml"), path)]) == ["a", "b", "c", "d"]
    assert different([(1, "content/en/letters/a.md")]) == ["a"]
    assert different([(0, "content/en/letters/a.md")]) == ["a"]
    assert different([(1, "content/en/manual/2.md")]) == ["b"]
    assert different([(1, "content/en/forms/same")]) == ["a", "b", "c", "d"]


def test_a_logo_in_a_folder_of_its_own_counts(states, tmp_path):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="9"/>'
    local = write_tiny(tmp_path / "a", {"brand": {"logo": "pictures/logo.svg"}})
    write(local / "pictures/logo.svg", svg.format(9))
    states(local)
    write(local / "pictures/logo.svg", svg.format(8))

    assert states(local) == ["built"]


@pytest.mark.parametrize("name", ["web/mentor-pledge.html", "index.html", MANIFEST])
@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_file_that_is_harmed_is_mended(name, harm, states, local, tmp_path):
    states(local)
    path = tmp_path / "out" / "a" / name
    whole = path.read_bytes()
    path.unlink()
    if harm == "changed":
        path.write_bytes(whole[:-1])

    assert [states(local), states(local)] == [["built"], ["unchanged"]]
    assert path.read_bytes() == whole


def test_a_kit_whose_build_was_killed_is_built_anew(states, local, tmp_path):
    states(local)
    write(tmp_path / "out" / "a" / NEXT, "{}")

    assert states(local) == ["built"]


@pytest.mark.parametrize(
    "other", [{"choice": EVERYTHING}, {"versions": [("weasyprint", "71")]}, {"out": "elsewhere"}]
)
def test_another_choice_version_or_folder_builds_anew(other, states, local):
    states(local)

    assert states(local, **other) == ["built"]


def test_a_change_of_the_pack_builds_anew(states, local, monkeypatch, tmp_path):
    for name in ("content", "templates"):
        ignored = shutil.ignore_patterns("locals", "packs")
        shutil.copytree(base_layer().folder / name, tmp_path / "pack" / name, ignore=ignored)
    monkeypatch.setattr(layers, "base_layer", lambda: Layer(BASE, tmp_path / "pack"))
    assert [states(local), states(local)] == [["built"], ["unchanged"]]
    write(tmp_path / "pack" / "content" / "en" / "letters" / "new.md", "words")

    assert states(local) == ["built"]


def test_warnings_are_told_again_of_a_kit_that_was_left_alone(fonts, tmp_path):
    changes = {"program": {"governance": "joint", "basis": "association"}}
    local = write_tiny(tmp_path / "a", changes)

    def reported(folder):
        unchanged = Unchanged(Cache(tmp_path / "cache"), {})
        out = tmp_path / "out"
        (report,) = build([folder], out, this_process(fonts), WEB, unchanged=unchanged)
        return report

    first, second = reported(local), reported(local)
    moved = local.rename(tmp_path / "moved")
    third = reported(moved)

    assert [finding.code for finding in first.findings] == ["one-sided"]
    assert second.unchanged
    assert second.findings == first.findings
    # It is the same local in another place, and told of as it lies there.
    assert third.unchanged
    assert [finding.place.file for finding in third.findings] == [moved / "local.yaml"]


def test_a_kit_with_errors_is_built_again_so_that_they_are_told_again(states, local):
    write(local / PLEDGE, "lead: '{{ nobody }}'\n")

    assert [states(local), states(local)] == [["partly"], ["partly"]]


def test_a_second_local_of_the_same_id_is_refused_all_the_same(states, local, tmp_path):
    other = write_tiny(tmp_path / "b", {"id": "a"})
    states(local)

    assert states(local, other) == ["unchanged", "failed"]
