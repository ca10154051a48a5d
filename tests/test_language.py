"""language.py: plurals, articles, lists, numbers, dates and times of a language."""

from pathlib import Path

import pytest

from formgen.compose.text.language import Language, capital
from formgen.sources.layers import base_layer
from formgen.sources.strict_yaml import parse_yaml, read_yaml

ENGLISH = Language("en", read_yaml(base_layer().folder / "content" / "en" / "words.yaml"))
NOTHING = Language("en", parse_yaml("", Path("words.yaml")))
SPANISH = Language(
    "es",
    parse_yaml(
        'grammar: {plural: [[z, ces], [r, res], ["", s]],'
        " article: [['', 'un {word}']], numbers: [cero, uno]}",
        Path("words.yaml"),
    ),
)


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("mentor", "mentors"),
        ("protégé", "protégés"),
        ("peer coach", "peer coaches"),
        ("boss", "bosses"),
        ("fox", "foxes"),
        ("Fish", "Fishes"),
        ("BUS", "BUses"),
        ("ESP", "ESPs"),
        ("*a", "*as"),
    ],
)
def test_english_plurals(noun, plural):
    assert ENGLISH.plural(noun) == plural


def test_the_first_rule_that_fits_makes_the_plural():
    assert [SPANISH.plural(noun) for noun in ("juez", "mentor", "guía")] == [
        "jueces",
        "mentores",
        "guías",
    ]


def test_without_rules_a_noun_is_its_own_plural():
    assert NOTHING.plural("mentor") == "mentor"


@pytest.mark.parametrize(
    ("noun", "text"),
    [
        ("mentor", "a mentor"),
        ("ESP", "an ESP"),
        ("adviser", "an adviser"),
        ("Old hand", "an Old hand"),
        ("user", "a user"),
        ("", "a"),
    ],
)
def test_english_articles(noun, text):
    assert ENGLISH.with_article(noun) == text


def test_articles_of_another_language():
    assert SPANISH.with_article("guía") == "un guía"
    assert NOTHING.with_article("mentor") == "mentor"


@pytest.mark.parametrize(
    ("items", "style", "text"),
    [
        ([], "and", ""),
        (["one"], "and", "one"),
        (["one", "two"], "and", "one and two"),
        (["one", "two", "three"], "and", "one, two, and three"),
        (["one", "two", "three"], "or", "one, two, or three"),
        (["a, b", "c & d"], "and", "a, b and c & d"),
        (["{0}", "{1}", "%s"], "and", "{0}, {1}, and %s"),
    ],
)
def test_english_lists(items, style, text):
    assert ENGLISH.listing(items, style) == text


def test_lists_of_another_language():
    assert SPANISH.listing(["uno", "dos", "tres"]) == "uno, dos y tres"
    assert SPANISH.listing(["uno", "dos"], "or") == "uno o dos"


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "zero"), (1, "one"), (10, "ten"), (11, "11"), (400, "400"), (-1, "-1")],
)
def test_small_numbers_are_words(count, text):
    assert ENGLISH.number(count) == text


def test_numbers_without_words_are_figures():
    assert [SPANISH.number(count) for count in range(4)] == ["cero", "uno", "2", "3"]
    assert NOTHING.number(3) == "3"


@pytest.mark.parametrize(
    ("language", "date", "text"),
    [
        (ENGLISH, "2026-10-02", "October 2, 2026"),
        (ENGLISH, "2028-02-29", "February 29, 2028"),
        (ENGLISH, "", ""),
        (SPANISH, "2026-10-02", "2 de octubre de 2026"),
    ],
)
def test_dates_in_words(language, date, text):
    assert language.day(date) == text


@pytest.mark.parametrize(
    ("language", "time", "text"),
    [
        (ENGLISH, "16:30", "4:30\xa0PM"),
        (ENGLISH, "8:05", "8:05\xa0AM"),
        (ENGLISH, "0:00", "12:00\xa0AM"),
        (ENGLISH, "", ""),
        (SPANISH, "16:30", "16:30"),
    ],
)
def test_times_as_the_language_says_them(language, time, text):
    assert language.clock(time) == text


@pytest.mark.parametrize(("count", "text"), [(1, "1 year"), (3, "3 years"), (75, "75 years")])
def test_spans_of_years(count, text):
    assert ENGLISH.years(count) == text
    assert SPANISH.years(1) == "1 año"


@pytest.mark.parametrize(
    ("text", "capitalised"),
    [("mentor", "Mentor"), ("ÉSP", "ÉSP"), ("éclair", "Éclair"), ("", ""), ("eSP x", "ESP x")],
)
def test_a_capital_changes_the_first_letter_alone(text, capitalised):
    assert capital(text) == capitalised
