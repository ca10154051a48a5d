"""The chapters of the manual: as they are written, so that a volunteer can change them."""

import re

import pytest

from formgen.sources.layers import base_layer
from formgen.sources.strict_yaml import read_yaml
from tests.support.composed import compose_kit, text_of
from tests.support.locals import resolved

BASE = base_layer().folder
CHAPTERS = sorted((BASE / "content/en/manual").glob("*.md"))
OF_PACKS = sorted((BASE / "content/packs").glob("*/content/en/manual/*.md"))
PIECES = BASE / "content/en/say.yaml"
WORDS = [path for path in (BASE / "content").rglob("*") if path.suffix in {".md", ".yaml"}]
MOST_CONDITIONS, MOST_IN_ALL, LONGEST = 2, 150, 120


def lines_of(path):
    return path.read_text(encoding="utf-8").split("\n")


def too_long(lines):
    """Return the lines that nobody can read at one glance; the row of a table is one line."""
    return [line for line in lines if len(line) > LONGEST and not line.startswith("|")]


def puzzles_of(text):
    """Return the paragraphs with more than one condition."""
    paragraphs = re.split(r"\n\s*\n", text)
    return [each for each in paragraphs if len(re.findall(r"\{%-? *(?:if|elif)\b", each)) > 1]


def test_a_long_line_and_a_puzzle_are_seen():
    assert too_long(["a" * 121, "a" * 120, "|" + "a" * 130]) == ["a" * 121]
    assert puzzles_of("{% if a %}A{% elif b %}B{% endif %}\n\n{% if c %}C\n\n{% if d %}") == [
        "{% if a %}A{% elif b %}B{% endif %}"
    ]


@pytest.mark.parametrize("path", [*CHAPTERS, *OF_PACKS, PIECES], ids=lambda path: path.name)
def test_no_line_is_longer_than_a_line_can_be(path):
    assert too_long(lines_of(path)) == []


@pytest.mark.parametrize("path", [*CHAPTERS, *OF_PACKS], ids=lambda path: path.name)
def test_a_paragraph_has_one_condition_at_most(path):
    assert puzzles_of(path.read_text(encoding="utf-8")) == []


def test_the_manual_is_text_and_not_a_program():
    assert len(CHAPTERS) > 10
    in_all = sum(path.read_text(encoding="utf-8").count("{%") for path in CHAPTERS)
    assert in_all <= MOST_IN_ALL


def pieces():
    said = read_yaml(PIECES).get("say")
    return said.value if said and isinstance(said.value, dict) else {}


def test_a_piece_has_two_conditions_at_most_or_goes_by_one_setting():
    conditions = {
        name: sum(bool(case.text("when")) for case in piece.value)
        for name, piece in pieces().items()
        if isinstance(piece.value, list)
    }
    assert len(conditions) > 10
    assert {name: count for name, count in conditions.items() if count > MOST_CONDITIONS} == {}
    # The rows of a table have a month each.
    assert [name for name, piece in pieces().items() if "{%" in str(piece)] == ["year_rows"]


def test_every_piece_stands_in_some_words():
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORDS)
    assert [name for name in pieces() if not re.search(rf"\bsay\.{name}\b", text)] == []


# Lawyers, personnel offices and contracts go by these words.
TERMS = [
    "compensatory time",
    "confidential",
    "available",
    "quality and quantity of work",
    "commitment",
    "sense of humor",
    "recruiting members",
    "hold-harmless",
    "personnel file",
    "peer review",
    "memorandum of understanding",
]


def manual_of(tmp_path, changes):
    return text_of(compose_kit(resolved(tmp_path, changes))["manual"])


def test_terms_on_which_others_rely_stand_as_they_are(tmp_path):
    text = manual_of(tmp_path, {"compensation": ["comp-time"]}).lower()
    assert [term for term in TERMS if term not in text] == []


def test_it_says_what_is_rather_than_what_must_never_be(tmp_path):
    text = manual_of(tmp_path, {})
    assert len(re.findall(r"\b(?:nobody|never|no one)\b", text, re.IGNORECASE)) <= 16
