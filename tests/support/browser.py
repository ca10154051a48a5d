"""A real browser for tests: Chromium without a screen, and what it asks of the network."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

TOOLS = Path(__file__).parents[1] / "tools" / "node_modules"
AXE = TOOLS / "axe-core" / "axe.min.js"
# WCAG 2.2 at A and AA is everything that these versions added up to.
AXE_TAGS = (
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    "best-practice",
)
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
WIDE: ViewportSize = {"width": 1100, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 640}
# A window of 1280 by 1024 at 400 %.
ENLARGED: ViewportSize = {"width": 320, "height": 256}


def needed(tool: Path) -> Path:
    """Return a file that the tests' own tools brought."""
    if not tool.is_file():
        pytest.fail(f"{tool} is missing: run npm ci in tests/tools, or python3 build.py test")
    return tool


def program(*names: str) -> str:
    """Return the first of some programs that this machine has."""
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.fail(f"{names[0]} is missing: python3 build.py test says how to install it")
    return found


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser; only one can run in a process at a time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program(*BROWSERS),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


def opened(context: BrowserContext, path: Path) -> tuple[Page, list[str]]:
    """Open a file; return its page, and every request that it makes from then on."""
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    return page, requests


def violations(page: Page, *only: str) -> list[str]:
    """Return what axe finds wrong on a page as it stands, by all our rules or by some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(needed(AXE).read_text(encoding="utf-8"))
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": AXE_TAGS}
    found = page.evaluate(
        "(options) => axe.run(options)", {"runOnly": run, "resultTypes": ["violations"]}
    )
    return [
        f"{rule['id']}: {rule['nodes'][0]['html']} ({len(rule['nodes'])})"
        for rule in found["violations"]
    ]
