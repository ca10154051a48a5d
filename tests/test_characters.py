"""characters.py: characters that could hide, reverse or break what is printed."""

import pytest

from formgen.sources.characters import find_bad_character, tidy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words",
        "tab\tand\nnew line",
        "Zoë Adébáyò-Lindqvist",
        "Zoe\u0308",
        "Nguyễn Thị Hồng",
        "שִׁמְעוֹן",
        "محمد",
        "学校",
        "क्\u200dष",
        "👩\u200d👩\u200d👧",
        "non\u00a0breaking",
        "“quoted” – and – dashed…",
        "\ufffd",
    ],
)
def test_what_people_write_is_let_through(text):
    assert find_bad_character(text) is None


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("\x00", "U+0000 is a control character"),
        ("\x1b", "U+001B is a control character"),
        ("\r", "U+000D is a control character"),
        ("\x7f", "U+007F is a control character"),
        ("\x85", "U+0085 is a control character"),
        ("\u202a", "U+202A hides or reverses text"),
        ("\u202e", "U+202E hides or reverses text"),
        ("\u2066", "U+2066 hides or reverses text"),
        ("\u2069", "U+2069 hides or reverses text"),
        ("\u200b", "U+200B is invisible"),
        ("\u2060", "U+2060 is invisible"),
        ("\ufeff", "U+FEFF is invisible"),
        ("\u00ad", "U+00AD is invisible"),
        ("\u2028", "U+2028 breaks the line without being seen"),
        ("\u2029", "U+2029 breaks the line without being seen"),
        ("\ud800", "U+D800 is half of a character"),
        ("\ue000", "U+E000 is private to one font"),
        ("\U0010fffd", "U+10FFFD is private to one font"),
        ("\uffff", "U+FFFF is not a character"),
        ("\U000e0080", "U+E0080 is not a character"),
    ],
)
def test_what_hides_reverses_or_breaks_is_refused(character, said):
    bad = find_bad_character(f"two{character}words{character}")

    assert str(bad) == said
    assert bad.offset == 3


def test_marks_may_be_stacked_but_not_piled_up():
    assert find_bad_character("e" + "\u0301" * 8 + "e" + "\u0301" * 8) is None

    bad = find_bad_character("e" + "\u0301" * 9)

    assert str(bad) == "U+0301 is one mark too many on one letter"
    assert bad.offset == 9


def test_texts_are_composed_and_trimmed():
    assert tidy(" \u00a0Zoe\u0308 \n") == "Zo\u00eb"
