"""chapters.py: words that refer to a chapter of the manual, wherever it stands."""

import io

import pytest
from pypdf import PdfReader

from formgen.compose.packet_sheets import Sheets
from formgen.compose.pages import make_composer
from formgen.compose.text.context import words_context
from formgen.findings import Place
from tests.support.composed import FORMATS, compose_kit, sheet_of, text_of
from tests.support.overlays import CHAPTERS, LETTER, document_of, overlaid

FIRST, LAST = f"{CHAPTERS}/10-introduction.md", f"{CHAPTERS}/90-process.md"
FILES = {FIRST: '# First\n\nSee {{ chapter("90-process") }}.\n'}


def said(kit, text):
    wording, _ = words_context(kit)
    return wording.text(text, Place(kit.stack.local.folder)), wording.findings


def manual_of(kit):
    return compose_kit(kit)["manual"]


def test_a_chapter_is_named_by_its_title_with_a_link_to_it(tmp_path):
    page = manual_of(overlaid(tmp_path, {**FILES, LAST: "# Talk <here>, {{ term.mentee }}\n"}))
    link = '<a class="chapter-reference" href="#chapter-11" data-page=", page">'
    assert f"{link}the chapter “Talk &lt;here&gt;, mentee”</a>." in page
    assert '<section class="chapter" id="chapter-11">' in page


def test_the_link_follows_a_chapter_that_has_another_place(tmp_path):
    changes = {"manual": {"order": ["90-process"]}}
    assert 'href="#chapter-1" data-page' in manual_of(overlaid(tmp_path, FILES, changes))


def test_on_paper_the_page_stands_beside_it(typesetter, tmp_path):
    kit = overlaid(tmp_path, {**FILES, LAST: "# Talk\n\nHere it is.\n"})
    composed = make_composer(kit).compose(document_of(kit, "manual"), FORMATS["print"])
    pages = PdfReader(io.BytesIO(typesetter(sheet_of(composed)).pdf)).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    page = next(number for number, text in enumerate(texts, 1) if "Here it is." in text)
    assert any(f"See the chapter “Talk”, page {page}." in text for text in texts)


@pytest.mark.parametrize(
    ("files", "changes"),
    [({LAST: ""}, {}), ({LAST: "  \n"}, {}), ({}, {"manual": {"drop": ["90-process"]}})],
)
def test_nothing_is_said_of_a_chapter_that_a_local_has_dropped(files, changes, tmp_path):
    kit = overlaid(tmp_path, files, changes)
    assert said(kit, 'A{{ chapter("90-process") }}B') == ("AB", [])
    text = text_of(manual_of(kit))
    assert "The meetings, from first to last" not in text
    assert "If you are in a pair" not in text


def test_a_chapter_can_be_named_without_its_number(tmp_path):
    assert said(overlaid(tmp_path), '{{ chapter("process") }}') == (
        "the chapter “The meetings, from first to last”",
        [],
    )


def test_a_chapter_that_there_never_was_is_told(tmp_path):
    text, findings = said(overlaid(tmp_path), '{{ chapter("90-proces") }}')
    assert text == ""
    assert [(each.code, each.message, each.fix) for each in findings] == [
        ("undefined", 'there is no chapter "90-proces".', 'did you mean "90-process"?')
    ]


def test_where_the_chapter_is_not_at_hand_its_title_stands_alone(tmp_path):
    files = {**FILES, LETTER: 'Read {{ chapter("10-introduction") }}.\n'}
    changes = {"packets": {"change": {"pair": {"add": ["manual/10-introduction"]}}}}
    kit = overlaid(tmp_path, files, changes)
    letter = compose_kit(kit)["start-up-notice"]
    alone = Sheets(make_composer(kit)).chapter("manual/10-introduction").html
    assert "Read the chapter “First”" in text_of(letter)
    assert "See the chapter “The meetings, from first to last”" in text_of(alone)
    assert 'href="#chapter' not in letter + alone


BOXED = "# Talk\n\nHere.\n\n::: box#quiet What {{ term.mentors }} keep\nWords.\n:::\n"
TO_BOX = {FIRST: '# First\n\nSee {{ chapter("90-process#quiet") }}.\n'}


def test_a_box_with_a_name_is_referred_to_by_its_title(tmp_path):
    page = manual_of(overlaid(tmp_path, {**TO_BOX, LAST: BOXED}))
    link = '<a class="chapter-reference" href="#chapter-11-box-quiet" data-page=", page">'
    assert f"See {link}the box “What mentors keep”</a>." in page
    assert '<aside class="box box-box" role="note" id="chapter-11-box-quiet">' in page


def test_in_a_list_of_what_to_see_a_title_stands_alone(tmp_path):
    see = '# First\n\n::: see\n- {{ chapter("90-process") }}\n:::\n'
    page = manual_of(overlaid(tmp_path, {FIRST: see, LAST: BOXED}))
    assert 'data-page=", page">Talk</a></li>' in page


def test_a_box_that_is_nowhere_is_an_error(tmp_path):
    kit = overlaid(tmp_path, {LAST: BOXED})
    text, (finding,) = said(kit, '{{ chapter("90-process#loud") }}')
    assert text == ""
    assert finding.message == 'the chapter 90-process has no box named "loud".'


def test_nothing_is_said_of_a_box_that_a_nearer_layer_has_left_out(tmp_path):
    kit = overlaid(tmp_path, {f"{CHAPTERS}/70-readiness.md": "# Ready\n\nYes.\n"})
    assert said(kit, 'A{{ chapter("70-readiness#peer-review") }}B') == ("AB", [])
