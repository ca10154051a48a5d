"""What a screen reader is given of a PDF: everything, once, in the order of the page."""

import html
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from formgen.kit import resolve
from tests.support.locals import SAMPLES
from tests.support.paper import pages_of, squeezed
from tests.support.structure import (
    Told,
    elements_of,
    heading_levels,
    told_by,
    told_by_poppler,
)

pytestmark = pytest.mark.slow

EXPECTED = Path(__file__).with_name("data") / "reading-order"
SAMPLE_FILES = {path.parent.name: path for path in SAMPLES}


@pytest.fixture(params=SAMPLE_FILES)
def kit(request, sample_kits):
    return sample_kits[request.param]


@pytest.fixture
def riverbend(sample_kits):
    return sample_kits["riverbend-esp"]


def pdfs_of(kit: Path) -> list[Path]:
    """Return a kit's documents; of those that are bound, `test_bind.py` says how they are read."""
    return sorted({*kit.rglob("*.pdf")} - {*(kit / "packets").iterdir()})


def expected_of(document: str) -> list[Told]:
    lines = (EXPECTED / f"{document}.txt").read_text(encoding="utf-8").splitlines()
    return [Told(kind, text) for kind, text in (line.split(maxsplit=1) for line in lines)]


# --- Two forms, from the first word to the last -----------------------------------------------

# What a field to fill in says of its answer, and a line to write on does not.
FORMAT = re.compile(r" \((mm/dd/yyyy|number)\)")


@pytest.mark.parametrize("folder", ["print", "fillable"])
@pytest.mark.parametrize("reader", [told_by, told_by_poppler])
@pytest.mark.parametrize("document", ["mentor-application", "mentee-exit"])
def test_a_form_is_read_as_it_stands_on_the_page(riverbend, folder, document, reader):
    told = reader(riverbend / folder / f"{document}.pdf")
    without_formats = [Told(one.kind, FORMAT.sub("", one.text)) for one in told]
    assert without_formats == expected_of(document)
    assert (folder == "fillable") == (without_formats != list(told))


def test_a_packet_begins_with_its_cover_from_the_first_word_to_the_last(riverbend):
    expected = expected_of("launch")
    assert list(told_by(riverbend / "packets" / "launch.pdf"))[: len(expected)] == expected


# --- The manual -------------------------------------------------------------------------------


def test_the_manual_begins_with_its_title_and_who_made_it(riverbend):
    expected = [Told(one.kind, squeezed(one.text)) for one in expected_of("manual")]
    told = told_by(riverbend / "print" / "manual.pdf")[: len(expected)]
    assert [Told(one.kind, squeezed(one.text)) for one in told] == expected


def test_the_contents_name_the_headings_that_follow(kit):
    told = told_by(kit / "print" / "manual.pdf")
    contents = told.index(Told("H2", "Contents"))
    entries = [one.text for one in told[contents:] if one.kind == "Link" and not one.text.isdigit()]
    headings = [one.text for one in told[contents + 1 :] if one.kind in {"H2", "H3"}]
    assert len(headings) > 40
    # A title on two lines has a link on each.
    assert squeezed("".join(entries)).startswith(squeezed("".join(headings)))


def test_a_chapter_s_number_comes_before_its_title(kit):
    told = told_by(kit / "print" / "manual.pdf")
    contents = told.index(Told("H2", "Contents"))
    chapters = [index for index, one in enumerate(told) if one.kind == "H2" and index > contents]
    numbers = [told[index - 1] for index in chapters]
    assert numbers == [Told("P", str(number)) for number in range(1, len(chapters) + 1)]


class Prose(HTMLParser):
    """Gathers the blocks of the words on a web page, in their order, figures apart."""

    BLOCKS = frozenset({"p", "li", "h3", "h4", "td", "th"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts = [""]
        self.depth = self.figures = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.figures += tag == "figure"
        if tag == "div" and (self.depth or dict(attrs).get("class") == "prose"):
            self.depth += 1
        if tag in self.BLOCKS:
            self.texts.append("")

    def handle_endtag(self, tag) -> None:
        self.figures -= tag == "figure"
        self.depth -= tag == "div" and self.depth > 0
        if tag in self.BLOCKS:
            self.texts.append("")

    def handle_data(self, data) -> None:
        if self.depth and not self.figures:
            self.texts[-1] += data


def test_no_running_head_or_foot_comes_between_the_words(kit):
    page = (kit / "web" / "manual.html").read_text(encoding="utf-8")
    expected = [squeezed(text) for text in Prose(page).texts if text.strip()]
    assert len(expected) > 300
    told = squeezed("".join(one.text for one in told_by(kit / "print" / "manual.pdf")))
    # On paper, a chapter's page stands beside its title.
    told = re.sub(r"(?<=\D),page\d+", "", told)
    # One after the other, also where a sentence goes on behind the turn of a page.
    at = 0
    for text in expected:
        found = told.find(text, at)
        assert found >= 0, text
        at = found + len(text)


# --- Every document ---------------------------------------------------------------------------


SENT = {
    "welcome-mentee",
    "welcome-mentor",
    "mentor-thank-you",
    "answer-accepted",
    "answer-waiting",
    "answer-not-this-year",
}


def test_heads_and_feet_of_pages_are_not_read(kit):
    edition = resolve(SAMPLE_FILES[kit.name]).edition
    for path in pdfs_of(kit):
        # A letter that is sent does not call itself an edition.
        foot = squeezed(f"· {'' if path.stem in SENT else 'Edition '}{edition}")
        printed = squeezed("".join(word.text for page in pages_of(path) for word in page.words))
        assert (foot in printed) == (not path.stem.startswith("certificate-")), path
        assert foot not in squeezed("".join(one.text for one in told_by(path))), path


def test_headings_begin_with_the_title_and_skip_no_level(kit):
    for path in pdfs_of(kit):
        levels = heading_levels(path)
        assert levels[:1] == [1], path
        assert levels.count(1) == 1, path
        assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == [], path


def test_every_document_says_its_language_and_shows_its_title(kit):
    for path in pdfs_of(kit):
        page = (kit / "web" / f"{path.stem}.html").read_text(encoding="utf-8")
        title = html.unescape(page.partition("<title>")[2].partition("</title>")[0])
        with pikepdf.open(path) as pdf:
            shown = bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            told = (str(pdf.Root.Lang), str(pdf.docinfo["/Title"]), shown)
        assert told == ("en", title, True), path


# What has figures; those of the others would be told as well.
WITH_FIGURES = {"manual", "year-on-one-page"}


def test_the_first_picture_is_the_logo_and_says_whose_it_is(kit):
    name = resolve(SAMPLE_FILES[kit.name]).settings.local.name
    for path in pdfs_of(kit):
        figures = [one for one in told_by(path) if one.kind == "Figure"]
        assert figures[:1] == [Told("Figure", name)], path
        assert bool(figures[1:]) <= (path.stem in WITH_FIGURES), path
        assert all(one.text for one in figures), path


def test_every_cell_of_a_table_names_its_headers(kit):
    tables = 0
    for path in pdfs_of(kit):
        with pikepdf.open(path) as pdf:
            elements = list(elements_of(pdf))
            tables += sum(element.kind == "Table" for element in elements)
            headers = {str(e.object.get("/ID")) for e in elements if e.kind == "TH"}
            for cell in (e for e in elements if e.kind == "TD"):
                assert cell.around[-1] == "TR", path
                named = {str(name) for name in cell.object.A.Headers}
                assert named, path
                assert named <= headers, path
    assert tables > 10


def test_lists_are_made_of_items_with_a_body(kit):
    for path in pdfs_of(kit):
        with pikepdf.open(path) as pdf:
            elements = list(elements_of(pdf))
        kinds = [element.kind for element in elements]
        assert kinds.count("LI") == kinds.count("LBody"), path
        parents = {(e.kind, e.around[-1]) for e in elements if e.kind in {"LI", "LBody", "Lbl"}}
        assert parents <= {("LI", "L"), ("LBody", "LI"), ("Lbl", "LI")}, path
        # A list that goes on behind the turn of a page is a list in the list.
        inside = {e.kind for e in elements if e.around[-1:] == ("L",)}
        assert inside <= {"LI", "L", "NonStruct"}, path
