"""Many locals in one build: found below folders, told apart, and listed on a page of their own."""

import contextlib
import datetime as dt
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from formgen.build.locals import locals_below
from formgen.build.prune import prune
from formgen.build.publish import describe, manifest_bytes, write_file
from formgen.build.report import KitReport
from formgen.build.state_page import publish_state
from formgen.cli import program as formgen
from formgen.compose.state_page import MARK
from formgen.findings import ExitCode
from formgen.folder_lock import wait_silently
from formgen.sources.layers import base_layer
from tests.support.browser import NARROW, TOOLS, chromium, needed, opened, program, violations
from tests.support.locals import write, write_local
from tests.support.tiny import write_tiny

OUT = Path("output")
PACKS = base_layer().folder / "content" / "packs"
PLEDGE = "content/en/pledges/mentor-pledge.yaml"
WEB = ("--variant", "web")
EARLIER = dt.datetime(2026, 9, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
def run(fonts, monkeypatch, tmp_path):
    """Give the command line, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def say(*arguments):
        return CliRunner().invoke(formgen, [str(argument) for argument in arguments])

    return say


# --- Found below folders


def test_locals_are_found_below_a_folder_whatever_its_depth(tmp_path):
    for name in ("b", "a", "north/c", "north/d/deeper"):
        write_local(tmp_path / name)
    for name in (".hidden/e", "packs/sample/f", "output/g", "a/inside-a-local"):
        write_local(tmp_path / name)
    (tmp_path / "empty").mkdir()

    found = locals_below([tmp_path], tmp_path / "output")

    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        *("a", "b", "north/c", "north/d/deeper"),
    ]


def test_a_local_that_is_named_twice_is_built_once(tmp_path):
    local = write_local(tmp_path / "a").parent

    assert locals_below([local, tmp_path, local], tmp_path / "out") == [local]


@pytest.mark.parametrize("name", ["nothing", "empty", "a/local.yaml", "x" * 300])
def test_what_holds_no_local_stays_as_it_was_named(name, tmp_path):
    write_local(tmp_path / "a")
    (tmp_path / "empty").mkdir()

    assert locals_below([tmp_path / name], tmp_path / "out") == [tmp_path / name]


# --- Told at the end


@pytest.fixture
def three(run):
    """Build one local as it should be, one with a broken document and one that is broken."""
    write_tiny(Path("state/good"), {"edition": "2027.1"})
    partly = write_tiny(Path("state/partly"))
    write(partly / PLEDGE, "lead: '{{ nobody }}'\n")
    write_local(Path("state/bad"), "formgen: 1\nid: bad\n")
    return lambda *more: run("build", "state", *WEB, *more)


def test_the_table_names_each_local_with_what_became_of_it(three):
    said = three()

    assert said.exit_code == ExitCode.SOME_FAILED
    lines = [line for line in said.stdout.splitlines() if not line.startswith("Done")]
    assert [re.split(r"  +", line) for line in lines[1:4]] == [
        [str(Path("state/bad/local.yaml")), "-", "failed", "-", "2 errors", "-"],
        ["good", "2027.1", "built", "4", "-", "-"],
        ["partly", lines[3].split()[1], "partly", "3", "1 error", "1"],
    ]
    assert lines[4] == f"  open {OUT / 'index.html'}"


def test_json_says_what_the_table_says(three):
    said = three("--json")
    locals_ = json.loads(said.stdout)["locals"]

    assert [(each["id"], each["state"], each["overlays"]) for each in locals_] == [
        ("", "failed", []),
        ("good", "built", []),
        ("partly", "partly", [PLEDGE]),
    ]
    assert locals_[1]["edition"] == "2027.1"
    assert {finding["code"] for finding in locals_[2]["findings"]} == {"undefined"}


def test_the_page_of_the_state_says_what_the_table_says(three, tmp_path):
    three()
    page = (OUT / "index.html").read_text(encoding="utf-8")

    assert re.findall(r'<tr class="is-(\w+)"', page) == ["failed", "partly", "built"]
    assert re.findall(r'<a href="(\w+/index.html)">', page) == [
        "partly/index.html",
        "good/index.html",
    ]
    assert "2027.1" in page
    assert "1 file of its own" in page
    assert "is missing. " in page
    for raw in (PLEDGE, "error[", "local.yaml:1:1", str(tmp_path)):
        assert raw not in page


def test_the_page_says_when_each_kit_was_last_changed(three):
    three()
    os.utime(OUT / "good/manifest.json", (EARLIER.timestamp(), EARLIER.timestamp()))
    three()

    page = (OUT / "index.html").read_text(encoding="utf-8")

    days = re.findall(r'<td data-name="Built on">(?:<time datetime="([\d-]+)">)?([^<]*)<', page)
    today = dt.datetime.now().astimezone().date().isoformat()
    assert [day for day, _ in days] == ["", today, "2026-09-04"]
    assert (days[0][1], days[2][1]) == ("–", "September\u00a04, 2026")


def test_a_kit_of_an_earlier_build_is_still_led_to(three):
    three()
    write_local(Path("state/good"), "formgen: 1\nid: good\n")
    three()
    page = (OUT / "index.html").read_text(encoding="utf-8")

    assert '<a href="good/index.html">' in page
    assert page.count("The kit of an earlier build is still there.") == 1


def test_a_second_build_finds_nothing_changed(three):
    three()
    states = [each["state"] for each in json.loads(three("--json").stdout)["locals"]]

    assert states == ["failed", "unchanged", "partly"]


def names_on_page():
    page = (OUT / "index.html").read_text(encoding="utf-8")
    return re.findall(r'<tr class="is-(\w+)"[^>]*>\s*<th scope="row"><a href="([\w-]+)/', page)


def test_a_build_of_one_local_writes_the_page_and_drops_no_other(three):
    three()
    write_tiny(Path("other/late"), {"local": {"name": "Zoo"}})

    CliRunner().invoke(formgen, ["build", "other", *WEB])

    assert names_on_page() == [("partly", "partly"), ("kept", "good"), ("built", "late")]
    page = (OUT / "index.html").read_text(encoding="utf-8")
    assert "nobody" in page  # which is what was found when that one was built
    assert "1 file of its own" in page


def test_one_local_alone_has_the_page_too(run):
    write_tiny(Path("state/a"))
    run("build", "state", *WEB)

    assert names_on_page() == [("built", "a")]


@pytest.mark.parametrize("text", ["{", "[]", '{"id": "copy"}', '{"id": "x", "files": [1]}'])
def test_a_folder_that_holds_no_kit_is_passed_over(text, run):
    write_tiny(Path("state/a"))
    write(OUT / "strange/manifest.json", text)
    run("build", "state", *WEB)

    assert names_on_page() == [("built", "a")]


def test_a_thousand_kits_make_a_page_below_a_megabyte(tmp_path):
    for number in range(1000):
        facts = {
            "id": f"local-{number:04}",
            "name": f"Maple Creek Education Support Professionals, Local {number:04}",
            "edition": "Prairie State 2027.1 · Fall 2026",
        }
        write_file(
            tmp_path / facts["id"] / "manifest.json",
            manifest_bytes(facts, [describe("print/a.pdf", b"", document="a", variant="print")]),
        )
    write(tmp_path / "local-0000" / "index.html", "its page")

    assert publish_state([], tmp_path) == []

    data = (tmp_path / "index.html").read_bytes()
    assert data.count(b'<tr class="is-kept"') == 1000
    assert len(data) < 1_000_000


def test_the_page_is_in_the_name_and_the_colors_of_the_state_that_all_are_of(run, tmp_path):
    shutil.copytree(PACKS, tmp_path / "packs")
    write_tiny(tmp_path / "maple", {"extends": "prairie-state"})
    run("build", "maple", *WEB)
    of_a_state = (OUT / "index.html").read_text("utf-8")
    write_tiny(tmp_path / "oak")
    run("build", "oak", *WEB)
    of_nobody = (OUT / "index.html").read_text("utf-8")

    name = "Prairie State Education Association"
    assert f"<title>{name}: kits of all locals</title>" in of_a_state
    assert "--brand: #7a2e1d" in of_a_state
    assert name not in of_nobody
    assert "--brand: #7a2e1d" not in of_nobody


def test_a_page_that_formgen_did_not_make_stays(three):
    write(OUT / "index.html", "mine")
    said = three()

    assert (OUT / "index.html").read_text(encoding="utf-8") == "mine"
    assert "output/index.html: warning[not-ours]" in said.stderr


def test_the_cache_stays_within_its_bounds(run, monkeypatch, tmp_path):
    monkeypatch.setenv("FORMGEN_CACHE", str(tmp_path / ".cache"))
    monkeypatch.setattr("formgen.graph.cache.Cache.__init__.__defaults__", (20_000,))
    write_tiny(Path("state/a"))
    run("build", "state", "--jobs", 1)
    files = [path for path in (tmp_path / ".cache" / "made").rglob("*") if path.is_file()]

    assert 0 < sum(path.stat().st_size for path in files) <= 20_000


# --- One local's data in another's files


def test_files_of_one_local_never_hold_anothers_data(run):
    canaries = {}
    for name in ("a", "b"):
        canary = f"canary-of-{name}"
        canaries[name] = canary.encode()
        write_tiny(
            Path("state") / name,
            {
                "local": {"name": f"Local {canary}", "address": [canary]},
                "coordinator": {"name": f"Pat {canary}", "email": f"{canary}@example.org"},
                "program": {"name": f"Program {canary}"},
            },
        )
    said = run("build", "state", "--jobs", 1, "--large-print")
    assert said.exit_code == ExitCode.ALL_BUILT, said.stderr

    for name, other in (("a", "b"), ("b", "a")):
        files = [path for path in (OUT / name).rglob("*") if path.is_file()]
        texts = {path: text_of(path) for path in files}
        assert [path for path, text in texts.items() if canaries[other] in text] == []
        # They can be seen where they are.
        assert sum(canaries[name] in text for text in texts.values()) > len(files) / 2


def text_of(path):
    """Return all that a file holds, with the streams of a PDF laid open."""
    if path.suffix != ".pdf":
        return path.read_bytes()
    import pikepdf
    import pypdf

    words = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    with pikepdf.open(path) as pdf:
        streams = [each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        names = [str(each) for each in pdf.objects if not isinstance(each, pikepdf.Stream)]
    return b"\n".join([words.encode(), *streams, *(name.encode() for name in names)])


# --- The page in a browser


@pytest.mark.slow
def test_the_page_of_the_state_is_valid_whole_and_accessible(three):
    three()
    path = (OUT / "index.html").absolute()
    assert MARK in path.read_text(encoding="utf-8")
    java = [program("java"), "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    vnu = needed(TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar")
    command = [*java, "-jar", str(vnu), "--format", "json", "--exit-zero-always", str(path)]
    done = subprocess.run(command, capture_output=True, timeout=120)
    messages = json.loads(done.stderr)["messages"]
    assert [message["message"] for message in messages if message["type"] != "info"] == []

    with chromium() as browser, contextlib.closing(browser.new_context()) as context:
        page, requests = opened(context, path)
        page.reload()
        assert requests == [path.as_uri()] * 2
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, "color-contrast") == []
        # A kit is looked at when it is asked for, also from a disk.
        page.locator("button.look").first.click()
        expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
        page.locator("button.look").first.click()
        assert page.locator("iframe").count() == 0
        page.set_viewport_size(NARROW)
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


# --- Kits of locals that are gone


def write_kit(name, *files):
    """Write a kit with a manifest of these files."""
    entries = []
    for path in files:
        data = write(OUT / name / path, path).read_bytes()
        entries.append(describe(path, data))
    kit = {"id": name, "name": name, "edition": "1"}
    write_file(OUT / name / "manifest.json", manifest_bytes(kit, entries))


def report_of(name, place):
    return KitReport(Path(place), id=name)


def test_kits_whose_locals_are_gone_are_taken_away(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("here", "gone"):
        write_kit(name, "index.html", "print/a.pdf")
    write(OUT / "theirs/index.html", "not a kit")

    pruned = prune([report_of("here", "locals/here/local.yaml")], OUT, wait_silently)

    assert pruned == [(OUT / "gone", ())]
    assert sorted(each.name for each in OUT.iterdir()) == ["here", "theirs"]


def test_what_formgen_did_not_make_so_stays_and_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_kit("gone", "index.html", "print/a.pdf")
    write(OUT / "gone/print/a.pdf", "changed by hand")
    write(OUT / "gone/people/letter.pdf", "for Ana")

    [(_, kept)] = prune([], OUT, wait_silently)

    assert [each.relative_to(OUT / "gone").as_posix() for each in kept] == [
        "people/letter.pdf",
        "print/a.pdf",
    ]


def test_nothing_is_taken_away_while_a_local_cannot_be_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_kit("maybe", "index.html")

    assert prune([report_of("", "locals/broken/local.yaml")], OUT, wait_silently) == []
    assert (OUT / "maybe/manifest.json").is_file()


def test_a_local_alone_is_not_taken_for_all_that_there_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_local(tmp_path / "locals/a")

    said = CliRunner().invoke(formgen, ["build", "locals/a", "--prune"], standalone_mode=False)

    assert isinstance(said.exception, click.UsageError)
