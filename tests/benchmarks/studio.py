"""Measure how soon the page in the browser is there, and shows what is typed, by its own clock.

    .venv/bin/python -m tests.benchmarks.studio

The times are from the last key to the changed web page of a letter, with the 100 ms that the page
waits for another key; to its printed page; and from the command to the answer. Between keys, the
page has time to save and to check, as when somebody thinks.
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from tests.support.browser import chromium
from tests.support.studio import running, until_drawn, until_shown

LOCAL = Path(__file__).resolve().parents[2] / "content" / "locals" / "riverbend-esp"
ROUNDS = 12
_THINKS_MS = 2500


def main() -> None:
    """Measure and print the median and the worst of each time, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "locals"
        shutil.copytree(LOCAL, home / "local")
        began = time.monotonic()
        with running(home) as studio, chromium() as browser:
            there = 1000 * (time.monotonic() - began)
            tab = browser.new_page(viewport={"width": 1280, "height": 900})
            tab.goto(studio.address)
            tab.goto(f"{studio.home}/locals/local/program")
            tab.select_option("#shown", "welcome-mentee")
            tab.wait_for_timeout(4000)
            screen = [_timed(tab, until_shown, f"every {number} weeks") for number in range(ROUNDS)]
            tab.click("#as-paper")
            tab.wait_for_timeout(4000)
            paper = [_timed(tab, until_drawn, f"every {number} days") for number in range(ROUNDS)]
    times = {"command to browser": [there], "key to screen": screen, "key to paper": paper}
    measured = {
        name: {"median": round(statistics.median(each)), "worst": round(max(each))}
        for name, each in times.items()
    }
    print(json.dumps(measured, indent=1))


def _timed(tab: Page, until, text: str) -> float:
    found: float = until(tab, "i-meetings.frequency", text)
    tab.wait_for_timeout(_THINKS_MS)
    return found


if __name__ == "__main__":
    main()
