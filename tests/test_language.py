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
        (ENGLISH, "2026-10-02", "October\u00a02, 2026"),
        (ENGLISH, "2028-02-29", "February\u00a029, 2028"),
        (ENGLISH, "", ""),
        (SPANISH, "2026-10-02", "2\u00a0de octubre de 2026"),
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


def test_words_beside_a_number_are_in_its_form_and_hold_it():
    pages = {"one": "1 page", "other": "{count} pages"}

    assert [ENGLISH.counted(pages, count) for count in (1, 2)] == ["1 page", "2 pages"]
    assert ENGLISH.counted("{count} kB", 7) == "7 kB"


def test_the_words_name_the_language_whose_dates_they_have():
    words = parse_yaml("grammar: {locale: es}\n", Path("words.yaml"))
    unknown = Language("xx", words)

    assert unknown.day("2026-10-02") == "2\u00a0de octubre de 2026"
    assert unknown.weekday("2026-10-02") == "viernes"
    assert ENGLISH.weekday("2026-10-02") == "Friday"


@pytest.mark.parametrize(
    ("often", "times"),
    [
        ("every two weeks", 2),
        ("Every two weeks, and more often at the start", 2),
        ("once a month", 1),
        ("weekly", 4),
        ("biweekly", 2),
        ("twice a week", 8),
        ("when the shifts allow it", 0),
        ("", 0),
    ],
)
def test_how_many_times_a_month_is_what_people_say(often, times):
    assert ENGLISH.times_a_month(often) == times
    assert NOTHING.times_a_month(often) == 0


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Edition July 2027 here", "Edition July~2027 here"),
        ("Local 12, Room 4, P.O. Box 555", "Local~12, Room~4, P.O. Box~555"),
        ("for 45 minutes or 3 years", "for 45~minutes or 3~years"),
        ("Call (555) 555 0142 ext. 7", "Call (555)~555~0142 ext.~7"),
        ("about 7 of them", "about 7 of them"),
        ("no room in 4 of them", "no room in 4 of them"),
        ("in 2027 we meet", "in 2027 we meet"),
    ],
)
def test_no_line_ends_within_what_is_read_in_one(said, kept):
    html = ENGLISH.kept_together(f"<p>{said}</p>")
    assert html.replace("\u00a0", "~") == f"<p>{kept}</p>"


def test_only_what_is_seen_is_kept_together():
    code = "<style>a { margin: Room 4 }</style><script>let a = 3 days</script>"
    tag = '<input value="Room 4" title="3 days">'
    assert ENGLISH.kept_together(code + tag) == code + tag
    assert ENGLISH.kept_together('<p data-foot="July 2027">') == '<p data-foot="July\u00a02027">'


def test_without_lists_only_what_any_language_has_is_kept_together():
    assert NOTHING.kept_together("<p>Raum 4 und 3 Tage</p>") == "<p>Raum\u00a04 und 3 Tage</p>"
