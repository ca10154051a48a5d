"""Forms in a browser: saved to a file and opened again, checked in words, printed as on paper."""

import contextlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from formgen.compose.pages import make_composer
from formgen.kit import Kit, resolve
from tests.support.browser import ENLARGED, NARROW, WIDE, chromium, opened, violations
from tests.support.composed import FORMATS, whole_page
from tests.support.locals import SAMPLES, write_local
from tests.support.overlays import document_of

pytestmark = pytest.mark.slow

MM = 96 / 25.4
# A form of our own with every type of field, most of them required.
OWN = {
    "local": {"name": "Test Local"},
    "edition": "2026.9",
    "forms": {
        "monthly-record": {
            "add": [
                {"name": "email", "type": "email", "label": "E-mail", "hint": "Yours.", "width": 3},
                {"name": "years", "type": "integer", "label": "Years", "width": 3},
                {"name": "since", "type": "date", "label": "Since", "required": True},
                {"name": "phone", "type": "phone", "label": "Phone", "default": "555-0100"},
                {
                    "name": "ways",
                    "type": "select_multiple",
                    "label": "Ways",
                    "required": True,
                    "or_other": True,
                    "choices": [
                        {"name": "a", "label": "By day"},
                        {"name": "b", "label": "By night"},
                    ],
                },
                {"name": "goals", "type": "multiline", "label": "Goals", "required": True},
                {
                    "name": "rating",
                    "type": "scale",
                    "label": "How was it?",
                    "required": True,
                    "choices": ["Bad", "Good", "Great"],
                },
                {
                    "name": "log",
                    "type": "table",
                    "label": "Log",
                    "rows": 2,
                    "columns": [
                        {"name": "what", "label": "What"},
                        {"name": "day", "label": "Day", "type": "date"},
                        {"name": "minutes", "label": "Minutes", "type": "integer"},
                    ],
                },
                {"name": "signed", "type": "signature", "label": "Signature", "required": True},
            ]
        }
    },
}
FORM = "monthly-record"
PRIVATE = "mentee-reflection"
HOSTILE = Path(__file__).with_name("samples") / "hostile" / "local.yaml"
SAMPLE = next(path for path in SAMPLES if path.parent.name == "riverbend-esp")
# Pages of every kind with something to fill in, and the sheets that each takes in the kit.
SHEETS = {
    "mentor-application": 2,
    "mentor-exit": 1,
    "attendance-record": 2,
    "letter-of-understanding": 2,
    "welcome-mentee": 1,
    "certificate-of-completion": 1,
}
# An answer to each question of our own form, and what the file says of it.
ANSWERS = {
    "mentor": "Łukasz “Pat” O’Hara </script>",
    "month": "october",
    "email": "pat@example.org",
    "years": "12",
    "since": "2026-10-08",
    "phone": "",
    "ways": ["a", "other"],
    "ways__text": "By mail",
    "goals": "First line\n\n  third line, and a tab\t.",
    "rating": "2",
    "log_1_what": "Lunch\ntwice",
    "log_2_day": "2026-11-01",
    "log_2_minutes": "45",
    "signed": "Pat",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def context(browser):
    with contextlib.closing(browser.new_context(viewport=WIDE, locale="en-US")) as context:
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Give the web pages of three locals: our own, a sample and a hostile one."""
    folder: Path = tmp_path_factory.mktemp("pages")
    own = resolve(write_local(folder, OWN))
    write_pages(own, folder / "own", FORM, PRIVATE, "start-up-notice", "manual")
    write_pages(resolve(SAMPLE), folder / "sample", *SHEETS)
    write_pages(resolve(HOSTILE), folder / "hostile", FORM)
    return folder


def write_pages(kit: Kit, folder: Path, *names: str) -> None:
    folder.mkdir()
    composer = make_composer(kit)
    for name in names:
        html = composer.compose(document_of(kit, name), FORMATS["web"]).html
        (folder / f"{name}.html").write_text(whole_page(html), encoding="utf-8")


@pytest.fixture
def form(folder, context) -> Page:
    page, _ = opened(context, folder / "own" / f"{FORM}.html")
    return page


@pytest.fixture
def notes(folder, context) -> Page:
    page, _ = opened(context, folder / "own" / f"{PRIVATE}.html")
    return page


def button(page: Page, name: str, *, bar: str = ".tools"):
    return page.locator(bar).get_by_role("button", name=name, exact=True)


def fill(page: Page, answers) -> None:
    for name, answer in answers.items():
        control = page.locator(f"[name='{name}']")
        if control.first.get_attribute("type") in {"radio", "checkbox"}:
            for value in [answer] if isinstance(answer, str) else answer:
                page.locator(f"[name='{name}'][value='{value}']").check()
        else:
            control.fill(answer)


# What a person sees in each question, read from the controls and not from formgen's script.
STATE = """() => Object.fromEntries(
  [...document.querySelectorAll("main input, main textarea")].map((box) => [
    box.id, /radio|checkbox/.test(box.type) ? box.checked : box.value
  ]))"""


def state(page: Page):
    return page.evaluate(STATE)


def said(page: Page, *, bar: str = ".tools") -> str:
    return "\n".join(page.locator(f"{bar} .said :is(p, li)").all_inner_texts())


def save(page: Page) -> tuple[str, str]:
    """Save; return the name of the file and its text."""
    with page.expect_download() as download:
        button(page, "Save to a file").click()
    return download.value.suggested_filename, download.value.path().read_text(encoding="utf-8")


def open_text(page: Page, text: str, name: str = "any.json") -> str:
    """Open a file with some text; return what the page says then."""
    before = page.evaluate("document.querySelector('.tools .said').innerHTML = ''")
    with page.expect_file_chooser() as chooser:
        button(page, "Open a file").click()
    chooser.value.set_files({"name": name, "mimeType": "", "buffer": text.encode()})
    page.wait_for_function(
        "(before) => document.querySelector('.tools .said').innerHTML !== before", arg=before
    )
    return said(page)


def saved(values, **changes) -> str:
    """Return a file of our own form, with some changes to what stands around the answers."""
    marks = {"formgen": 1, "form": FORM, "local": "test-local", "edition": "2026.9"}
    return json.dumps({**marks, "values": values, **changes})


def leaves_quietly(page: Page) -> bool:
    return bool(page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true}))"))


def outside(requests: list[str]) -> list[str]:
    return [url for url in requests if not url.startswith(("data:", "blob:"))]


# --- Saved and opened ----------------------------------------------------------------------


def test_what_was_saved_comes_back_and_no_request_leaves(folder, context):
    page, requests = opened(context, folder / "own" / f"{FORM}.html")
    fill(page, ANSWERS)
    filled = state(page)
    name, text = save(page)

    assert name == f"{FORM}.json"
    assert json.loads(text) == {
        "formgen": 1,
        "form": FORM,
        "local": "test-local",
        "edition": "2026.9",
        "values": {name: answer for name, answer in ANSWERS.items() if answer},
    }
    assert text.startswith('{\n  "formgen": 1,\n')
    assert text.endswith("}\n")

    other, more = opened(context, folder / "own" / f"{FORM}.html")
    assert state(other) != filled
    assert open_text(other, text, name) == "Your answers from the file are on the page again."
    assert state(other) == filled
    assert outside(requests + more) == [page.url] * 2
    assert page.url == other.url == (folder / "own" / f"{FORM}.html").as_uri()


TYPED = {"email": "a@example.org", "date": "2026-10-08", "text": "Typed", "tel": "555-0142"}


@pytest.mark.parametrize(
    "document",
    [
        "mentor-application",
        "letter-of-understanding",
        "welcome-mentee",
        "certificate-of-completion",
    ],
)
def test_every_answer_of_a_sample_comes_back(document, folder, context):
    path = folder / "sample" / f"{document}.html"
    page, requests = opened(context, path)
    for number, box in enumerate(page.locator("main :is(input, textarea)").all()):
        kind = box.get_attribute("type") or "text"
        if kind in {"radio", "checkbox"}:
            box.check()
        else:
            box.fill(str(number) if box.get_attribute("pattern") else TYPED[kind])
    filled = state(page)
    _, text = save(page)
    page.goto(path.as_uri())
    open_text(page, text)

    assert state(page) == filled
    assert filled
    assert outside(requests) == [path.as_uri()] * 2


def test_a_file_has_no_place_for_what_was_not_answered(form):
    _, text = save(form)

    assert json.loads(text)["values"] == {"phone": "555-0100"}


def test_opening_a_file_empties_what_it_does_not_answer(form):
    open_text(form, saved({"email": "pat@example.org"}))

    assert form.locator("#field-email").input_value() == "pat@example.org"
    assert form.locator("#field-phone").input_value() == ""


OTHER_FORM = "That file is of another form, "
OTHER_EDITION = "That file is of another edition of this form, "


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            saved({}, form="mentor-exit"),
            f"{OTHER_FORM}“mentor-exit”. This form is “{FORM}”.",
        ),
        (
            saved({}, local="riverbend-esp"),
            "That file is from another local, “riverbend-esp”. This form is from “test-local”.",
        ),
        (
            saved({}, edition="2025.1"),
            f"{OTHER_EDITION}“2025.1”. This page is of the edition “2026.9”.",
        ),
        (
            saved({}, form="<img src=x onerror=alert(1)>\u202e{ours}"),
            f"{OTHER_FORM}“<img src=x onerror=alert(1)>{{ours}}”. This form is “{FORM}”.",
        ),
    ],
    ids=["form", "local", "edition", "hostile"],
)
def test_a_file_that_does_not_belong_here_is_refused_and_changes_nothing(text, sentence, form):
    fill(form, {"email": "pat@example.org", "month": "may"})
    before = state(form)
    pictures = form.locator("img").count()

    assert open_text(form, text) == f"{sentence} Nothing here was changed."
    assert state(form) == before
    assert form.locator("img").count() == pictures
    assert not leaves_quietly(form)


DEEP = '{"formgen": 1, "values": ' + "[" * 200_000 + "]" * 200_000 + "}"
NEVER_SAVED = (
    *("", "Dear Pat", "null", "[]", "{}", DEEP),
    *(saved({}, formgen=2), saved([]), saved(None)),
    *(saved({}, form={"toString": 1}), saved({}, edition=None)),
    saved({"email": "a" * 1_000_000}),
)


def test_a_file_that_no_form_saved_is_refused_and_changes_nothing(form):
    fill(form, {"email": "pat@example.org", "month": "may"})
    before = state(form)

    assert {open_text(form, text) for text in NEVER_SAVED} == {
        "That is not a file saved from a form like this. Nothing here was changed."
    }
    assert state(form) == before


@pytest.mark.parametrize(
    ("values", "lost"),
    [
        ({"email": "pat@example.org"}, ""),
        ({"fax": "1"}, "One answer in the file has no place here, so it was left out."),
        (
            {"fax": "1", "__proto__": {"polluted": 1}, "constructor": "x", "toString": []},
            "4 answers in the file have no place here, so they were left out.",
        ),
        ({"month": "smarch"}, "One answer in the file has no place here, so it was left out."),
        (
            {"email": ["a"], "since": "tomorrow", "ways": ["a", "z", {}], "goals": {"a": [1]}},
            "4 answers in the file have no place here, so they were left out.",
        ),
    ],
)
def test_answers_without_a_place_are_counted_and_not_dropped_in_silence(values, lost, form):
    sentences = ["Your answers from the file are on the page again.", lost]

    assert open_text(form, saved(values)).split("\n") == [one for one in sentences if one]
    assert form.evaluate("({}).polluted === undefined && Object.keys(Object.prototype).length") == 0
    assert "[object" not in json.dumps(state(form))


def test_typed_answers_are_replaced_only_if_the_person_agrees(form):
    asked = []

    def answer(dialog):
        asked.append(dialog.message)
        (dialog.accept if len(asked) > 1 else dialog.dismiss)()

    form.on("dialog", answer)
    fill(form, {"goals": "Mine"})
    with form.expect_event("dialog"), form.expect_file_chooser() as chooser:
        button(form, "Open a file").click()
        chooser.value.set_files(
            {"name": "a.json", "mimeType": "", "buffer": saved({"goals": "Theirs"}).encode()}
        )
    assert form.locator("#field-goals").input_value() == "Mine"

    open_text(form, saved({"goals": "Theirs"}))
    assert form.locator("#field-goals").input_value() == "Theirs"
    question = "The answers in the file will take the place of what is on this page now. Go on?"
    assert asked == [question] * 2


def test_a_hostile_local_s_files_are_its_own(folder, context):
    page, _ = opened(context, folder / "hostile" / f"{FORM}.html")
    page.locator("#field-added").fill("Typed")
    _, text = save(page)
    edition = resolve(HOSTILE).edition
    page.reload()

    assert json.loads(text)["edition"] == edition
    open_text(page, text)
    assert page.locator("#field-added").input_value() == "Typed"
    page.reload()
    assert f"This page is of the edition “{edition}”." in open_text(
        page, json.dumps({**json.loads(text), "edition": "1"})
    )


# --- Nothing is kept -----------------------------------------------------------------------


def test_a_page_keeps_nothing_that_is_typed(form, context):
    facts = """async () => [
      localStorage.length, sessionStorage.length, document.cookie, history.length,
      JSON.stringify(history.state), location.href, (await indexedDB.databases()).length, name,
    ]"""
    before = form.evaluate(facts)
    fill(form, ANSWERS)
    save(form)
    button(form, "Check my answers").click()

    assert form.evaluate(facts) == before
    assert context.storage_state() == {"cookies": [], "origins": []}
    form.reload()
    assert {value for value in state(form).values() if isinstance(value, str)} == {"", "555-0100"}
    assert True not in state(form).values()


def test_leaving_is_asked_about_only_while_something_typed_is_nowhere_else(form):
    assert leaves_quietly(form)
    form.locator("#field-goals").fill("Mine")
    assert not leaves_quietly(form)
    _, text = save(form)
    assert leaves_quietly(form)
    form.locator("#field-goals").fill("Mine too")
    assert not leaves_quietly(form)
    form.on("dialog", lambda dialog: dialog.accept())
    open_text(form, text)
    assert leaves_quietly(form)


def test_a_private_page_saves_only_when_the_person_asks_and_agrees(notes):
    risk = notes.get_by_text("anyone can open a saved file and read what you wrote")
    assert notes.get_by_role("button", name="Save to a file").count() == 0
    assert not risk.is_visible()
    assert "yours alone" in notes.locator(".tools > p").inner_text()

    notes.get_by_text("Would you like to save it?").click()
    assert risk.is_visible()
    assert notes.get_by_role("button", name="Save to a file").count() == 0

    notes.get_by_role("button", name="I understand, let me save it").press("Enter")
    assert notes.evaluate("document.activeElement.textContent") == "Save to a file"
    notes.locator("main textarea").first.fill("My own")
    name, text = save(notes)
    assert name == f"{PRIVATE}.json"
    notes.reload()
    assert notes.get_by_role("button", name="Save to a file").count() == 0
    open_text(notes, text)
    assert notes.locator("main textarea").first.input_value() == "My own"


def test_what_a_page_says_of_keeping_differs_for_private_documents(form, notes):
    said_of = [page.locator(".tools > p").inner_text() for page in (form, notes)]

    assert "save it to a file or print it" in said_of[0]
    assert "save" not in said_of[1]
    assert form.locator("details").count() == 0


@pytest.mark.parametrize("document", ["start-up-notice", "manual"])
def test_pages_without_a_field_can_only_be_printed(document, folder, context):
    page, _ = opened(context, folder / "own" / f"{document}.html")

    assert set(page.get_by_role("button").all_inner_texts()) == {"Print"}


# --- Errors in words -----------------------------------------------------------------------


def problem_of(page: Page, name: str):
    problem = page.locator(f"#problem-{name}")
    return problem.inner_text() if problem.count() else None


@pytest.mark.parametrize(
    ("name", "wrong", "right", "sentence"),
    [
        ("email", "pat@", "pat@example.org", "An e-mail address looks like name@example.org."),
        ("years", "twelve", "12", "Please use figures alone, such as 45."),
        ("log_1_minutes", "1.5", "2", "Please use figures alone, such as 45."),
        ("goals", " ", "Some", "Please fill this in."),
        ("signed", " ", "Pat", "Please type your name, or sign on paper."),
    ],
)
def test_a_wrong_answer_is_said_in_words_beside_it_once_it_is_left(
    name, wrong, right, sentence, form
):
    box = form.locator(f"#field-{name}")
    hint = box.get_attribute("aria-describedby") or ""
    box.press_sequentially(wrong)
    assert problem_of(form, name) is None

    box.press("Tab")
    assert problem_of(form, name) == sentence
    assert box.get_attribute("aria-invalid") == "true"
    assert box.get_attribute("aria-describedby") == f"{hint} problem-{name}".strip()
    below = form.locator(f"#problem-{name}").bounding_box()
    assert below
    assert 0 <= below["y"] - sum(box.bounding_box()[side] for side in ("y", "height")) < 30
    assert form.get_by_role("alert").inner_text() == sentence

    box.fill(right)
    assert problem_of(form, name) is None
    assert box.get_attribute("aria-invalid") is None
    assert (box.get_attribute("aria-describedby") or "") == hint


def test_the_check_names_every_place_and_leads_to_it_by_keyboard_alone(form):
    address = form.url
    fill(form, {"month": "may", "email": "pat", "goals": "Some", "signed": "Pat"})
    form.locator("#field-since").press_sequentially("10")
    button(form, "Check my answers").press("Enter")

    assert said(form).split("\n") == [
        "5 places on the page may need another look. You can still use the page as it is.",
        "Mentor’s name – Please fill this in.",
        "E-mail – An e-mail address looks like name@example.org.",
        "Since – Part of this date is missing.",
        "Ways – Please choose at least one answer.",
        "How was it? – Please choose one answer.",
    ]
    assert form.evaluate("document.activeElement.className") == "said"
    form.keyboard.press("Tab")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    assert form.evaluate("document.activeElement.id") == "field-email"
    assert form.url == address
    for name, marked in (("ways", "input[name=ways]"), ("rating", "fieldset")):
        group = form.locator("fieldset", has=form.locator(f"#problem-{name}"))
        assert group.get_attribute("aria-describedby") == f"problem-{name}"
        inside = group if marked == "fieldset" else group.locator(marked)
        assert {one.get_attribute("aria-invalid") for one in inside.all()} == {"true"}

    fill(form, {**ANSWERS, "phone": "555"})
    assert form.locator(".problem").count() == 0
    button(form, "Check my answers").press("Enter")
    assert said(form) == "We looked at every answer, and all is well."


def test_a_required_box_need_not_be_every_box(form):
    form.locator("[name=ways][value=b]").check()

    button(form, "Check my answers").click()

    assert problem_of(form, "ways") is None
    assert problem_of(form, "month") == "Please choose one answer."


@pytest.mark.parametrize("bar", [".tools", ".foot"])
def test_a_half_filled_form_is_printed_and_saved_all_the_same(bar, form):
    form.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    form.locator("#field-goals").fill("Some")
    button(form, "Print", bar=bar).press("Enter")

    assert form.evaluate("window.printed") == 1
    assert said(form, bar=bar).startswith("6 places on the page may need another look.")
    assert form.evaluate("document.activeElement.dataset.do") == "print"

    with form.expect_download():
        button(form, "Save to a file", bar=bar).press("Enter")
    told = said(form, bar=bar).split("\n")
    assert told[0].startswith("Your answers are in the file monthly-record.json,")
    assert told[1].startswith("6 places on the page")
    assert form.evaluate("document.activeElement.dataset.do") == "save"


def test_without_a_script_the_browser_still_knows_what_is_required(folder, browser):
    with contextlib.closing(browser.new_context(java_script_enabled=False)) as context:
        page, _ = opened(context, folder / "own" / f"{FORM}.html")

        assert page.locator("button:visible, details:visible").count() == 0
        assert page.locator("#field-goals[required]").is_editable()
        assert page.locator("form[novalidate]").count() == 0


def test_with_a_script_no_bubble_of_the_browser_comes_up(form):
    assert form.evaluate("[...document.forms].map((one) => one.noValidate)") == [True]


# --- Seen in every way ---------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_errors_and_messages(scheme, form, notes):
    form.emulate_media(color_scheme=scheme)
    notes.emulate_media(color_scheme=scheme)
    form.locator("#field-email").fill("pat")
    button(form, "Check my answers").click()
    notes.get_by_text("Would you like to save it?").click()

    assert form.locator(".problem").count() == 8
    assert violations(form) == []
    assert violations(notes) == []


@pytest.mark.parametrize("size", [NARROW, ENLARGED], ids=["phone", "400 percent"])
def test_a_small_window_shows_everything_without_scrolling_sideways(size, form):
    form.set_viewport_size(size)
    form.locator("#field-log_1_minutes").fill("many")
    button(form, "Check my answers").click()

    assert form.evaluate("document.documentElement.scrollWidth") == size["width"]
    outside = form.evaluate(
        """(width) => [...document.querySelectorAll(
          "button, a, input, textarea, .problem, .said, label, legend")]
          .filter((one) => one.checkVisibility())
          .map((one) => one.getBoundingClientRect())
          .filter((box) => box.left < 0 || box.right > width)""",
        size["width"],
    )
    assert outside == []
    # Whatever has the focus is in sight.
    for _ in range(50):
        form.keyboard.press("Tab")
        top, bottom = form.evaluate(
            "(({top, bottom}) => [top, bottom])(document.activeElement.getBoundingClientRect())"
        )
        assert top < size["height"]
        assert bottom > 0


def test_forced_colours_leave_edges_and_marks(form):
    form.emulate_media(forced_colors="active")
    form.locator("[name=ways][value=a]").check()
    form.locator("[name=month][value=may]").check()
    form.locator("[name=rating][value='2']").check()
    edges = form.evaluate("""() => [...document.querySelectorAll(
      "main input, main .ruled textarea, main .log td, button:not([hidden])")]
      .map((one) => getComputedStyle(one.matches("td *") ? one.closest("td") : one))
      .filter((style) => parseFloat(style.borderTopWidth) < 1
        || style.borderTopColor === style.backgroundColor).length""")
    marks = form.evaluate("""() => [
      "[name=ways][value=a]", "[name=month][value=may]"
    ].map((box) => {
      const one = document.querySelector(box);
      const mark = getComputedStyle(one, "::before").backgroundColor;
      return mark !== getComputedStyle(one).backgroundColor && mark !== "rgba(0, 0, 0, 0)";
    })""")
    step = form.locator("[name=rating][value='2']").evaluate(
        "(one) => getComputedStyle(one).backgroundColor"
    )
    plain = form.locator("[name=rating][value='1']").evaluate(
        "(one) => getComputedStyle(one).backgroundColor"
    )

    assert edges == 0
    assert marks == [True, True]
    assert step != plain


# --- Printed -------------------------------------------------------------------------------


def pdf_of(page: Page) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def words_of(reader: pypdf.PdfReader) -> list[str]:
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


def test_what_is_typed_is_printed_whole_and_what_is_for_the_screen_is_not(form):
    lines = [f"line {number} of many words, so that it is long" for number in range(30)]
    wide = " ".join(f"long{number}" for number in range(40))
    fill(form, {**ANSWERS, "goals": "\n".join(lines), "signed": "", "log_1_what": "word " * 40})
    fill(form, {"school": wide, "ways__text": wide.upper()})
    button(form, "Check my answers").click()
    printed = " ".join(words_of(pdf_of(form)))

    assert [line for line in lines if line not in printed] == []
    assert printed.count("word word") >= 19
    # A letter that the page's typeface lacks comes from another one, and is read apart.
    together = "".join(printed.split())
    for typed in ("pat@example.org", "Łukasz", "long39", "LONG39"):
        assert typed in together
    for unseen in ("Save to a file", "Please type", "another look", "All documents", "not sent"):
        assert unseen not in printed


def test_every_printed_page_says_what_it_is_and_what_becomes_of_it(folder, context):
    page, _ = opened(context, folder / "sample" / "mentor-application.html")
    pages = words_of(pdf_of(page))

    assert len(pages) == 2
    for number, words in enumerate(pages, 1):
        assert f"Page {number} of 2" in words
        assert "Return to Luis Ortega" in words
        assert re.search(r"F3 Mentor application · Edition 20\d\d\.\d", words)


@pytest.mark.parametrize("document", SHEETS)
def test_an_empty_page_prints_on_as_many_sheets_as_the_pdf(document, folder, context):
    page, _ = opened(context, folder / "sample" / f"{document}.html")

    assert len(pdf_of(page).pages) == SHEETS[document]


def test_a_printed_page_has_room_to_write_and_boxes_to_tick(form):
    form.emulate_media(media="print")
    heights = form.evaluate("""() => Object.fromEntries(
      [".ruled i", ".log td", ".field > :is(input, .printed):not(:has(+ .printed))"]
      .map((place) => [place, Math.min(
        ...[...document.querySelectorAll(`main ${place}`)]
          .map((one) => one.getBoundingClientRect().height)
      )]))""")
    ticks = form.evaluate("""() => [...document.querySelectorAll("[type=checkbox], [type=radio]")]
      .map((one) => getComputedStyle(one)).filter((style) => parseFloat(style.borderTopWidth) < 1
        || style.printColorAdjust !== "exact").length""")

    assert {place: height for place, height in heights.items() if height < 8 * MM} == {}
    assert ticks == 0
    assert (
        form.locator(".ruled i").first.evaluate("(one) => getComputedStyle(one).borderBottomStyle")
        == "solid"
    )


def test_the_words_of_the_page_itself_are_plain(form):
    import textstat

    spoken = form.evaluate("""() => Object.entries(document.querySelector(".tools").dataset)
      .filter(([key]) => key.startsWith("say")).map(([, text]) => text).join(" ")""")

    assert textstat.flesch_kincaid_grade(spoken) <= 6
