"""The words of the base pack fit those who may take part, whoever these are."""

import re

import pytest

from formgen.compose.pages import make_composer
from tests.support.composed import FORMATS, text_of
from tests.support.locals import resolved
from tests.support.overlays import document_of

# What people read who ask for a partner, or may send somebody.
READ_BY_THEM = [
    "start-up-notice",
    "mentee-application",
    "welcome-mentee",
    "welcome-mentor",
    "questions-people-ask",
    "for-supervisors",
    "flyer",
    "flyer-cards",
    "answer-accepted",
]
OF_NEWCOMERS = r"\b(?:new (?!matches)|newcomers?|settled|first (?:day|week|job|year)s?|moved to)"
OF_VETERANS = r"\bfor years and would|whether new|know the job and would|experienced, and"


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    def texts_of(eligible):
        kit = resolved(tmp_path_factory.mktemp("local"), {"mentees": {"eligible": eligible}})
        made = make_composer(kit)
        return {
            name: text_of(made.compose(document_of(kit, name), FORMATS["print"]).html)
            for name in READ_BY_THEM
        }

    return texts_of


@pytest.mark.parametrize(
    ("eligible", "wrong"), [(["veteran"], OF_NEWCOMERS), (["new-hire"], OF_VETERANS)]
)
def test_no_letter_speaks_to_somebody_who_cannot_take_part(eligible, wrong, texts):
    found = {
        name: hits
        for name, text in texts(eligible).items()
        if (hits := re.findall(wrong, text, re.IGNORECASE))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("eligible", "who"),
    [
        (["new-hire"], "Staff who are new here."),
        (["transferred", "new-duties"], "Staff who have moved to another place of work or have"),
        (["veteran"], "Staff who know the job and would like some help."),
        (["new-hire", "transferred", "veteran"], "place of work, or know the job and would"),
    ],
)
def test_who_may_ask_is_said_in_a_sentence(eligible, who, texts):
    assert who in texts(eligible)["questions-people-ask"]


def test_the_words_of_the_base_pack_have_printed_apostrophes(texts):
    found = {name: re.findall(r"\w+'\w+", text) for name, text in texts(["new-hire"]).items()}
    assert {name: words for name, words in found.items() if words} == {}
