"""Every web page of the sample locals: valid, whole, quiet, fillable, printable, accessible."""

import contextlib
import io
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from formgen.kit import resolve
from tests.support.browser import (
    BROWSERS,
    NARROW,
    TOOLS,
    WIDE,
    chromium,
    needed,
    opened,
    program,
    violations,
)
from tests.support.locals import SAMPLES
from tests.support.once import once

pytestmark = pytest.mark.slow

SAMPLE_IDS = [path.parent.name for path in SAMPLES]
VNU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Together these documents have every type of field.
FILLED = (
    "mentor-application",
    "mentee-application",
    "monthly-record",
    "attendance-record",
    "mentee-exit",
    "letter-of-understanding",
    "welcome-mentee",
    "certificate-of-completion",
)
INCHES = {"letter": (8.5, 11), "a4": (8.27, 11.69), "legal": (8.5, 14)}


@pytest.fixture(params=SAMPLE_IDS)
def kit(request, sample_kits):
    return sample_kits[request.param]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    with contextlib.closing(browser.new_context(viewport=WIDE)) as context:
        yield context


def pages_of(kit: Path) -> list[Path]:
    return [kit / "index.html", *sorted((kit / "web").glob("*.html"))]


# --- Valid --------------------------------------------------------------------------------


def test_every_page_is_valid_html(sample_kits):
    pages = [str(page) for kit in sample_kits.values() for page in pages_of(kit)]
    assert len(pages) > 70
    # A deep stack for long pages; and what Java could compile better is not worth its time.
    java = [program("java"), "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = [*java, "-jar", str(needed(VNU)), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, *pages], capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    messages = json.loads(done.stderr)["messages"]
    wrong = [
        f"{Path(message['url']).name}:{message.get('lastLine')}: {message['message']}"
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
        # The checker does not know that a policy may name a scheme; browsers do (see below).
        if not re.search(r"image “data:.*” blocked by “img-src”", message["message"])
    ]
    assert wrong == []


# --- Whole, quiet, narrow, accessible -------------------------------------------------------


@pytest.fixture
def visits(kit, shared_temp, browser):
    """Give what a browser meets on each page of a kit, visited once for the whole run."""

    def make(folder):
        with contextlib.closing(browser.new_context(viewport=WIDE)) as context:
            # One tab for all pages, since opening one takes longer than most of what is asked.
            page = context.new_page()
            met = {path.name: visit(page, path) for path in pages_of(kit)}
        (folder / "visits.json").write_text(json.dumps(met), encoding="utf-8")

    folder = once(shared_temp / f"visits-{kit.name}", make)
    return json.loads((folder / "visits.json").read_text(encoding="utf-8"))


def visit(page: Page, path: Path):
    requests: list[str] = []
    said: list[str] = []
    listeners: dict[str, Any] = {
        "request": lambda request: requests.append(request.url),
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        # What the page before holds would be asked about on leaving it.
        "dialog": lambda dialog: dialog.accept(),
    }
    # Playwright types each event by itself.
    tab: Any = page
    for event, listener in listeners.items():
        tab.on(event, listener)
    page.goto(path.as_uri())
    wrong = violations(page)
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark: {violation}" for violation in violations(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    field = page.locator(":is([type=text], [type=email], [type=tel]):not([readonly])").first
    if field.count():
        field.focus()
        page.keyboard.type("Pat")
        page.keyboard.press("Enter")
    met = {
        "requests": [url for url in requests if not url.startswith("data:")],
        "said": said,
        "violations": wrong,
        "width": width,
        "typed": field.input_value() if field.count() else None,
        "blank": page.evaluate("[...document.images].filter((one) => !one.naturalWidth).length"),
        "address": page.url,
    }
    page.goto("about:blank")
    for event, listener in listeners.items():
        tab.remove_listener(event, listener)
    page.set_viewport_size(WIDE)
    return met


def test_pages_ask_for_nothing_and_send_nothing(kit, visits):
    assert len(visits) == len(pages_of(kit))
    for path in pages_of(kit):
        met = visits[path.name]
        # Once when it was opened, and not when Enter was pressed.
        assert met["requests"] == [path.as_uri()], path.name
        assert met["address"] == path.as_uri(), path.name
        assert met["typed"] in {"Pat", None}, path.name


def test_nothing_on_a_page_is_missing_or_refused(visits):
    assert {name: met["said"] for name, met in visits.items() if met["said"]} == {}
    assert [name for name, met in visits.items() if met["blank"]] == []


def test_no_page_scrolls_sideways_on_a_phone(visits):
    wide = {name: met["width"] for name, met in visits.items() if met["width"] > NARROW["width"]}
    assert wide == {}


def test_axe_finds_nothing_wrong_by_day_or_in_the_dark(visits):
    assert {name: met["violations"] for name, met in visits.items() if met["violations"]} == {}


# --- Filled in ----------------------------------------------------------------------------

# What is typed into each type of control, and what it then holds.
TYPED = {
    "text": ("Pat O’Hara-Łukasz", "Pat O’Hara-Łukasz"),
    "textarea": ("Two lines", "Two lines"),
    "email": ("pat@example.org", "pat@example.org"),
    "tel": ("555-0142", "555-0142"),
    "date": ("10082026", "2026-10-08"),
    "time": ("0430PM", "16:30"),
    "numeric": ("45", "45"),
}
FACTS = """const facts = (box) => ({
  id: box.id, name: box.name, tag: box.tagName,
  known: box.readOnly ? box.value : "",
  kind: box.tagName === "TEXTAREA" ? "textarea" : box.inputMode || box.type,
});"""
CONTROLS = "[...document.querySelectorAll('main input, main textarea, main select')].map(facts)"


def controls_of(page: Page):
    return page.evaluate(f"() => {{ {FACTS} return {CONTROLS}; }}")


def focused(page: Page):
    return page.evaluate(f"() => {{ {FACTS} return facts(document.activeElement); }}")


@pytest.mark.parametrize("document", FILLED)
def test_every_field_can_be_filled_by_keyboard(document, sample_kits, browser):
    # The language decides the order in which a date is typed.
    with contextlib.closing(browser.new_context(viewport=WIDE, locale="en-US")) as context:
        page, requests = opened(context, sample_kits["riverbend-esp"] / "web" / f"{document}.html")
        controls = controls_of(page)
        held: dict[str, object] = {}
        reached: set[str] = set()
        for _ in range(3 * len(controls) + 20):
            page.keyboard.press("Tab")
            box = focused(page)
            if box["tag"] not in {"INPUT", "TEXTAREA", "SELECT"} or box["id"] in held:
                # A date is three stops.
                if held and box["tag"] == "BODY":
                    break
                continue
            reached.add(box["name"])
            if box["kind"] in {"radio", "checkbox"}:
                page.keyboard.press("Space")
                held[box["id"]] = True
                continue
            typed, held[box["id"]] = TYPED[box["kind"]]
            if box["known"]:
                held[box["id"]] = box["known"]
            page.keyboard.type(typed)
        assert reached == {one["name"] for one in controls}
        for identity, value in held.items():
            control = page.locator(f'[id="{identity}"]')
            holds = control.is_checked() if value is True else control.input_value()
            assert holds == value, identity
        checkboxes = {one["id"] for one in controls if one["kind"] == "checkbox"}
        assert checkboxes <= set(held)
        assert len([url for url in requests if not url.startswith("data:")]) == 1


def test_the_filled_documents_have_every_type_of_field(sample_kits, context):
    kinds = set()
    for document in FILLED:
        page, _ = opened(context, sample_kits["riverbend-esp"] / "web" / f"{document}.html")
        kinds |= {control["kind"] for control in controls_of(page)}
    assert kinds == {*TYPED, "radio", "checkbox"}


# --- Printed ------------------------------------------------------------------------------


def test_a_page_prints_with_its_title_on_the_local_s_paper(kit, context):
    settings = resolve(next(path for path in SAMPLES if path.parent.name == kit.name)).settings
    wide, high = (side * 72 for side in INCHES[settings.paper])
    everything = [path.stem for path in pages_of(kit)[1:]]
    documents = everything if kit.name == "riverbend-esp" else FILLED[:1] + FILLED[-1:]
    page = context.new_page()
    for document in documents:
        path = kit / "web" / f"{document}.html"
        if not path.is_file():
            continue
        page.goto(path.as_uri())
        reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        title = page.title()
        assert reader.metadata
        assert reader.metadata.title == title, document
        assert title.endswith(f" – {settings.local.short_name}")
        words = " ".join(sheet.extract_text() for sheet in reader.pages)
        assert title.partition(" – ")[0].split()[0] in words
        box = reader.pages[0].mediabox
        size = (high, wide) if document.startswith("certificate-") else (wide, high)
        assert (float(box.width), float(box.height)) == pytest.approx(size, abs=2), document


def test_what_is_typed_is_printed(sample_kits, context):
    page, _ = opened(context, sample_kits["riverbend-esp"] / "web" / "mentor-application.html")
    page.locator("#field-name").fill("Xaverine Quilliam")
    page.locator("#field-expertise").fill("\n".join(f"skill {number}" for number in range(12)))
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    words = " ".join(sheet.extract_text() for sheet in sheets)
    for text in ("Xaverine", "skill 0", "skill 11"):
        assert text in words


def test_no_browser_is_left_to_chance():
    assert os.access(program(*BROWSERS), os.X_OK)
