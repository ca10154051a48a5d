"""figures/ on paper: what stands in the PDF, measured with the typefaces that it is set in."""

import pikepdf
import pytest

from formgen.compose.figures.table import FIGURE, FIGURES
from formgen.compose.pages import make_composer
from tests.support.composed import FORMATS, sheet_of
from tests.support.overlays import LETTER, document_of, overlaid
from tests.support.paper import overlaps, pages_of
from tests.support.structure import elements_of
from tests.test_figures import LONG

ALL = "".join(f'{{{{ figure("{name}") }}}}\n\n' for name in FIGURES)
# As long as a page has room for.
LOCALS = {"smallest": {}, "long": {**LONG, "events": LONG["events"][:3]}}


@pytest.fixture(params=LOCALS)
def printed(request, tmp_path, typesetter):
    """Give a letter with all figures as a PDF, and the figures."""
    kit = overlaid(tmp_path, {LETTER: f"---\ntitle: A\n---\n{ALL}"}, LOCALS[request.param])
    composer = make_composer(kit)
    composed = composer.compose(document_of(kit, "start-up-notice"), FORMATS["print"])
    file = tmp_path / "figures.pdf"
    file.write_bytes(typesetter(sheet_of(composed)).pdf)
    figures = [composer.wording.context[FIGURE](name, "column") for name in FIGURES]
    assert not any(each.drawing.is_too_high for each in figures)
    return file, figures


def test_every_figure_has_what_it_says_as_its_alternative(printed):
    file, figures = printed
    with pikepdf.open(file) as pdf:
        tagged = [each.object for each in elements_of(pdf) if each.kind == "Figure"]
        # What belongs to a number is kept beside it by a space of its own.
        alternatives = [str(each.get("/Alt", "")).replace("\u00a0", " ") for each in tagged]
    said = [[f"{item.rstrip('.')}." for item in (each.title, *each.said)] for each in figures]
    assert alternatives == [" ".join(items).replace("\u00a0", " ") for items in said]


def test_no_word_stands_on_another_or_beside_its_figure(printed):
    file, figures = printed
    pages = pages_of(file)
    assert [pair for page in pages for pair in overlaps(page)] == []
    # Their words are text, which can be looked for and copied.
    words = "".join(word.text for page in pages for word in page.words)
    lines = [
        each.text for figure in figures for each in figure.drawing.shapes if each.kind == "words"
    ]
    assert [line for line in lines if "".join(line.split()) not in words] == []


def test_drawn_lines_are_no_wider_than_they_were_taken_to_be(printed):
    file, figures = printed
    left = 24 / 25.4 * 72
    widest = max(figure.drawing.width for figure in figures)
    drawn = {word for figure in figures for each in figure.drawing.shapes if each.kind == "words"
             for word in each.text.split()}  # fmt: skip
    over = [
        word.text
        for page in pages_of(file)
        for word in page.words
        if word.text in drawn and word.top > 90 and word.bottom < page.height - 70
        and not left - 1 <= word.left <= word.right <= left + widest + 1
    ]  # fmt: skip
    assert over == []


@pytest.mark.parametrize("months", [10, 12])
def test_the_year_stays_on_one_page_with_its_picture(months, tmp_path, typesetter):
    name = "United Federation of Support Professionals of the Greater Lake and Harbor Counties"
    program = {"school_year": "2026-2027", "months": LONG["program"]["months"][:months]}
    dates = {"applications_due": "2026-09-18", "matched_by": "2026-10-02"}
    kit = overlaid(tmp_path, {}, {"local": {"name": name}, "program": program, "dates": dates})
    composed = make_composer(kit).compose(document_of(kit, "year-on-one-page"), FORMATS["print"])
    file = tmp_path / "year.pdf"
    file.write_bytes(typesetter(sheet_of(composed)).pdf)
    assert len(pages_of(file)) == 1
    with pikepdf.open(file) as pdf:
        assert [each.kind for each in elements_of(pdf)].count("Figure") == 1
