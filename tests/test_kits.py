"""kits.py: a kit that would come out as it is stays as it is; of another, little is made."""

import dataclasses
import re
import shutil

import pytest

from formgen.build.build import build
from formgen.build.publish import MANIFEST, NEXT
from formgen.graph.cache import Cache
from formgen.outputs.base import EVERYTHING, Choice
from formgen.sources import layers
from formgen.sources.layers import BASE, Layer, base_layer
from formgen.workers.pool import this_process
from tests.support.counting import counting
from tests.support.locals import write
from tests.support.tiny import write_tiny

WEB = Choice(outputs=("web",))
PLEDGE = "content/en/pledges/mentor-pledge.yaml"


@pytest.fixture
def local(tmp_path):
    return write_tiny(tmp_path / "a")


@pytest.fixture
def states(fonts, monkeypatch, tmp_path):
    """Give what builds a local and returns what became of it."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def run(*locals_, choice=WEB, versions=(), out="out"):
        cache, place = Cache(tmp_path / "cache"), tmp_path / out
        reports = build(
            locals_, place, this_process(fonts), choice, cache=cache, versions=dict(versions)
        )
        return [report.state for report in reports]

    return run


def test_what_nobody_touched_is_left_alone(states, local, tmp_path):
    assert states(local) == ["built"]

    # When a file was read may change, and nothing else.
    def written():
        found = {path: path.stat() for path in (tmp_path / "out").rglob("*")}
        return {path: (each.st_ino, each.st_mtime_ns) for path, each in found.items()}

    before = written()

    assert states(local) == ["unchanged"]
    assert written() == before


def test_a_report_says_the_same_of_a_kit_that_was_left_alone(fonts, local, states, tmp_path):
    def reported():
        cache = Cache(tmp_path / "cache")
        out = tmp_path / "out"
        (report,) = build([local], out, this_process(fonts), WEB, cache=cache)
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

    def built(out, cache):
        seen.clear()
        (report,) = build(
            [local],
            out,
            this_process(fonts),
            progress=lambda *step: seen.append(step[2]),
            cache=cache,
        )
        assert report.findings == []
        files = [path for path in (out / "a").rglob("*") if path.is_file()]
        return {path.relative_to(out): path.read_bytes() for path in files}, report.built

    out = tmp_path / "out"
    write(local / PLEDGE, (base_layer().folder / PLEDGE).read_text(encoding="utf-8"))
    built(out, Cache(tmp_path / "cache"))
    text = (local / PLEDGE).read_text(encoding="utf-8")
    write(local / PLEDGE, re.sub("(?m)^lead: .*", "lead: Another lead.", text))
    files, entries = built(out, Cache(tmp_path / "cache"))
    composed = set(seen)
    (tmp_path / "fresh").mkdir()
    fresh_files, fresh_entries = built(tmp_path / "fresh", None)

    assert composed == {"a: mentor-pledge", "a: index", "a: manifest"}
    assert set(seen) > composed
    assert files == fresh_files
    assert sorted(entries, key=str) == sorted(fresh_entries, key=str)


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
        cache = Cache(tmp_path / "cache")
        out = tmp_path / "out"
        (report,) = build([folder], out, this_process(fonts), WEB, cache=cache)
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


# --- What is made


@pytest.fixture
def made(fonts, monkeypatch, tmp_path):
    """Give what builds a local and returns how much was composed and typeset for it."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    def run(local, out="out", choice=EVERYTHING):
        done = []

        cache, workers = Cache(tmp_path / "cache"), counting(fonts, done)
        (report,) = build([local], tmp_path / out, workers, choice, cache=cache)
        assert report.findings == []
        names = [work.do.__name__ for work in done]
        return {name: names.count(name) for name in ("compose_document", "typeset_page")}

    return run


def test_a_rebuild_with_nothing_changed_makes_nothing(made, local):
    assert made(local) == {"compose_document": 3, "typeset_page": 3}
    assert made(local) == {"compose_document": 0, "typeset_page": 0}


def test_a_changed_word_typesets_the_documents_that_show_it(made, local):
    made(local)
    pledge = (base_layer().folder / PLEDGE).read_text(encoding="utf-8")
    write(local / PLEDGE, re.sub("(?m)^lead: .*", "lead: Another lead.", pledge))

    # The pledge, to print and to fill in at once.
    assert made(local) == {"compose_document": 1, "typeset_page": 1}
    (local / PLEDGE).unlink()
    # Its web page was kept in the kit alone.
    assert made(local) == {"compose_document": 1, "typeset_page": 0}


def test_what_no_page_shows_typesets_nothing(made, local):
    pledge = (base_layer().folder / PLEDGE).read_text(encoding="utf-8")
    write(local / PLEDGE, pledge)
    made(local)
    write(local / PLEDGE, f"# A remark.\n{pledge}")

    # Its title stands one line lower, and any document may name it.
    assert made(local) == {"compose_document": 3, "typeset_page": 0}


def test_a_kit_that_is_gone_comes_back_from_what_was_made(made, local, tmp_path):
    made(local)
    shutil.rmtree(tmp_path / "out")

    # Web pages are composed again: they were kept in the kit alone.
    assert made(local)["typeset_page"] == 0
    assert (tmp_path / "out" / "a" / "web" / "mentor-pledge.html").is_file()


def test_a_cache_that_lost_anything_makes_it_anew(made, local, tmp_path):
    made(local)
    whole = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.is_file()}
    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    for number, path in enumerate(files):
        if number % 3 == 0:
            path.unlink()
        elif number % 3 == 1:
            path.write_bytes(path.read_bytes()[:-1])
    shutil.rmtree(tmp_path / "out")

    made(local)

    assert {path: path.read_bytes() for path in whole} == whole
