"""phrases/: what is typed for a setting becomes part of a sentence, or is shown as it will read."""

import pytest

from formgen.compose.text.context import words_context
from formgen.findings import Place
from formgen.model.phrases.check import phrases_put_right
from formgen.model.phrases.grammar import Grammar
from formgen.model.phrases.nouns import plural_of, with_indefinite_article
from formgen.model.phrases.organizations import in_sentence
from formgen.model.phrases.put_right import put_right
from formgen.sources.layers import Stack, base_layer
from formgen.sources.strict_yaml import parse_yaml
from tests.support.composed import compose_kit, text_of
from tests.support.locals import findings_of, minimal, resolved, write_local

ENGLISH = Stack((base_layer(),)).merged("content/en/words.yaml")
GRAMMAR = Grammar(ENGLISH, frozenset(("Riverbend", "Luis")))


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("phrase", "When the shifts allow it.", "when the shifts allow it"),
        ("phrase", "Every Two Weeks", "every two weeks"),
        ("phrase", "ONCE A MONTH", "once a month"),
        ("phrase", "Every Monday And Friday", "every Monday and Friday"),
        ("phrase", "45 Minutes,", "45 minutes"),
        ("phrase", "30 Min.", "30 min."),
        ("phrase", "Ms. Lee of the office", "Ms. Lee of the office"),
        ("phrase", "Alternate Tuesdays", "alternate Tuesdays"),
        ("phrase", "Tuesdays after school", "Tuesdays after school"),
        ("phrase", "from 6 to 7 a.m.", "from 6 to 7 a.m."),
        ("phrase", "at Mill St.", "at Mill St."),
        ("phrase", "Jane Doe", "Jane Doe"),
        ("phrase", "Luis, our secretary", "Luis, our secretary"),
        ("phrase", "IT department", "IT department"),
        ("way", "Phone", "by phone"),
        ("way", "Zoom.", "by Zoom"),
        ("way", "E-mail", "by e-mail"),
        ("way", "In Person", "in person"),
        ("way", "by phone", "by phone"),
        ("way", "online", "online"),
        ("case", "The depot on Elm Street only.", "the depot on Elm Street only"),
        ("case", "Seven Oaks Elementary", "Seven Oaks Elementary"),
        ("case", "Seven drivers", "seven drivers"),
        ("name", "The Working Group", "Working Group"),
        ("name", "the working group.", "working group"),
        ("name", "Mentoring Committee, Inc.", "Mentoring Committee, Inc."),
        ("term", "Peer Coach", "peer coach"),
        ("term", "a Buddy.", "buddy"),
        ("term", "Participating ESP", "participating ESP"),
        ("term", "Partners in Learning", "partners in learning"),
        ("organization", "The Federation of Staff.", "The Federation of Staff"),
        ("organization", "Harbor Staff Co.", "Harbor Staff Co."),
        ("label", "Pat Doe Jr.", "Pat Doe Jr."),
        ("label", "Library,", "Library"),
        ("label", "Keep good people.", "Keep good people"),
        ("label", "Help staff. Keep them.", "Help staff. Keep them."),
        ("label", "?", "?"),
    ],
)
def test_what_is_certain_is_put_right(kind, typed, said):
    right = put_right(typed, kind, GRAMMAR)

    assert (right.text, right.doubt) == (said, "")
    assert put_right(said, kind, GRAMMAR).text == said


@pytest.mark.parametrize(
    ("kind", "typed", "fix"),
    [
        ("phrase", "We meet weekly", "write a few words that go on inside it, and no sentence."),
        ("phrase", "Weekly? Yes", "write a few words that go on inside it, and no sentence."),
        ("phrase", "weekly. Or so", "write a few words that go on inside it, and no sentence."),
        ("phrase", "x" * 81, "say it in at most 80 letters."),
        ("phrase", "Secretary", 'write "Secretary" with a small letter, unless it is a name.'),
        ("phrase", "...", "write it in words."),
        ("phrase", "in Room Nob.", "delete the stop at its end, unless it belongs to the word."),
        ("way", "Phone or letter", 'begin it with a word such as "by" or "in".'),
        ("name", "Our Committee", 'leave out "Our", since sentences say "the" before it.'),
        ("name", "Elm’s Group", 'leave out "Elm’s", since sentences say "the" before it.'),
        ("term", "peer Navigator", 'write "Navigator" with a small letter, unless it is a name.'),
    ],
)
def test_what_is_not_certain_is_doubted(kind, typed, fix):
    assert put_right(typed, kind, GRAMMAR).doubt == fix


def test_a_language_without_word_lists_takes_what_is_typed():
    nothing = Grammar(parse_yaml("grammar: {locale: de}\n", base_layer().folder / "words.yaml"))

    found = [
        put_right("Alle zwei Wochen", "phrase", nothing),
        put_right("Die Gruppe", "name", nothing),
        put_right("Zoom", "way", nothing),
    ]
    assert [each.text for each in found] == ["Alle zwei Wochen", "Die Gruppe", "Zoom"]
    assert [each.doubt for each in found] == ["", "", ""]


def test_a_doubt_shows_the_sentence_where_it_was_typed(tmp_path):
    text = minimal("meetings:\n  frequency: We meet weekly\n  modes: [by phone, Owls]")
    local = write_local(tmp_path, text)

    places = [(finding.place.line, finding.place.column) for finding in findings_of(local)]
    assert places == [(9, 14), (10, 21)]
    assert [str(finding).partition(": ")[2] for finding in findings_of(local)] == [
        (
            'warning[phrase]: this will read: "How often: we meet weekly."'
            " Fix: write a few words that go on inside it, and no sentence."
        ),
        (
            'warning[phrase]: this will read: "How: Owls."'
            ' Fix: begin it with a word such as "by" or "in".'
        ),
    ]


def test_values_of_every_layer_are_put_right_and_no_file_is_changed(tmp_path):
    text = minimal("extends: state\nmeetings: {length: About an hour.}")
    pack = tmp_path / "packs" / "state" / "content"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text('id: state\nname: State\nedition: "1"\n', encoding="utf-8")
    (pack / "program.yaml").write_text("meetings: {frequency: Once a week.}\n", encoding="utf-8")
    kit = resolved(tmp_path, text)

    assert (kit.settings.meetings.frequency, kit.settings.meetings.length) == (
        "once a week",
        "about an hour",
    )
    assert kit.warnings == ()
    assert "Once a week." in (pack / "program.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "local.yaml").read_text(encoding="utf-8") == text


def test_what_is_put_right_keeps_its_place(tmp_path):
    tree = parse_yaml("meetings: {modes: [in person, phone]}\n", tmp_path / "local.yaml")
    right, found = phrases_put_right(tree, ENGLISH, Stack((base_layer(),)), "en")

    node = right.get("meetings", "modes", 1)
    assert found == []
    assert (node.value, node.place) == ("by phone", tree.get("meetings", "modes", 1).place)


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("partner in learning", "partners in learning"),
        ("mentor-in-training", "mentors-in-training"),
        ("one-on-one helper", "one-on-one helpers"),
        ("support person", "support people"),
        ("Person", "People"),
        ("woman", "women"),
        ("child", "children"),
        ("human", "humans"),
        ("buddy", "buddies"),
        ("guy", "guys"),
        ("peer coach", "peer coaches"),
    ],
)
def test_plurals(noun, plural):
    assert plural_of(noun, ENGLISH) == plural


@pytest.mark.parametrize(
    "said",
    [
        *("an hour", "a uniform", "an usher", "a one-on-one helper", "an ESP mentor", "an adviser"),
        *("an NEA mentor", "a PSEA coach", "a U.S. mentor", "a user", "an unimpressed usher"),
        *("an honest broker", "a European", "a partner in learning", "an uncle", "a honeybee"),
    ],
)
def test_articles(said):
    assert with_indefinite_article(said.partition(" ")[2], ENGLISH) == said


@pytest.mark.parametrize(
    ("name", "article", "said"),
    [
        ("Federation of Staff", "", "the Federation of Staff"),
        ("National Education Association", "", "the National Education Association"),
        ("Board of Education, District 12", "", "the Board of Education, District 12"),
        ("The Teamsters", "", "the Teamsters"),
        ("The Teamsters", "none", "The Teamsters"),
        ("Theater Workers", "", "Theater Workers"),
        ("Riverbend ESP", "", "Riverbend ESP"),
        ("Riverbend ESP", "the", "the Riverbend ESP"),
        ("Federation of Staff", "none", "Federation of Staff"),
        ("NEA", "", "NEA"),
        ("Union", "", "Union"),
        ("City of Elm", "", "the City of Elm"),
        ("Elm City", "", "Elm City"),
        ("Zoë's Union of Drivers", "", "Zoë's Union of Drivers"),
        ("Drivers' Union", "", "the Drivers' Union"),
        ("Riverbend Community School District 7", "", "Riverbend Community School District 7"),
        ("", "", ""),
    ],
)
def test_organizations_know_their_article(name, article, said):
    assert in_sentence(name, ENGLISH, article) == said


def test_sentences_name_the_local_and_those_that_begin_with_it(tmp_path):
    wording, _ = words_context(
        resolved(
            tmp_path,
            {
                "local": {
                    "name": "The Federation of Staff",
                    "district": "Board of Education of Elm",
                },
                "affiliates": {"state": {"name": "State Education Association"}},
            },
        )
    )

    def say(source):
        return wording.text(source, Place(tmp_path))

    assert say("{{ The_local }} and {{ the_local_in_full }}") == (
        "The Federation of Staff and the Federation of Staff"
    )
    assert say("{{ District }}. {{ district }}") == (
        "The Board of Education of Elm. the Board of Education of Elm"
    )
    assert say("{{ association }}") == (
        "the Federation of Staff, the State Education Association, and NEA"
    )
    assert say("{{ local.name }}") == "The Federation of Staff"


def test_terms_may_give_every_form(tmp_path):
    terms = {"mentor": "sherpa", "mentors": "sherpa folk", "a_mentor": "one sherpa"}
    wording, _ = words_context(resolved(tmp_path, {"program": {"terms": terms}}))

    said = wording.text("{{ term.A_mentor }}, {{ term.mentors }}", Place(tmp_path))
    assert said == "One sherpa, sherpa folk"


def test_a_value_that_ends_with_a_stop_gets_no_other(tmp_path):
    kit = resolved(
        tmp_path,
        {
            "local": {"name": "Staff Union, Inc.", "short_name": ""},
            "meetings": {"length": "until 3 p.m."},
        },
    )
    texts = {name: text_of(html) for name, html in compose_kit(kit).items()}

    assert [name for name, text in texts.items() if ".." in text] == []
    assert "Staff Union, Inc. met" not in texts["start-up-notice"]
    assert "Staff Union, Inc. is starting" in texts["start-up-notice"]
    assert "How long each time: until 3 p.m." in texts["welcome-mentee"]
