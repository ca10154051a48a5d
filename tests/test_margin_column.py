"""margin_column.py: notes beside the text are moved apart, and lines fill what is left."""

import io

import pytest
from pypdf import PdfReader

from formgen.pdf.engine.margin_column import has_margin
from formgen.pdf.sheet import Sheet
from tests.support.paper import MM, pages_of, rules_of

# 100 mm of text high and 60 wide, with 40 beside it.
STYLE = """
@page { size: 120mm 120mm; margin: 10mm 50mm 10mm 10mm; @right-middle { content: element(notes);
  width: 100%; vertical-align: bottom } }
body, p, ol { margin: 0; padding: 0; font: 10pt/5mm sans-serif }
.margin { position: absolute; left: 65mm; width: 40mm }
.margin > div { display: inline-block }
.notes { position: running(notes) } .notes p { height: 8mm }
i { display: block; border-bottom: 1pt solid #000000 }
.notes i { height: 8mm; box-sizing: border-box }
.lines, .lines i { display: block; height: 0 }
"""


def note(name, lines=3):
    return f'<aside class="margin"><div>{"<br>".join([name] * lines)}</div></aside>'


def laid_out(tmp_path, typeset, body):
    html = f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>'
    made = typeset(Sheet(html, (STYLE,)))
    assert made.defects == ()
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(made.pdf)
    return pages_of(pdf), PdfReader(io.BytesIO(made.pdf)).pages


def places(page, *names):
    words = [word for word in page.words if word.text in names]
    return [
        (min(w.top for w in own) / MM, max(w.bottom for w in own) / MM)
        for own in ([w for w in words if w.text == name] for name in names)
    ]


def test_notes_that_meet_are_moved_apart(tmp_path, typesetter):
    (page,), _ = laid_out(tmp_path, typesetter, f"<p>A</p>{note('one')}{note('two')}<p>B</p>")
    (_, first_end), (second, _) = places(page, "one", "two")
    assert 4 < second - first_end < 7


def test_notes_that_reach_below_the_page_are_moved_up(tmp_path, typesetter):
    text = "<p>A</p>" * 19
    (page,), _ = laid_out(tmp_path, typesetter, f"{text}{note('one')}{note('two', 4)}<p>B</p>")
    (one, one_end), (two, end) = places(page, "one", "two")
    assert end < 110
    assert one_end < two
    assert one > 60


def test_notes_make_room_for_what_is_wider_than_the_text(tmp_path, typesetter):
    wide = '<div style="width: 105mm; height: 20mm; background: #eeeeee"></div>'
    (page,), _ = laid_out(tmp_path, typesetter, f"<p>A</p>{note('one')}{wide}<p>B</p>")
    ((top, _),) = places(page, "one")
    assert top > 10 + 5 + 20


@pytest.mark.parametrize(("lines", "left"), [(0, 5), (9, 4), (12, 0)])
def test_lines_for_notes_get_the_room_that_is_left(lines, left, tmp_path, typesetter):
    body = '<div class="notes"><p>Notes</p>' + "<i></i>" * 7 + "</div>"
    beside = note("one", lines) if lines else ""
    (page,), (drawn,) = laid_out(tmp_path, typesetter, f"{body}{beside}<p>A</p>")
    rules = [rule for rule in rules_of(drawn) if rule.left > 60 * MM]
    # No more than 38 % of the page are lines to write on.
    assert len(rules) == left
    assert any(word.text == "Notes" for word in page.words) == bool(left)


@pytest.mark.parametrize(("text", "each"), [(4, 2), (14, 1), (16, 0)])
def test_questions_get_the_lines_for_which_there_is_room(text, each, tmp_path, typesetter):
    lines = f'<span class="lines">{"<i></i>" * 4}</span>'
    talk = (
        f'<aside class="talk"><div><ol><li>Why?{lines}</li><li>Who?{lines}</li></ol></div></aside>'
    )
    (page,), (drawn,) = laid_out(tmp_path, typesetter, "<p>A</p>" * text + talk)
    assert len(rules_of(drawn)) == 2 * each
    (why, _), (who, _) = places(page, "Why?", "Who?")
    assert who - why == pytest.approx(5 + 8 * each, abs=0.3)


def test_a_link_is_where_its_words_were_moved_to(tmp_path, typesetter):
    link = note('<a href="https://example.org">here</a>', 1)
    (page,), (drawn,) = laid_out(tmp_path, typesetter, f"<p>A</p>{note('one')}{link}<p>B</p>")
    (word,) = [word for word in page.words if word.text == "here"]
    (annotation,) = drawn["/Annots"]
    _, bottom, _, top = (float(each) for each in annotation.get_object()["/Rect"])
    assert page.height - top - 2 < word.top < word.bottom < page.height - bottom + 2


def test_pages_without_notes_are_left_alone():
    assert not has_margin('<p class="marginal">margin</p>'.replace("marginal", "x"))
    assert has_margin(note("one"))
