"""What fifty locals type, as people do, reads right on every page; or `check` has shown it."""

import functools
import random
import re
from pathlib import Path

import pytest
import yaml

from formgen.codes import Code
from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.model.phrases.kinds import phrases_of
from formgen.model.settings import Settings
from formgen.sources.tree import leaves
from tests.support.composed import compose_kit, index_of, text_of
from tests.support.locals import changed, write_local
from tests.support.proofread import BEGINS_SMALL, faults_in

COUNT = 50
TYPED = yaml.safe_load(
    Path(__file__).with_name("data").joinpath("typed_values.yaml").read_text(encoding="utf-8")
)
# Most leave a setting alone.
LEFT = 0.3


def nested(path, value):
    return functools.reduce(lambda inner, step: {step: inner}, reversed(path.split(".")), value)


def drawn(number):
    """Return the settings that one of the locals types: the first has nothing but its name."""
    dice = random.Random(number)  # noqa: S311  (the same fifty each time)
    chosen = [
        nested(path, dice.choice(values))
        for path, values in TYPED["settings"].items()
        if path == "local.name" or (number and dice.random() > LEFT)
    ]
    for bundles in TYPED["together"]:
        bundle = dice.choice(bundles) if number else {}
        chosen += [nested(path, value) for path, value in bundle.items()]
    return functools.reduce(changed, chosen, {"formgen": 1, "id": f"local-{number}"})


def texts_at(values, path):
    if not path:
        return [values] if values else []
    if path[0] == "*":
        return [text for each in values for text in texts_at(each, path[1:])]
    return texts_at(values[path[0]], path[1:])


def names_of(kit):
    """Return the words of a local's names and labels, and of the titles of its documents."""
    values = kit.values
    found = [
        text
        for path, kind in phrases_of(Settings)
        if kind in {"name", "organization", "label", "case"}
        for text in texts_at(values, path)
    ]
    found += [*values["local"]["address"], *values["program"]["job_families"]]
    found += [*values["exit"]["scale"], *values["program"]["goals"], *values["program"]["months"]]
    found += [values["credit"]["line"], *_people(values), *_labels(kit)]
    found += [each["title"] for each in make_composer(kit).documents.values()]
    return {word.strip(",.“”()'’") for text in found for word in text.replace("-", " ").split()}


def _people(values):
    """Return the phrases that hold two capitals in a row, as names do."""
    said = (text for path, _ in phrases_of(Settings) for text in texts_at(values, path))
    return [text for text in said if re.search(r"\b[A-Z]\w+ [A-Z]", text)]


def _labels(kit):
    """Return what the values of settings are called: a list of them has their capitals."""
    return [str(leaf.value) for _, leaf in leaves(kit.words.get("labels"))]


def doubted(kit):
    """Return the values that `check` has shown, as they are typed or put right."""
    shown = [w for w in kit.warnings if w.code == Code.PHRASE]
    places = {warning.place for warning in shown}
    values = kit.tree
    return [
        str(node.value)
        for path, _ in phrases_of(Settings)
        for node in nodes_at(values, path)
        if node.place in places
    ]


def nodes_at(node, path):
    if node is None or node.value is None:
        return []
    if not path:
        return [node]
    if path[0] == "*":
        return [each for child in node.value for each in nodes_at(child, path[1:])]
    return nodes_at(node.get(path[0]), path[1:])


def read(kit):
    """Return what is wrong with the words of a kit's pages."""
    pages = compose_kit(kit)
    pages["index.html"] = index_of(make_composer(kit))
    names, typed = names_of(kit), doubted(kit)
    return {
        f"{name}: {fault}"
        for name, html in pages.items()
        for fault in faults_in(html, names, typed)
        # The lines of a certificate are one sentence.
        if not (name.startswith("certificate-of") and fault.startswith(BEGINS_SMALL))
    }


@pytest.mark.slow
@pytest.mark.parametrize("part", range(5))
def test_what_people_type_reads_right_on_every_page(part, tmp_path):
    wrong = []
    for number in range(part, COUNT, 5):
        kit = resolve(write_local(tmp_path / str(number), drawn(number)))
        wrong += sorted(f"local {number}, {fault}" for fault in read(kit))

    assert wrong == []


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("We thank the the people.", "a word twice: «the the»"),
        ("The The Working Group runs it.", "a word twice: «The The»"),
        ("Ask for a an usher.", "two articles: «a an»"),
        ("It ends at noon.. Then go.", "two stops: «..»"),
        ("Bring drivers,. Then go.", "two stops: «,.»"),
        ("We meet , as we like.", "a blank before a stop: « , »"),
        (", and the district", "a lone stop: «,»"),
        ("The year ().", "nothing in brackets: «()»"),
        ("It says None here.", "a name of the code: «None»"),
        ("It is {value}.", "a name of the code: «{»"),
        ("Ask a usher, and a aide.", "a before a vowel: «a aide»"),
        ("We begin in this school year.", "in this: «in this school year»"),
        ("Call us (Jo (555) 0100).", "brackets in brackets"),
        ("It is in the First paper (A1) and Second paper (A2).", "an article before several"),
        ("You need not say why.", "stiff: «need not»"),
        ("Most pairs meet When they can.", "a capital: «When»"),
        ("We begin. the Union helps.", "a small letter begins a sentence: «the»"),
        ("the Union helps.", BEGINS_SMALL),
        ("The Union helps", "no end"),
    ],
)
def test_a_proof_reader_finds_what_is_wrong(sentence, fault):
    html = f'<div class="prose"><p>{sentence}</p></div>'

    assert [said[: len(fault)] for said in faults_in(html, {"Union", "Working", "Group"})][:1] == [
        fault
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "That that is so is a one-time thing.",
        "It ends at 7 p.m. and begins again.",
        "None of it is lost: The Union has it (F11a).",
        "Write to a.b@example.org, or see: example.org/x",
        "Is it so? Then an hour in May is enough …",
    ],
)
def test_a_proof_reader_lets_pass_what_is_right(sentence):
    html = f'<div class="prose"><p>{sentence}</p></div>'

    assert list(faults_in(html, {"Union"})) == []


def reported(kit):
    """Return what the manual says that a resolution of others said; names of partners left out."""
    text = text_of(compose_kit(kit)["manual"])
    told = re.search(r"In substance it said:(.*)This is a summary", text)
    return (
        told[1].replace(make_composer(kit).wording.context["term"]["Mentors"], "…") if told else ""
    )


@pytest.mark.slow
def test_what_is_reported_of_others_follows_no_setting(tmp_path):
    """A resolution that asks for pay does so in a local that pays nothing, too."""
    kits = [resolve(write_local(tmp_path / str(n), drawn(n))) for n in range(0, COUNT, 2)]
    told = {reported(kit) for kit in kits} - {""}

    assert {bool(kit.settings.compensation) for kit in kits} == {True, False}
    assert len(told) == 1
    assert "They should be well trained, compensated and given enough time." in told.pop()


def test_many_of_the_locals_differ_and_check_shows_some_values(tmp_path):
    texts = {yaml.safe_dump(drawn(number)) for number in range(COUNT)}
    kits = [resolve(write_local(tmp_path / str(n), drawn(n))) for n in range(COUNT)]

    assert len(texts) == COUNT
    shown = [bool(doubted(kit)) for kit in kits]
    assert COUNT / 4 < sum(shown) < COUNT * 3 / 4
