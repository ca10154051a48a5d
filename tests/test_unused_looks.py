"""What comes out on paper, measured: nothing is cut off, pencils and punches have their room."""

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from formgen.build.build import build
from formgen.compose.pages import make_composer
from formgen.compose.text.contents import read_chapters
from formgen.kit import Kit, resolve
from formgen.outputs.base import Choice
from formgen.sources.layers import base_layer
from formgen.workers.pool import usable_cores, worker_pool
from tests.support import stress
from tests.support.composed import compose_kit
from tests.support.locals import SAMPLES
from tests.support.once import once
from tests.support.paper import (
    MM,
    Page,
    Rule,
    overlaps,
    pages_of,
    picture_of,
    rules_of,
    squeezed,
)

pytestmark = pytest.mark.slow

SAMPLE_IDS = [path.parent.name for path in SAMPLES]
SIZES = {"letter": (612, 792), "a4": (595.28, 841.89), "legal": (612, 1008)}  # points
# The margins of forms, agreements and letters: what stands in them is repeated on each page.
TOP, BOTTOM = 19, 21
LETTERHEAD = 28
# What an ordinary laser printer cannot reach, a sixth of an inch.
UNPRINTABLE = 4.2
PUNCHED = 18
FOLD_MARK = 4.1
WRITING = 8
# Documents that must fit so many pages in the sample locals.
PAGES = {
    "mentee-application": 2,
    "mentor-reflection": 1,
    "mentee-reflection": 1,
    "start-up-notice": 1,
    "mentor-application-process": 1,
    "welcome-mentee": 1,
    "mentor-thank-you": 1,
    "mentor-pledge": 1,
    "mentee-pledge": 1,
    "mentor-exit": 1,
    "mentee-exit": 1,
    "certificate-of-completion": 1,
    "certificate-of-appreciation": 1,
}


# --- What is looked at --------------------------------------------------------------------


@pytest.fixture(scope="session")
def stress_kits(fonts, shared_temp) -> dict[str, tuple[Path, Path]]:
    """Give the locals that strain the pages: each local.yaml, and the folder of its kit."""

    def make(folder):
        locals_ = stress.write_locals(folder / "locals")
        # Packets hold the same pages.
        choice = Choice(outputs=("print", "fillable"))
        reports = build(locals_, folder / "kits", worker_pool(usable_cores(), fonts), choice)
        assert [str(finding) for report in reports for finding in report.findings] == []

    folder = once(shared_temp / "stress-kits", make)
    return {
        name: (folder / "locals" / name / "local.yaml", folder / "kits" / name)
        for name in stress.LOCALS
    }


@pytest.fixture(params=[*SAMPLE_IDS, *stress.LOCALS])
def made(request) -> "Made":
    """Give each kit in turn, samples and strained ones, with what it was made from."""
    return made_of(request)


@pytest.fixture(params=[*SAMPLE_IDS, "full-letter", "empty-legal"])
def bound(request) -> "Made":
    """Give each kit in turn that has a manual."""
    return made_of(request)


def made_of(request) -> "Made":
    if request.param in SAMPLE_IDS:
        folder = request.getfixturevalue("sample_kits")[request.param]
        return Made(SAMPLES[SAMPLE_IDS.index(request.param)], folder)
    return Made(*request.getfixturevalue("stress_kits")[request.param])


class Made:
    """A kit on disk."""

    def __init__(self, local_yaml: Path, folder: Path) -> None:
        self.folder = folder
        self.kit = resolved(local_yaml)
        self.html = composed(local_yaml)

    @property
    def strained(self) -> bool:
        return self.folder.name in stress.LOCALS

    def pdf(self, document: str) -> Path:
        return self.folder / "print" / f"{document}.pdf"

    def reader(self, document: str) -> pypdf.PdfReader:
        return read(self.pdf(document))

    def documents(self, *kinds: str) -> list[str]:
        return [d.id for d in self.kit.documents if not kinds or d.entry.kind in kinds]

    def pages(self, *kinds: str):
        """Yield every page of the documents of some kinds, with the name of its document."""
        for document in self.documents(*kinds):
            for page in pages_of(self.pdf(document)):
                yield document, page


@cache
def resolved(local_yaml: Path) -> Kit:
    return resolve(local_yaml)


@cache
def composed(local_yaml: Path) -> dict[str, str]:
    return compose_kit(resolved(local_yaml))


@cache
def read(pdf: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(pdf)


# --- Paper and pages ----------------------------------------------------------------------


def test_every_page_has_the_size_of_the_paper(made):
    width, height = SIZES[made.kit.settings.paper]
    for document, page in made.pages():
        lying = document.startswith("certificate-")
        wanted = (height, width) if lying else (width, height)
        assert (page.width, page.height) == pytest.approx(wanted, abs=0.5), document


def test_a_certificate_is_one_page(made):
    for document in made.documents("certificate"):
        assert len(pages_of(made.pdf(document))) == 1


@pytest.mark.parametrize("sample", SAMPLE_IDS)
def test_documents_fit_their_pages(sample, sample_kits):
    counts = {
        document: len(pages_of(pdf))
        for document in PAGES
        if (pdf := sample_kits[sample] / "print" / f"{document}.pdf").is_file()
    }
    assert counts == {document: PAGES[document] for document in counts}


def test_the_committee_s_part_is_on_the_second_page_of_an_application(made):
    first, second = (
        " ".join(word.text for word in page.words)
        for page in pages_of(made.pdf("mentee-application"))
    )
    assert "Assigned" in second
    assert "Assigned" not in first


def test_a_pdf_has_the_title_of_its_page(made):
    for document, html in made.html.items():
        title = re.search(r"<title>(.*?)</title>", html)
        assert title
        assert made.reader(document).metadata.title == title[1], document


# --- Nothing is lost ----------------------------------------------------------------------


class Blocks(HTMLParser):
    """Gathers the texts of a page, each as long as nothing but inline marks parts it."""

    inline = ("a", "b", "em", "strong", "span")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts = [""]
        self.hidden = 0
        self.hiding = ""

    def handle_starttag(self, tag, attrs) -> None:
        # A drawing's title is for readers of screens; what the fillable file shows alone is not
        # on paper.
        if self.hidden and tag == self.hiding:
            self.hidden += 1
        elif not self.hidden and (
            tag in ("head", "title") or "screen-only" in (dict(attrs).get("class") or "").split()
        ):
            self.hiding, self.hidden = tag, 1
        if tag not in self.inline or tag == "span":
            self.texts.append("")

    def handle_endtag(self, tag) -> None:
        if self.hidden and tag == self.hiding:
            self.hidden -= 1
        if tag not in self.inline or tag == "span":
            self.texts.append("")

    def handle_data(self, data) -> None:
        if not self.hidden:
            self.texts[-1] += data


def printed(page: Page, top: float, bottom: float, right: float = 1000) -> str:
    """Return the letters of a page between its margins, in the order of printing."""
    low = page.height - bottom * MM
    words = [
        word.text
        for word in page.words
        if top * MM < (word.top + word.bottom) / 2 < low and word.left < right * MM
    ]
    return squeezed("".join(words))


def is_printed(letters: str, everything: str, pages: list[str]) -> bool:
    """Tell whether a text is printed in one piece, or in two on both sides of a page break."""
    return letters in everything or any(
        letters[:cut] in page and following.startswith(letters[cut:])
        for page, following in pairwise(pages)
        for cut in range(1, len(letters))
    )


def test_every_word_is_printed(made):
    lost = []
    for document, html in made.html.items():
        pages = pages_of(made.pdf(document))
        blocks = Blocks()
        # A first page has no running head.
        blocks.feed(html if len(pages) > 1 else re.sub(r'<div class="running-head">.*', "", html))
        # Beside the manual's column of text, 140 mm from the edge, stands what helps to read it.
        margins = (20, 20, 144) if document == "manual" else (TOP, BOTTOM)
        # On paper, a chapter's page stands beside its title.
        everything, *between = (
            re.sub(r"”,page\d+", "”", text)
            for text in (
                squeezed("".join(word.text for page in pages for word in page.words)),
                *(printed(page, *margins) for page in pages),
            )
        )
        lost += [
            f"{document}: {' '.join(text.split())}"
            for text in blocks.texts
            if not is_printed(squeezed(text), everything, between)
        ]
    assert lost == []


def test_no_word_is_where_a_printer_cannot_reach(made):
    lost = [
        f"{document}, page {page.number}: {word}"
        for document, page in made.pages()
        for word in page.words
        if min(word.left, word.top, page.width - word.right, page.height - word.bottom)
        < UNPRINTABLE * MM
    ]
    assert lost == []


def test_words_on_a_certificate_keep_clear_of_its_frame(made):
    close = [
        f"{document}: {word}"
        for document, page in made.pages("certificate")
        for word in page.words
        if min(word.left, word.top, page.width - word.right, page.height - word.bottom) < 14 * MM
    ]
    assert close == []


def test_nothing_is_printed_over_anything_else(made):
    found = [f"{document}, {pair}" for document, page in made.pages() for pair in overlaps(page)]
    assert found == []


def test_a_last_page_is_not_left_nearly_empty(made):
    # Where everything is long, the end of a form may come to stand alone, but never a
    # signature without anything that it is put to.
    least = 0.15 if made.strained else 0.25
    found = {}
    for document in made.documents("form", "agreement", "letter"):
        pages = pages_of(made.pdf(document))
        if len(pages) > 1:
            last = pages[-1]
            height = last.height / MM
            rules = rules_of(made.reader(document).pages[-1])
            lowest = max(
                [word.bottom for word in last.within(TOP, height - BOTTOM)]
                + [rule.top for rule in rules if rule.top < (height - BOTTOM) * MM]
            )
            filled = (lowest / MM - TOP) / (height - TOP - BOTTOM)
            if filled < least:
                found[document] = round(filled, 2)
    assert found == {}


# --- Room for pencils and hole punches ----------------------------------------------------


def test_the_punched_side_is_free(made):
    found = [
        f"{document}, page {page.number}: {word}"
        for document, page in made.pages("form", "agreement", "letter")
        for word in page.words
        if word.left < PUNCHED * MM
    ]
    found += [
        f"{document}: {rule}"
        for document in made.documents("form", "agreement", "letter")
        for page in made.reader(document).pages
        for rule in rules_of(page)
        # A mark where a letter is folded says nothing that a hole could take away.
        if rule.left < PUNCHED * MM and rule.right - rule.left > FOLD_MARK * MM
    ]
    # The manual's margin is on the right of all pages, and on A4 a little narrower there: holes
    # in the left of a sheet are in the right of its back, where 14 mm are free.
    found += [
        f"{document}, page {page.number}: {word}"
        for document, page in made.pages("manual")
        for word in page.words
        if word.left < PUNCHED * MM or page.width - word.right < 13.9 * MM
    ]
    assert found == []


@pytest.mark.parametrize("document", ["mentor-application", "letter-of-understanding", "manual"])
def test_not_even_a_picture_is_on_the_punched_side(document, sample_kits, tmp_path):
    pdf = sample_kits["riverbend-esp"] / "print" / f"{document}.pdf"
    # The manual's cover is full of colour; the page after the contents is not.
    picture = picture_of(pdf, 1 if document != "manual" else 5, 60, tmp_path)
    strip = picture.crop((0, 0, int(PUNCHED / 25.4 * 60), picture.height))
    assert strip.getextrema() == (255, 255)


def clear_above(rule: Rule, page: Page, rules: list[Rule]) -> tuple[float, str]:
    """Return how much is free above a rule in mm, and the word that ends it, if one does."""
    marks = [(r.top + r.thickness, "", r.left, r.right) for r in rules]
    # The box of a word reaches an eighth below the tails of its letters.
    marks += [
        (w.bottom - 0.13 * (w.bottom - w.top), w.text, w.left, w.right)
        for w in page.words
        if w.top < rule.top - 1
    ]
    near = [
        (bottom, word)
        for bottom, word, left, right in marks
        if bottom < rule.top + 0.3
        and left < rule.right - 3
        and right > rule.left + 3
        # A rule that begins at the same height is a neighbour, not something above.
        and (word or bottom < rule.top - 1)
    ]
    bottom, word = max(near, default=(0.0, ""))
    return (rule.top - bottom) / MM, word


def test_there_is_room_to_write_above_every_line(made):
    tight = []
    for document in made.documents("form", "agreement", "letter"):
        found = 0
        html = made.html[document]
        # What is known stands on its line, as do the words of a line for comments.
        known = re.findall(r'class="(?:value[^"]*|comment)">([^<]*)<', html)
        for page, drawn in zip(
            pages_of(made.pdf(document)), made.reader(document).pages, strict=True
        ):
            rules = rules_of(drawn)
            for rule in rules:
                # Without colours, the line under a letterhead is grey, too.
                top = LETTERHEAD if page.number == 1 else TOP
                inside = top * MM < rule.top < page.height - BOTTOM * MM
                # Lines to write on are grey and thin; those under headings are neither, or 0.4
                # points in the plain look.
                if (
                    not (inside and rule.grey and rule.thickness < 0.75)
                    or 0.38 < rule.thickness < 0.45
                ):
                    continue
                clear, word = clear_above(rule, page, rules)
                # A cell with words in it is a row's name. One that ends just below a line to
                # write on ends the row of rings to which the line belongs.
                if rule.cell and (word or clear < 3):
                    continue
                found += 1
                if word and any(word in text for text in known):
                    continue
                if clear < WRITING:
                    tight.append(f"{document}, page {page.number}: {clear:.1f} mm, {rule}")
        meant = html.count('class="line"') + html.count("<td></td>")
        meant += len(re.findall(r'class="entry( entry-signature)?"', html))
        assert found >= meant, document
    assert tight == []


# --- Greys --------------------------------------------------------------------------------

TEXT_GREY, RULE_GREY, WHITE = 0x57, 0xA0, 0xFF


def declarations(style: str):
    """Yield the property and value of every declaration of a style sheet."""
    text = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    yield from re.findall(r"([-\w]+)\s*:\s*([^;{}]+)[;}]", text)


@pytest.mark.parametrize("name", ["tokens.css", "print.css", "manual.css", "certificate.css"])
def test_greys_survive_a_photocopier(name):
    path = base_layer().folder / "templates" / "styles" / name
    light = []
    for key, value in declarations(path.read_text(encoding="utf-8")):
        text = key in {"color", "--ink", "--soft"}
        for red, green, blue in re.findall(r"#(..)(..)(..)", value):
            shade = int(red, 16)
            grey = red == green == blue and shade != WHITE
            if grey and shade > (TEXT_GREY if text else RULE_GREY):
                light.append(f"{key}: {value}")
        if key == "color" and re.search(r"--(line|rule|faint)\b", value):
            light.append(f"{key}: {value}")
    assert light == []


def test_grey_letters_are_dark_enough(made):
    number = r"(-?[\d.]+)"
    for document in made.documents():
        shades = set()
        for page in made.reader(document).pages:
            contents = page.get_contents()
            text = "" if contents is None else contents.get_data().decode("latin-1")
            for red, green, blue in re.findall(rf"{number} {number} {number} rg\nBT", text):
                if red == green == blue:
                    shades.add(round(float(red) * 255))
        # White letters stand on the manual's cover.
        if document == "manual":
            shades.discard(WHITE)
        assert max(shades) <= TEXT_GREY, document


# --- The manual ---------------------------------------------------------------------------


def chapters_of(kit: Made) -> list[str]:
    manual = next(d for d in kit.kit.documents if d.id == "manual")
    chapters = read_chapters(kit.kit, manual, make_composer(kit.kit).wording)
    return [chapter.chapter.title.striptags() for chapter in chapters]


def bookmarks_of(kit: Made) -> list[tuple[int, str, int]]:
    """Return the manual's bookmarks: level, title and page."""
    reader = kit.reader("manual")

    def walk(items, level):
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                yield level, item.title, reader.get_destination_page_number(item) + 1

    return list(walk(reader.outline, 1))


def chapter_pages(kit: Made) -> list[tuple[str, int]]:
    """Return the manual's chapters and the pages they begin on, by its bookmarks."""
    numbered = [
        (mark[2], page)
        for level, title, page in bookmarks_of(kit)
        if level == 1 and (mark := re.fullmatch(r"(\d+)\s+(.+)", title))
    ]
    assert [title for title, _ in numbered] == chapters_of(kit)
    return numbered


def test_every_chapter_has_a_bookmark_and_begins_on_a_page_of_its_own(bound):
    pages = [page for _, page in chapter_pages(bound)]
    assert pages == sorted(set(pages))
    assert any(level == 2 for level, _, _ in bookmarks_of(bound))


def test_the_contents_name_the_right_pages(bound):
    first = chapter_pages(bound)[0][1]
    lines = "".join(
        word.text for page in pages_of(bound.pdf("manual"))[: first - 1] for word in page.words
    )
    rest = squeezed(lines)
    for _, title, page in bookmarks_of(bound):
        if page < first:
            continue
        name = squeezed(re.sub(r"^\d+\s+", "", title))
        found = re.search(rf"{re.escape(name)}\.*(\d+)", rest)
        assert found, title
        # The number of the next entry may follow at once, as in «….2112 The tools».
        assert found[1].startswith(str(page)), title
        rest = rest[found.start(1) + len(str(page)) :]


def head_of(page: Page, height: float) -> str:
    """Return what stands at the head of a page of the manual."""
    return squeezed("".join(word.text for word in page.words if word.bottom < height * MM))


def test_running_heads_name_the_chapter(bound):
    pages = pages_of(bound.pdf("manual"))
    starts = [*chapter_pages(bound), ("", len(pages) + 1)]
    for (title, first), (_, following) in pairwise(starts):
        assert head_of(pages[first - 1], 18) == "", title
        for page in pages[first : following - 1]:
            blank = page.number == following - 1 and not page.within(27, page.height / MM - 25)
            assert head_of(page, 18) == ("" if blank else squeezed(title)), page.number


def test_every_page_of_a_chapter_has_its_number(bound):
    pages = pages_of(bound.pdf("manual"))
    first = chapter_pages(bound)[0][1]
    for page in pages[first - 1 :]:
        foot = [word for word in page.words if word.top > page.height - 25 * MM]
        assert max(foot, key=lambda word: word.right).text == str(page.number)
