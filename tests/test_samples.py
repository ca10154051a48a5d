"""Whole small cases: a local in samples/, and the HTML that it must give, byte for byte.

`pytest tests/test_samples.py --rewrite-golden` writes what it gives now; read the difference.
"""

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from formgen.compose.index_page import KitFiles
from formgen.compose.pages import Composer, make_composer
from formgen.kit import resolve
from formgen.sources.layers import base_layer
from tests.support.composed import FORMATS, STANDING, compose_kit, files_listed, index_of, text_of

FOLDER = Path(__file__).with_name("samples")
LARGEST = 60_000
# The documents of each case whose HTML is kept.
CASES = {
    "minimal": (
        "print/mentor-application",
        "print/welcome-mentee",
        "print/certificate-of-completion",
        "web/mentee-reflection",
    ),
    "association-run": (
        "print/letter-of-understanding",
        "print/mentee-exit",
        "web/monthly-record",
        "index",
    ),
    "overlay": ("print/ride-along", "print/welcome-mentee", "web/ride-along", "index"),
    "state-pack": ("print/mentor-thank-you", "print/mentor-exit", "index"),
    "hostile": (
        "print/mentor-application",
        "print/letter-of-understanding",
        "print/certificate-of-appreciation",
        "web/monthly-record",
        "index",
    ),
}
PAGES = [pytest.param(case, page, id=f"{case}-{page}") for case in CASES for page in CASES[case]]


@cache
def composer(case: str) -> Composer:
    return make_composer(resolve(FOLDER / case / "local.yaml"))


def made(case: str, page: str) -> str:
    """Return a page of a case, without the style sheets and the script that all web pages share."""
    variant, _, name = page.partition("/")
    if page == "index":
        html = index_of(composer(case), listed(case))
    else:
        documents = {document.id: document for document in composer(case).kit.documents}
        html = composer(case).compose(documents[name], FORMATS[variant]).html
    faces = ("faces-titles.css", "faces-prose.css", "faces-sans.css")
    for style in ("web.css", "tokens.css", "index.css", *faces):
        html = html.replace(shared(style), f"/* {style} */\n")
    return re.sub(r"(?s)<script>.*?</script>", "<script>/* web.html.j2 */</script>", html)


@cache
def shared(style: str) -> str:
    path = base_layer().folder / "templates" / "styles" / style
    return path.read_text(encoding="utf-8")


def listed(case: str) -> KitFiles:
    """Return what the kit's own page lists if only PDFs to print could be made."""
    return files_listed({f"print/{each.id}.pdf": 1 for each in composer(case).kit.documents})


@pytest.mark.parametrize(("case", "page"), PAGES)
def test_a_case_gives_the_expected_page(case, page, request):
    html = made(case, page)
    expected = FOLDER / case / "expected" / f"{page}.html"
    if request.config.getoption("--rewrite-golden"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(html, encoding="utf-8")
    assert expected.is_file(), f"write {expected} with --rewrite-golden"
    assert html.splitlines() == expected.read_text(encoding="utf-8").splitlines()
    assert html == expected.read_text(encoding="utf-8")
    assert len(html.encode()) < LARGEST


def test_no_expected_page_is_left_over():
    kept = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/expected/**/*.html")}
    assert kept == {
        f"{case}/expected/{page}.html" for case, pages in CASES.items() for page in pages
    }
    cases = {path.parent.name for path in FOLDER.glob("*/local.yaml")}
    assert cases == set(CASES)


# --- What the kept pages alone do not show ------------------------------------------------


@cache
def hostile_values() -> list[str]:
    """Return every text of the hostile local, settings of forms included."""
    tree = yaml.load(
        (FOLDER / "hostile" / "local.yaml").read_text(encoding="utf-8"),
        yaml.BaseLoader,  # noqa: S506  (every value is text)
    )

    def walk(node):
        if isinstance(node, dict):
            node = list(node.values())
        if isinstance(node, list):
            for item in node:
                yield from walk(item)
        elif "7*7" in node:
            yield node

    return sorted(walk(tree))


# Texts that are not free: ids, choices, figures, dates, colours, addresses.
PLAIN = {
    *("formgen", "id", "language", "paper", "extends"),
    *(
        "local.article",
        "local.website",
        "brand.logo",
        "brand.partner_logo",
        "brand.cover",
        "brand.primary",
        "brand.accent",
        "brand.look",
        "brand.typeface",
        "brand.typeface.voice",
        "brand.typeface.file",
        "brand.typeface.bold",
        "brand.typeface.italic",
        # Of a picture that it does not have.
        "brand.cover_alt",
    ),
    *("program.school_year", "program.basis", "program.governance", "program.state_kind"),
    *("program.unit", "program.pilot.scope"),
    *("dates.applications_due", "dates.matched_by", "dates.exit_forms_due"),
    *("events.date", "events.time", "events.for"),
    *(
        "mentors.membership",
        "mentors.retirees",
        "mentors.interview",
        "mentees.interview",
        "mentees.eligible",
    ),
    *("compensation", "attendance.purpose", "archive.documents", "online_site.url"),
    *("forms.monthly-record.add.after", "forms.monthly-record.add.name"),
    *("forms.monthly-record.add.type", "forms.monthly-record.add.choices.name"),
}


def texts_in(node, path: str = ""):
    """Yield every text of the settings with its dotted name."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from texts_in(value, f"{path}.{key}" if path else key)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from texts_in(value, path)
    elif isinstance(node, str):
        yield path, node


def test_every_free_text_of_the_hostile_local_is_hostile():
    texts = list(texts_in(composer("hostile").kit.settings.model_dump()))
    tame = {path for path, text in texts if text and "7*7" not in text}
    assert tame <= PLAIN
    empty = {path for path, text in texts if not text and not path.startswith("forms.")}
    assert empty <= PLAIN


class Scripts(HTMLParser):
    """Gathers what a browser would run or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.handlers: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.scripts += tag == "script"
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.links += [value for name, value in attrs if name in {"href", "src", "action"}]


@pytest.mark.parametrize("variant", STANDING)
def test_hostile_texts_come_out_as_typed(variant):
    pages = compose_kit(composer("hostile").kit, variant)
    texts = {document: text_of(html) for document, html in pages.items()}
    whole = " ".join([*texts.values(), text_of(made("hostile", "index"))])
    for value in hostile_values():
        # Terms begin with a capital in places, and an address is shown without its scheme.
        assert value.removeprefix("https://").casefold() in whole.casefold(), value
    for document, text in texts.items():
        assert re.findall(r".{40}\b49\b.{40}", text) == [], document
        assert "\ue000" not in text


@pytest.mark.parametrize("variant", STANDING)
def test_hostile_texts_are_never_run(variant):
    pages = compose_kit(composer("hostile").kit, variant)
    pages["index"] = made("hostile", "index")
    for document, html in pages.items():
        found = Scripts()
        found.feed(html)
        ours = 1 if variant == "web" or document == "index" else 0
        assert (found.scripts, found.handlers) == (ours, []), document
        schemes = {link.partition(":")[0] for link in found.links if ":" in link}
        assert schemes <= {"https", "mailto", "tel", "data", "formgen"}, document


def test_a_template_can_extend_the_one_it_replaces():
    html = made("overlay", "print/welcome-mentee")
    assert "At anchor: Ferry and Dock Workers" in html
    assert 'class="recipient' not in html


def test_the_state_pack_is_named_as_a_source():
    kit = composer("state-pack").kit
    thanks = next(document for document in kit.documents if document.id == "mentor-thank-you")
    sources = composer("state-pack").compose(thanks, FORMATS["print"]).sources
    assert "prairie-state:content/en/letters/mentor-thank-you.md" in sources
    assert json.dumps(sources).count("state-pack:local.yaml") == 1
