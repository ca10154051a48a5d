"""margins.py: what a local and its documents put beside the text of a chapter."""

from markupsafe import Markup

from formgen.compose.text.margins import Beside, with_margin

TOOLS = (
    {"id": "plan", "code": "F1", "title": "Plan <a>"},
    {"id": "other-plan", "code": "F10", "title": "Other plan"},
)
LABELS = {"tools": "Use with this", "see": "See also"}
CHAPTER = Markup(
    '<p class="opening">Opening.</p>\n<h3 id="a">One</h3>\n<p>With the Plan &lt;a&gt; (F1).</p>\n'
    '<h3 id="b">Two</h3>\n<p>Again (F1), and F10.</p>\n<table>\n<td>(F10)</td></table>'
)


def chapter(told=None, voices=(), html=CHAPTER):
    return str(
        with_margin(html, Beside(LABELS, TOOLS, ()), voices, set() if told is None else told)
    )


def test_a_tool_stands_beside_the_section_that_first_names_it():
    expected = (
        '<h3 id="a">One</h3>\n<aside class="margin margin-tools" role="note"><div>\n'
        '<p class="margin-label">Use with this</p>\n<ul>\n'
        '<li id="tool-plan"><b class="chip">F1</b> Plan &lt;a&gt;</li>\n</ul>\n</div></aside>\n'
        "<p>With the Plan"
    )
    assert expected in chapter()
    assert chapter().count("margin-tools") == 1


def test_only_the_first_chapter_that_names_a_tool_has_its_anchor():
    told = set()
    assert 'id="tool-plan"' in chapter(told)
    assert told == {"plan"}
    assert 'id="tool-plan"' not in chapter(told)
    assert '<li><b class="chip">F1</b>' in chapter(told)


def test_a_voice_stands_beside_the_second_section_as_it_was_typed():
    html = chapter(voices=[{"text": "I <asked>.", "name": ""}])
    expected = '<h3 id="b">Two</h3>\n<aside class="margin margin-voice" role="note"><div>\n'
    assert f'{expected}<p class="voice">I &lt;asked&gt;.</p>\n</div></aside>' in html


def test_a_note_without_a_name_of_its_own_has_that_of_its_kind():
    html = Markup('<p class="margin-label" data-label="see"></p>\n')
    own = Markup('<p class="margin-label" data-label="see">Mine</p>\n')
    assert chapter(html=html) == '<p class="margin-label">See also</p>\n'
    assert chapter(html=own) == '<p class="margin-label">Mine</p>\n'
