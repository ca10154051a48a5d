"""Do three tasks in the page in the browser as a new user would, and say how long each takes.

    .venv/bin/python -m tests.benchmarks.tasks [FOLDER FOR PICTURES]

A script clicks and types. What it does is counted: clicks, keys, and the time that the machine
lets one wait. A person is taken to need 4 seconds for each click, with finding it and reading
what is there, 10 for each question that is read and left as it is proposed, and a third of a
second for each key. Nothing is in the cache, and the page was not open before.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, expect

from formgen.graph.cache import VARIABLE
from tests.support.browser import chromium
from tests.support.pictures import bitmap
from tests.support.studio import Running, running

CLICK, READ, KEY = 4.0, 10.0, 1 / 3
PATIENCE = 90_000
ANSWERS = {
    "local.name": "Cedar Valley Support Staff",
    "local.short_name": "Cedar",
    "local.president": "Kim Tran",
    "coordinator.name": "Rosa Diaz",
    "coordinator.phone": "555-0199",
}
PAIRS = "\n".join(
    [
        "Pairs of this year\t",
        "Mentee\tMentor",
        *(f"Ann Lee {letter}\tBo Ray {letter}" for letter in "ABCDEFGHIJKL"),
    ]
)


@dataclass
class Person:
    """Somebody at the page: what was clicked, typed, read and waited for."""

    tab: Page
    clicks: int = 0
    keys: int = 0
    read: int = 0
    waited: float = 0.0

    def click(self, what: str) -> None:
        """Click something."""
        self.clicks += 1
        self.tab.click(what)

    def fill(self, field: str, text: str) -> None:
        """Click into a field and type; what stands there is overwritten."""
        self.clicks += 1
        self.keys += len(text)
        self.tab.locator(field).fill(text)

    def wait(self, until: Callable[[], object]) -> None:
        """Wait for something."""
        began = time.monotonic()
        until()
        self.waited += time.monotonic() - began

    def seconds(self) -> float:
        """Return how long it takes in all."""
        return self.clicks * CLICK + self.read * READ + self.keys * KEY + self.waited


def first_kit(person: Person, studio: Running, folder: Path) -> None:
    """Make a kit with a logo from an empty folder."""
    tab = person.tab
    picture = folder / "our mark.png"
    picture.write_bytes(bitmap(size=(300, 300)))
    person.click("text=Make a new local")
    while tab.locator("#summary").is_hidden():
        setting = tab.locator(".question:not([hidden])").get_attribute("data-setting") or ""
        if setting in ANSWERS:
            person.fill(f"[id='q-{setting}']", ANSWERS[setting])
        else:
            person.read += 1
        person.click("#next")
        answered = f".question[data-setting='{setting}']"
        person.wait(partial(tab.wait_for_selector, answered, state="hidden"))
    person.click("#next")
    person.wait(lambda: tab.wait_for_url("**/about"))
    person.click("nav >> text=Looks")
    person.wait(lambda: tab.wait_for_url("**/looks"))
    # The button, and in the window of the system the file and its button.
    person.clicks += 3
    tab.set_input_files("input[data-file='brand.logo']", picture)
    logo = tab.locator("[id='i-brand.logo']")
    person.wait(lambda: expect(logo).to_have_value("logo.png", timeout=PATIENCE))
    person.click("nav >> text=Print")
    person.click("#begin")
    done = tab.locator("#progress-words")
    person.wait(lambda: expect(done).to_contain_text("Done", timeout=PATIENCE))


def print_again(person: Person, studio: Running, folder: Path) -> None:
    """Change the president's name and a due date: what must be printed again."""
    tab = person.tab
    person.click("text=Cedar Valley Support Staff")
    person.wait(lambda: tab.wait_for_url("**/about"))
    person.fill("[id='i-local.president']", "Lee Park")
    person.click("nav >> text=Dates")
    person.wait(lambda: tab.wait_for_url("**/dates"))
    person.fill("[id='i-dates.applications_due']", "2026-10-15")
    saved = tab.locator("#saved")
    person.wait(lambda: expect(saved).to_have_text("All is saved.", timeout=PATIENCE))
    person.click("nav >> text=Print")
    told = tab.locator("#ahead li").first
    person.wait(lambda: expect(told).to_be_visible(timeout=PATIENCE))
    person.read += 1
    print(json.dumps({"again": tab.locator("#ahead li").all_text_contents()}, indent=1))


def twelve_pairs(person: Person, studio: Running, folder: Path) -> None:
    """Make letters and certificates for twelve pairs of a spreadsheet with a title row."""
    tab = person.tab
    person.click("text=Cedar Valley Support Staff")
    person.wait(lambda: tab.wait_for_url("**/about"))
    person.click("nav >> text=People")
    person.wait(lambda: tab.wait_for_url("**/people"))
    # The spreadsheet: everything is marked and copied there, and pasted here.
    person.clicks += 2
    person.keys += 6
    tab.locator("#paste").fill(PAIRS)
    use = tab.locator("#save-list")
    person.wait(lambda: expect(use).to_be_visible(timeout=PATIENCE))
    person.click("#save-list")
    person.wait(lambda: expect(use).to_be_hidden(timeout=PATIENCE))
    person.wait(lambda: expect(tab.locator("#begin")).to_be_enabled())
    person.read += 1
    for box in tab.locator("#make input[name=documents]").all():
        if not (box.get_attribute("value") or "").startswith(("welcome", "certificate")):
            person.clicks += 1
            box.uncheck()
    person.click("#begin")
    done = tab.locator("#progress-words")
    person.wait(lambda: expect(done).to_contain_text("for 12 pairs", timeout=PATIENCE))


TASKS = {"first kit": first_kit, "print again": print_again, "twelve pairs": twelve_pairs}


def main() -> None:
    """Do the tasks one after the other; print what each took."""
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        os.environ[VARIABLE] = str(Path(folder) / "cache")
        home = Path(folder) / "locals"
        home.mkdir()
        for name, task in TASKS.items():
            with running(home) as studio:
                tab = browser.new_page(viewport={"width": 1280, "height": 900})
                tab.goto(studio.address)
                person = Person(tab)
                task(person, studio, Path(folder))
                if pictures:
                    tab.screenshot(path=pictures / f"{name}.png", full_page=True)
            took = {
                "clicks": person.clicks,
                "keys": person.keys,
                "read": person.read,
                "waited": round(person.waited, 1),
                "seconds": round(person.seconds()),
            }
            print(json.dumps({name: took}), flush=True)


if __name__ == "__main__":
    main()
