"""file_diff.py: two files of one path are compared by what they say."""

import pytest

from formgen.sources.replaced.file_diff import (
    difference,
    says_the_same,
    sentences_changed,
    text_of,
)
from tests.support.packs import FORM, LETTER

WORDS = "content/en/words.yaml"
STYLE = "templates/styles/print.css"
LONG = "word " * 100


@pytest.mark.parametrize(
    ("path", "before", "now", "lines"),
    [
        (LETTER, "One.\n\nTwo.", "One.\n\nTwo.", ()),
        (LETTER, "One two three.", "One too three.", ("paragraph 1: One [-two-] {+too+} three.",)),
        (LETTER, "One.\n\nTwo.", "One.", ("a paragraph: [-Two.-]",)),
        (LETTER, "One.", "Nil.\n\nOne.", ("paragraph 1: {+Nil.+}",)),
        (LETTER, "One.", "Other.", ("paragraph 1: [-One.-]", "paragraph 1: {+Other.+}")),
        (
            LETTER,
            "---\ngreeting: Hi\n---\nOne.",
            "---\ngreeting: Hello there\n---\nOne.",
            ("greeting: [-Hi-] {+Hello there+}",),
        ),
        (FORM, "lead: a\n", "# said\nlead: a\n", ()),
        (FORM, "lead: a\n", "lead: b\n", ("lead: [-a-] {+b+}",)),
        (WORDS, "page: {date: Date}\n", "page: {date: Day}\n", ("page.date: [-Date-] {+Day+}",)),
        (STYLE, "a{}\nb{}\n", "a{}\n", ("--- before", "+++ now", "@@ -1,2 +1 @@", " a{}", "-b{}")),
        # What cannot be read as what it should be is compared line by line.
        (FORM, "a: [", "a: {", ("--- before", "+++ now", "@@ -1 +1 @@", "-a: [", "+a: {")),
        (
            LETTER,
            f"One {LONG}.",
            "One.",
            (f"paragraph 1: [-{f'One {LONG}.'[:240]}…-]", "paragraph 1: {+One.+}"),
        ),
    ],
)
def test_each_spot_that_differs_has_a_line(path, before, now, lines):
    assert difference(path, before, now) == lines


@pytest.mark.parametrize(
    ("path", "one", "other", "same"),
    [
        (LETTER, "One  two.", "One\ntwo.", True),
        (LETTER, "One.", "---\n# a comment\n---\n{# another\none #}One.", True),
        (LETTER, "One.", "---\ngreeting: Hi\n---\nOne.", False),
        (FORM, 'lead: "a"', "# c\nlead: a", True),
        (FORM, "lead: a", "lead: b", False),
        (FORM, "lead: [", "lead: [ ", False),
        (STYLE, "a{}", "a{ }", False),
        (STYLE, "a{}", "a{}", True),
    ],
)
def test_comments_and_layout_of_words_count_for_nothing(path, one, other, same):
    assert says_the_same(path, one, other) is same


@pytest.mark.parametrize(
    ("before", "now", "counted"),
    [
        ("One. Two. Three.", "One. Two. Three.", (0, 3)),
        ("One. Two. Three.", "One. Other. Three.", (1, 3)),
        ("One.\n\nTwo.", "---\ngreeting: Hi\n---\nOne.\n\nNew.\n\nTwo.", (1, 3)),
        ("One.", "", (0, 0)),
    ],
)
def test_the_sentences_that_are_other_ones_are_counted(before, now, counted):
    assert sentences_changed(LETTER, before, now) == counted


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café\r\n".encode(), "Café"),
        ("Café".encode("utf-16"), "Café"),
        ("Café".encode("cp1252"), "Café"),
        (b"\tone", "one"),
        (b"\x89PNG\0", None),
        ("a\u202eb".encode(), None),
    ],
)
def test_a_text_is_read_however_it_was_saved_and_a_picture_is_none(data, text):
    assert text_of(LETTER, data) == text
