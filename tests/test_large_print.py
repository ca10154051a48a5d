"""The large-print edition: large enough to read, in one column, and with nothing lost."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from formgen.build.build import build
from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.model.looks.colour import contrast
from formgen.outputs.base import Choice
from formgen.workers.pool import usable_cores, worker_pool
from tests.support import stress
from tests.support.composed import compose_kit, files_listed, index_of, text_of
from tests.support.locals import SAMPLES, resolved
from tests.support.once import once
from tests.support.paper import MM, Page, overlaps, pages_of, rules_of, squeezed, type_of
from tests.support.pdf import fonts_in
from tests.support.verapdf import validate

pytestmark = pytest.mark.slow

SAMPLE = "juniper-flats-drivers"
# What strains a page most, from each kind of document.
STRAINED = (
    "attendance-record",
    "certificate-of-appreciation",
    "certificate-of-completion",
    "certificate-of-service",
    "letter-of-understanding",
    "mentee-application",
    "mentor-exit",
    "welcome-mentee",
)
SIZES = {"letter": (612, 792), "a4": (595.28, 841.89), "legal": (612, 1008)}  # points
BODY, SMALLEST, FURNITURE = 18, 16, 14  # points
ROUNDING = 0.01
# In mm: where the head ends, on a first page with a seal, too, and the most that the foot takes.
HEAD, SEALED_HEAD, FOOT = 25, 40, 33
WRITING = 12
# What an ordinary laser printer cannot reach, a sixth of an inch.
UNPRINTABLE = 4.2
# No document of the sample has more pages; each has about as many again in print, twice over.
MOST_PAGES = {"manual": 90, "form": 20, "agreement": 6, "letter": 3, "certificate": 1}


@pytest.fixture(scope="session")
def large_kits(fonts, shared_temp) -> dict[str, tuple[Path, Path]]:
    """Give locals in large print: each local.yaml, and the folder of its files."""

    def make(folder):
        locals_ = stress.write_locals(folder / "locals")
        sample = [path for path in SAMPLES if path.parent.name == SAMPLE]
        for chosen, documents in ((sample, ()), (locals_, STRAINED)):
            pool = worker_pool(usable_cores(), fonts, deadline=900)
            choice = Choice(documents, ("large-print",))
            reports = build(chosen, folder / "kits", pool, choice)
            assert [str(finding) for report in reports for finding in report.findings] == []

    folder = once(shared_temp / "large-kits", make)
    local_files = {name: folder / "locals" / name / "local.yaml" for name in stress.LOCALS}
    local_files |= {path.parent.name: path for path in SAMPLES if path.parent.name == SAMPLE}
    return {
        name: (path, folder / "kits" / name / "large-print") for name, path in local_files.items()
    }


class Made:
    """Large-print files on disk, with what they were made from."""

    def __init__(self, local_yaml: Path, folder: Path) -> None:
        self.kit = resolve(local_yaml)
        self.html = composed(local_yaml)
        self.pdfs = {pdf.stem: pdf for pdf in sorted(folder.glob("*.pdf"))}
        self.kinds = {document.id: document.entry.kind for document in self.kit.documents}

    def pages(self, *kinds: str):
        """Yield the pages of the documents of some kinds, as read and as drawn."""
        for document, pdf in self.pdfs.items():
            if not kinds or self.kinds[document] in kinds:
                for page, drawn in zip(pages_of(pdf), read(pdf).pages, strict=True):
                    yield f"{document}, page {page.number}", page, drawn


@cache
def composed(local_yaml: Path) -> dict[str, str]:
    return compose_kit(resolve(local_yaml), "large-print")


@cache
def read(pdf: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(pdf)


@pytest.fixture(params=[SAMPLE, *stress.LOCALS])
def made(request, large_kits) -> Made:
    return Made(*large_kits[request.param])


@pytest.fixture
def sample(large_kits) -> Made:
    return Made(*large_kits[SAMPLE])


FLOWING = ("form", "agreement", "letter")


# --- Paper and pages ----------------------------------------------------------------------


def test_every_document_has_a_large_print_edition_of_a_sane_length(sample):
    assert sorted(sample.pdfs) == sorted(sample.kinds)
    too_long = {
        document: len(read(pdf).pages)
        for document, pdf in sample.pdfs.items()
        if len(read(pdf).pages) > MOST_PAGES[sample.kinds[document]]
    }
    assert too_long == {}


def test_every_page_has_the_size_of_the_paper(made):
    width, height = SIZES[made.kit.settings.paper]
    for name, page, drawn in made.pages():
        wanted = (height, width) if name.startswith("certificate-") else (width, height)
        assert (page.width, page.height) == pytest.approx(wanted, abs=0.1), name
        assert (drawn.mediabox.left, drawn.mediabox.bottom) == (0, 0)


def test_a_certificate_is_one_page(made):
    for document in ("certificate-of-completion", "certificate-of-appreciation"):
        assert len(read(made.pdfs[document]).pages) == 1


def test_bookmarks_and_contents_lead_to_where_the_headings_are(sample):
    reader = read(sample.pdfs["manual"])
    pages = pages_of(sample.pdfs["manual"])
    marks = [mark for mark in reader.outline if not isinstance(mark, list)]
    assert len(marks) > 10
    targets = [(mark, re.sub(r"^\d+\s+", "", mark.title)) for mark in marks]
    for target, title in targets:
        page = pages[reader.get_destination_page_number(target)]
        top = page.height - float(target.top)
        near = "".join(word.text for word in page.words if top - 5 < word.top < top + 100)
        assert squeezed(title) in squeezed(near)


# --- Type ---------------------------------------------------------------------------------


def test_nothing_that_is_read_is_smaller_than_16_points(made):
    small = [
        f"{name}: {piece}"
        for name, _, drawn in made.pages()
        for piece in type_of(drawn)
        # A head of one line may be smaller.
        if piece.size < (FURNITURE if piece.top < HEAD * MM else SMALLEST) - ROUNDING
    ]
    assert small == []


def test_what_is_read_at_length_has_18_points(made):
    for document, pdf in made.pdfs.items():
        # The year is a table, whose words may be smaller.
        if made.kinds[document] in {"letter", "manual"} and document != "year-on-one-page":
            # Between letterhead and foot, whose small lines are more than those of a short letter.
            drawn = [
                piece
                for page in read(pdf).pages
                for piece in type_of(page)
                if SEALED_HEAD * MM < piece.top < float(page.mediabox.height) - FOOT * MM
            ]
            sizes = Counter(round(piece.size, 1) for piece in drawn)
            ((usual, _),) = sizes.most_common(1)
            assert usual >= BODY, document


def test_body_text_is_sans_serif_and_upright_whatever_the_brand(made):
    for document, pdf in made.pdfs.items():
        faces = {name for name in fonts_in(pdf.read_bytes()) if re.search("Serif|Italic", name)}
        assert faces == set(), document


def test_words_stand_out_from_the_paper(made):
    pale = {
        f"{name}: {colour}"
        for name, page, drawn in made.pages()
        for piece in type_of(drawn)
        # The manual's cover is set in white on the brand's color.
        if not (name.startswith("manual") and page.number == 1)
        and contrast(colour := "#" + "".join(f"{round(c * 255):02x}" for c in piece.colour)) < 7
    }
    assert pale == set()


# --- One column ---------------------------------------------------------------------------


def test_no_two_lines_to_write_on_stand_side_by_side(made):
    beside = []
    for name, _, drawn in made.pages(*FLOWING):
        rules = sorted((rule.top, rule.left) for rule in rules_of(drawn) if not rule.cell)
        beside += [
            f"{name}: {one} and {other}"
            for one, other in pairwise(rules)
            if other[0] - one[0] < 1 and other[1] - one[1] > 5
        ]
    assert beside == []


def test_choices_stand_one_below_another(made):
    html = made.html["mentee-application"]
    lists = re.findall(r'<ul class="choices[^>]*>(.*?)</ul>', html, re.DOTALL)
    labels = re.findall(r"</span>([\w-]+)[^<]*</li>", "".join(lists))
    assert len(labels) > 5
    words = [word for page in pages_of(made.pdfs["mentee-application"]) for word in page.words]
    for label in labels:
        assert any(w.text.startswith(label) and 25 < w.left / MM < 35 for w in words), label


def test_lines_in_tables_are_as_far_apart_as_large_writing_needs(made):
    tight = []
    for name, _, drawn in made.pages(*FLOWING):
        tops = sorted({round(rule.top, 1) for rule in rules_of(drawn) if rule.cell})
        tight += [
            f"{name}: {(below - top) / MM:.1f} mm"
            for top, below in pairwise(tops)
            if 1 < below - top < WRITING * MM - 0.5
        ]
    assert tight == []


def test_there_is_room_to_write_above_every_label(made):
    found = 0
    for name, page, drawn in made.pages(*FLOWING):
        if name.startswith("year-on-one-page"):
            continue  # a table, in which nobody writes
        head = (SEALED_HEAD if page.number == 1 else HEAD) * MM
        rules = [r for r in rules_of(drawn) if r.grey and not r.cell and r.top > head]
        # The last is the foot's own.
        for rule in sorted(rules, key=lambda rule: rule.top)[:-1]:
            above = [w.bottom for w in page.words if w.top < rule.top - 1 and w.left < rule.right]
            clear = (rule.top - max(above, default=0)) / MM
            # What is printed on the line fills it.
            if clear > 4:
                found += 1
                assert clear > WRITING - 2, f"{name}: {clear:.1f} mm"
    assert found > 15


def test_a_wide_table_s_rows_are_blocks_with_their_labels_in_the_markup(sample):
    html = sample.html["attendance-record"]
    records = re.findall(r'<li class="record">(.*?)</li>', html, re.DOTALL)
    # A meeting each week, up to what both sides of a sheet hold.
    assert len(records) == 32
    for number, record in enumerate(records, 1):
        assert f'<p class="record-name">{number}</p>' in record
        heads = re.findall(r'<tr><th scope="row">([^<]+)</th><td></td></tr>', record)
        assert heads[:4] == ["Date", "Start", "End", "Minutes"]


def test_a_row_that_has_a_name_is_called_by_it(sample):
    record = re.search(
        r'<p class="record-name">Space</p>\s*<table.*?</table>',
        sample.html["readiness-assessment"],
        re.DOTALL,
    )
    assert record
    heads = re.findall(r'<th scope="row">([^<]+)<', record[0])
    assert heads == ["We need", "We can give", "The employer gives", "1 to 4"]


def test_narrow_tables_stay_tables(sample):
    assert 'class="record' not in sample.html["mentor-application"]
    assert '<th scope="col">Years</th>' in sample.html["mentor-application"]


def test_steps_of_a_scale_stand_side_by_side_only_where_they_fit(large_kits, sample):
    # Five steps, and seven.
    assert 'class="scale of-5"' in sample.html["mentor-exit"]
    assert 'class="scale of-7 steps"' in Made(*large_kits["full-letter"]).html["mentor-exit"]


# --- The same pages' logic ----------------------------------------------------------------


def test_sections_are_those_of_print_and_in_their_order(made):
    in_print = compose_kit(made.kit, "print")
    heading = re.compile(r"<h[123][^>]*>.*?</h[123]>|class=\"(?:section[^\"]*)\"", re.DOTALL)
    for document, html in made.html.items():
        assert heading.findall(html) == heading.findall(in_print[document]), document


def test_no_heading_is_left_at_the_end_of_a_page(made):
    for name, page, drawn in made.pages("manual", *FLOWING):
        low = page.height - FOOT * MM
        if made.kinds[name.partition(",")[0]] == "manual" and page.number < 7:
            continue  # cover, credits and contents
        last = max(
            (piece for piece in type_of(drawn) if piece.top < low),
            key=lambda piece: piece.top,
            default=None,
        )
        lines = [rule for rule in rules_of(drawn) if rule.top < low]
        # Beyond a heading's own rule.
        assert last is None or last.size < 20 or any(r.top > last.top + 20 for r in lines), name


def test_head_and_foot_tell_where_a_page_belongs(made):
    for document, pdf in made.pdfs.items():
        if made.kinds[document] not in FLOWING:
            continue
        pages = pages_of(pdf)
        title = re.search(r"<h1[^>]*>(.*?)</h1>", made.html[document])
        assert title
        # What is large on a poster is what it says, and not what it is called.
        says_more = "poster" in made.html[document]
        for page in pages:
            foot = text_of_words(page, page.height - 46 * MM, page.height)
            assert squeezed(f"Page {page.number} of {len(pages)}") in foot
            assert squeezed(f"Edition {made.kit.edition}") in foot
            if page.number > 1 and not says_more:
                # What a letter is about may be longer than the head, which has one line.
                assert squeezed(text_of(title[1]))[:40] in text_of_words(page, 0, HEAD * MM)


def text_of_words(page: Page, top: float, bottom: float) -> str:
    """Return the letters of a page between two heights in points."""
    return squeezed("".join(w.text for w in page.words if top <= w.top and w.bottom <= bottom))


# --- Nothing is lost ----------------------------------------------------------------------


def test_every_word_is_printed(made):
    lost = []
    for document, pdf in made.pdfs.items():
        printed = squeezed("".join(w.text for page in pages_of(pdf) for w in page.words))
        # On paper, a chapter's page stands beside its title.
        printed = re.sub(r"”,page\d+", "”", printed)
        html = made.html[document]
        if len(read(pdf).pages) == 1:
            html = re.sub(r'<div class="running-head">.*', "", html)
        lost += [
            f"{document}: {word}"
            for word in set(text_of(html).split())
            if squeezed(word) not in printed
        ]
    assert lost == []


def test_nothing_is_printed_over_anything_else(made):
    assert [f"{name}: {pair}" for name, page, _ in made.pages() for pair in overlaps(page)] == []


def test_words_keep_clear_of_the_paper_s_edge_and_of_punched_holes(made):
    close = []
    for name, page, _ in made.pages():
        lying, bound = name.startswith("certificate"), name.startswith("manual")
        left = 14 if lying else 6 if bound else 18
        close += [
            f"{name}: {word}"
            for word in page.words
            if word.left < left * MM
            or min(word.top, page.width - word.right, page.height - word.bottom) < UNPRINTABLE * MM
        ]
    assert close == []


def test_the_foot_does_not_run_into_what_is_above_it(made):
    for name, page, drawn in made.pages(*FLOWING):
        rules = [r.top for r in rules_of(drawn) if not r.cell and r.top > page.height - 48 * MM]
        foot = max(rules)
        assert [w for w in page.words if w.top < foot < w.bottom - 2] == [], name


# --- What a reader's tools are given ------------------------------------------------------


def test_files_keep_to_the_standards_for_archives_and_screen_readers(large_kits):
    sample, strained = Made(*large_kits[SAMPLE]), Made(*large_kits["full-letter"])
    pdfs = [
        sample.pdfs["attendance-record"],
        sample.pdfs["manual"],
        sample.pdfs["certificate-of-completion"],
        strained.pdfs["mentor-exit"],
        strained.pdfs["welcome-mentee"],
    ]
    assert validate(pdfs) == []


def test_the_kit_s_page_links_to_large_print_and_to_files_to_fill_in(tmp_path):
    composer = make_composer(resolved(tmp_path))
    files = {"large-print/manual.pdf": 80, "fillable/mentor-pledge.pdf": 1}
    files["large-print/mentor-pledge.pdf"] = 1
    page = index_of(composer, files_listed(files))
    assert sorted(re.findall(r'<a href="([a-z-]+/[^"]+)">([^<]+)', page)) == [
        ("fillable/mentor-pledge.pdf", "PDF to fill in"),
        ("large-print/manual.pdf", "Large print, 80 pages"),
        ("large-print/mentor-pledge.pdf", "Large print, 1 page"),
    ]
