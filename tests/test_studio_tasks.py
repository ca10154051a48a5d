"""The page in the browser from beginning to end: a first kit, and what outlives a power cut."""

import contextlib
import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser import chromium
from tests.support.locals import write_local
from tests.support.pictures import bitmap
from tests.support.studio import running
from tests.support.tiny import PACKETS, write_tiny

pytestmark = pytest.mark.slow

ANSWERS = {
    "local.name": "Cedar Valley Support Staff",
    "local.short_name": "Cedar",
    "coordinator.name": "Rosa Diaz",
    "coordinator.phone": "555-0199",
}
# The papers of a small local in which its coordinator stands.
AGAIN = ["Letter of understanding (A6) also in P4"]


@pytest.fixture(scope="module")
def browser():
    expect.set_options(timeout=20_000)
    with chromium() as opened:
        yield opened
    expect.set_options(timeout=5_000)


@contextlib.contextmanager
def tab_of(browser, studio):
    """Give a tab in which the page was opened as the command opens it."""
    with contextlib.closing(browser.new_context()) as context:
        tab = context.new_page()
        tab.goto(studio.address)
        expect(tab).to_have_title(re.compile("Your locals"))
        yield tab


def answer_all(tab, answers):
    """Answer the questions for a new local, accept the rest, and write it."""
    while tab.locator("#summary").is_hidden():
        setting = tab.locator(".question:not([hidden])").get_attribute("data-setting")
        if setting in answers:
            tab.locator(f"[id='q-{setting}']").fill(answers[setting])
        tab.click("#next")
        expect(tab.locator(f".question[data-setting='{setting}']")).to_be_hidden()
    tab.click("#next")
    expect(tab).to_have_url(re.compile("/about$"))


def test_a_first_kit_with_a_mark_comes_from_an_empty_folder(browser, tmp_path):
    picture = tmp_path / "our mark.png"
    picture.write_bytes(bitmap(size=(300, 300)))
    home = tmp_path / "locals"
    home.mkdir()
    with running(home) as studio, tab_of(browser, studio) as tab:
        tab.click("text=Make a new local")
        answer_all(tab, ANSWERS)
        tab.click("nav >> text=Looks")
        tab.wait_for_url(re.compile("/looks$"))
        tab.set_input_files("input[data-file='brand.logo']", picture)
        expect(tab.locator("[id='i-brand.logo']")).to_have_value("logo.png")
        tab.click("nav >> text=Print")
        tab.click("#begin")
        expect(tab.locator("#progress-words")).to_contain_text("Done", timeout=240_000)
        with tab.expect_download() as coming:
            tab.click("a[download]")
        kit = zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes()))

    names = {name.partition("/")[2] for name in kit.namelist()}
    assert {"index.html", "print/manual.pdf", "fillable/mentor-application.pdf"} <= names
    assert {"packets/complete-manual.pdf", "web/welcome-mentee.html"} <= names
    kept = {".local.schema.json", "local.yaml", "logo.png"}
    assert {path.name for path in (home / "cedar").iterdir()} == kept


def test_a_power_cut_loses_nothing_but_the_last_second(browser, tmp_path):
    local = write_local(tmp_path / "locals" / "maple")
    with running(tmp_path / "locals") as studio, tab_of(browser, studio) as tab:
        tab.goto(f"{studio.home}/locals/maple/program")
        tab.locator("[id='i-meetings.frequency']").fill("twice a month")
        expect(tab.locator("#saved")).to_have_text("All is saved.")
        studio.process.kill()
        studio.process.wait()
    assert "twice a month" in local.read_text("utf-8")

    with running(tmp_path / "locals") as studio, tab_of(browser, studio) as tab:
        tab.goto(f"{studio.home}/locals/maple/program")
        expect(tab.locator("[id='i-meetings.frequency']")).to_have_value("twice a month")
    assert [path.name for path in local.parent.iterdir()] == ["local.yaml"]


def test_it_ends_at_once_in_the_middle_of_a_build(browser, tmp_path):
    write_local(tmp_path / "locals" / "maple")
    with running(tmp_path / "locals") as studio, tab_of(browser, studio) as tab:
        tab.goto(f"{studio.home}/locals/maple/print")
        tab.click("#begin")
        expect(tab.locator("#stop")).to_be_visible()

        assert studio.stop() in {0, 130}
    # Half a kit is no kit.
    assert not (tmp_path / "output" / "maple").exists()


def test_what_must_be_printed_again_is_told_before_and_after_and_the_day_after(browser, tmp_path):
    packet = {"packets": {"omit": [name for name in PACKETS if name != "pair"]}}
    local = write_tiny(tmp_path / "locals" / "maple", packet)
    with running(tmp_path / "locals") as studio, tab_of(browser, studio) as tab:
        tab.goto(f"{studio.home}/locals/maple/print")
        tab.click("#begin")
        expect(tab.locator("#outcome")).to_contain_text("Everything is new", timeout=60_000)
        expect(tab.locator("#again")).to_be_hidden()
        write_tiny(local, {**packet, "coordinator": {"name": "Rosa Diaz"}})
        tab.reload()
        expect(tab.locator("#ahead li")).to_have_text(AGAIN)
        tab.click("#begin")
        expect(tab.locator("#changed li")).to_have_text(AGAIN, timeout=60_000)
        expect(tab.locator("#ahead")).to_be_empty()

    with running(tmp_path / "locals") as studio, tab_of(browser, studio) as tab:
        tab.goto(f"{studio.home}/locals/maple/print")
        expect(tab.locator("#changed li")).to_have_text(AGAIN)
        # The paper, and the packet that holds it.
        expect(tab.locator(".sheets .is-changed")).to_have_count(2)
        tab.click("#printed")
        expect(tab.locator("#again")).to_be_hidden()
        tab.reload()
        expect(tab.locator("#again")).to_be_hidden()
