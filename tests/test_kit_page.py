"""The kit's own page in a browser: found by words, told by the day, used by keyboard alone."""

import contextlib

import pytest

from formgen.compose.pages import make_composer
from tests.support.browser import NARROW, WIDE, chromium, opened, violations
from tests.support.composed import files_listed, index_of
from tests.support.locals import resolved

DATES = {
    "applications_due": "2026-09-18",
    "matched_by": "2026-10-02",
    "exit_forms_due": "2027-06-04",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit-page")
    kit = resolved(folder, {"dates": DATES})
    files = files_listed(
        {f"{kind}/{each.id}.pdf": 1 for each in kit.documents for kind in ("print", "fillable")}
        | {f"web/{each.id}.html": 0 for each in kit.documents}
    )
    path = folder / "index.html"
    # The typefaces and pictures are put in later.
    html = index_of(make_composer(kit), files).replace('url("formgen:', 'local("formgen:')
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@contextlib.contextmanager
def page_on(browser, path, day, **more):
    with contextlib.closing(browser.new_context(viewport=WIDE, **more)) as context:
        context.clock.install(time=f"{day}T12:00:00")
        page, requests = opened(context, path)
        yield page
        assert requests == [path.as_uri()]


@pytest.mark.parametrize(
    ("day", "step", "next_day"),
    [
        ("2026-05-01", "1", "September\u00a018, 2026"),
        ("2026-09-01", "2", "September\u00a018, 2026"),
        ("2026-09-18", "2", "September\u00a018, 2026"),
        ("2026-09-19", "3", "October\u00a02, 2026"),
        ("2026-10-20", "4", "June\u00a04, 2027"),
        ("2027-01-15", "5", "June\u00a04, 2027"),
        ("2027-05-20", "6", "June\u00a04, 2027"),
    ],
)
def test_what_comes_next_follows_the_day(day, step, next_day, browser, page_file):
    with page_on(browser, page_file, day) as page:
        assert page.locator(".is-now").get_attribute("data-step") == step
        assert page.locator(".here:visible").count() == 1
        assert page.locator(".days li:visible").first.inner_text().startswith(next_day)


def test_when_the_year_is_over_the_page_says_so(browser, page_file):
    with page_on(browser, page_file, "2027-07-01") as page:
        assert page.locator(".is-now").count() == page.locator(".days li:visible").count() == 0
        assert page.locator(".over").is_visible()


def test_a_paper_is_found_by_title_code_and_purpose_with_the_keyboard_alone(browser, page_file):
    with page_on(browser, page_file, "2026-09-01") as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "find"
        page.keyboard.type("f8")
        assert page.locator(".paper:visible b").all_inner_texts() == ["Attendance record"]
        assert page.locator(".found").inner_text() == "1 page was found."
        page.keyboard.press("Enter")
        while page.evaluate("!document.activeElement.matches('a.first')"):
            page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('href')")
        assert focused == "print/attendance-record.pdf"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "screen"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator(".paper:visible .more ul").is_visible()


def test_without_its_script_the_page_is_whole(browser, page_file):
    with page_on(browser, page_file, "2026-09-01", java_script_enabled=False) as page:
        assert page.locator(".find").is_hidden()
        papers = page.locator(".paper")
        assert papers.count() > 35
        assert page.locator(".paper:visible").count() == papers.count()
        assert page.locator(".days li:visible").count() == len(DATES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, {"width": 390, "height": 800}, WIDE], ids=str)
def test_the_page_is_accessible_and_no_wider_than_the_window(scheme, size, browser, page_file):
    with page_on(browser, page_file, "2026-09-01", color_scheme=scheme) as page:
        page.set_viewport_size(size)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
