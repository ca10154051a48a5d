"""plurals.py: which form of a word stands beside a number, in each language."""

import pytest

from formgen.model.wording.plurals import form_for, forms_of, plural_form

RUSSIAN = {"one": "день", "few": "дня", "many": "дней", "other": "дня (1,5)"}


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("en", ("one", "other")),
        ("fr", ("one", "other")),
        ("ja", ("other",)),
        ("ru", ("many", "one", "few", "other")),
        ("ar", ("zero", "one", "two", "few", "many", "other")),
    ],
)
def test_a_language_has_the_forms_that_unicode_knows(locale, forms):
    assert forms_of(locale) == forms


def test_a_number_asks_for_its_form():
    said = {count: form_for(RUSSIAN, "ru", count) for count in (0, 1, 2, 5, 11, 21, 22, 111)}

    assert said == {
        0: "дней",
        1: "день",
        2: "дня",
        5: "дней",
        11: "дней",
        21: "день",
        22: "дня",
        111: "дней",
    }
    assert [plural_form("en", count) for count in (0, 1, 2)] == ["other", "one", "other"]


def test_other_stands_in_for_a_form_that_is_not_there():
    assert form_for({"other": "jours"}, "fr", 1) == "jours"
