"""boxes.py: what stands between `:::` and `:::` in a chapter."""

import pytest

from formgen.compose.text.boxes import anchor_of, box_title
from formgen.compose.text.markdown import to_chapter, to_html


@pytest.mark.parametrize("kind", ["see", "check", "margin", "talk"])
def test_a_note_is_named_by_its_writer(kind):
    looks = kind if kind == "talk" else f"margin margin-{kind}"
    assert str(to_html(f"::: {kind} My words\n- one\n:::\n")).startswith(
        f'<aside class="{looks}" role="note"><div>\n'
        f'<p class="margin-label" data-label="{kind}">My words</p>\n<ul>\n<li>one'
    )


def test_a_word_is_explained_below_it():
    assert to_html("::: word Mosaic\nAll who help.\n:::\n") == (
        '<aside class="margin margin-word" role="note"><div>\n'
        '<p class="margin-label" data-label="word"></p>\n<p class="margin-title">Mosaic</p>\n'
        "<p>All who help.</p>\n</div></aside>\n"
    )


@pytest.mark.parametrize("kind", ["see", "check", "margin", "talk", "word"])
def test_what_has_no_words_is_left_out(kind):
    assert to_html(f"Before.\n\n::: {kind} Title\n:::\n\nAfter.\n") == (
        "<p>Before.</p>\n<p>After.</p>\n"
    )


def test_a_question_has_lines_to_answer_on():
    html = str(to_html("::: talk\n- Why?\n- Who?\n:::\n"))
    assert html.count("<li>") == html.count('<span class="lines">') == 2


@pytest.mark.parametrize("kind", ["box", "legal", "margin", "word", "see", "check", "talk"])
def test_what_has_a_name_has_an_anchor(kind):
    chapter = to_chapter(f"# T\n\n::: {kind}#quiet Title\n- words\n:::\n", (), "chapter-3")
    assert f' id="{anchor_of("chapter-3", "quiet")}">' in chapter.html


def test_the_title_of_a_named_box_is_found_in_the_words():
    words = "# T\n\n::: box A\nx\n:::\n\n::: legal#quiet  What is said here \nx\n:::\n"
    assert box_title(words, "quiet") == "What is said here"
    assert box_title(words, "loud") is None
