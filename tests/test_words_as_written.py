"""The words of the base pack as a volunteer finds them: text and not a program, and explained."""

import re

import pytest

from formgen.compose.text.context import BLANK_ENTRY, words_context
from formgen.compose.text.wording import FILTERS
from formgen.kit import resolve
from formgen.model.forms.form import Field
from formgen.model.settings import Settings
from formgen.sources.layers import base_layer
from formgen.sources.strict_yaml import read_yaml
from tests.support.composed import compose_kit, text_of
from tests.support.locals import SAMPLES, resolved

BASE = base_layer().folder
WORDS = sorted(path for path in (BASE / "content/en").rglob("*") if path.suffix in {".md", ".yaml"})
PLAIN = [path for path in WORDS if path.parent.name in {"letters", "pledges", "forms"}]
OF_PACKS = [
    path
    for folder in ("packs", "locals")
    for path in sorted((BASE / "content" / folder).rglob("content/en/*/*"))
    if path.parent.name in {"letters", "forms"}
]
PIECES = read_yaml(BASE / "content/en/say.yaml").get("say").value
LONGEST, MOST_TAGS, MOST_WARNINGS = 120, 300, 29
README = (BASE / "content/README.md").read_text(encoding="utf-8")


def tags_in(paths):
    return sum(path.read_text(encoding="utf-8").count("{%") for path in paths)


def named(path):
    return path.relative_to(BASE / "content").as_posix()


@pytest.mark.parametrize("path", [*PLAIN, *OF_PACKS], ids=named)
def test_a_letter_an_agreement_and_a_form_are_text(path):
    assert "{%" not in path.read_text(encoding="utf-8")


def test_all_words_together_have_few_conditions():
    assert len(WORDS) > len(PLAIN) > 20
    assert tags_in(WORDS) <= MOST_TAGS


@pytest.mark.parametrize("path", WORDS, ids=named)
def test_a_line_can_be_read_at_a_glance(path):
    """The row of a table is one line, whatever is in it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [each for each in lines if len(each) > LONGEST and not each.startswith("|")] == []


def test_the_kit_says_what_is_so_rather_than_what_must_never_be():
    """It said so 65 times, which felt like a warning."""
    texts = [path.read_text(encoding="utf-8") for path in WORDS]
    found = re.findall(r"\b(?:nobody|never)\b", " ".join(texts), re.IGNORECASE)
    assert len(found) < MOST_WARNINGS


# Lawyers, personnel offices and contracts go by these words.
TERMS = {
    "letter-of-understanding": [
        "confidential",
        "commitments",
        "compensatory time",
        "hold harmless",
    ],
    "confidentiality-agreement": ["confidential", "personnel file"],
    "mentor-pledge": ["confidential", "available", "quality and quantity of work", "commitments"],
    "mentee-pledge": ["confidential", "available", "quality and quantity of work", "commitments"],
}


def test_an_agreement_has_the_terms_on_which_others_rely(tmp_path):
    changes = {"compensation": ["comp-time"], "confidentiality": {"separate_agreement": True}}
    pages = compose_kit(resolved(tmp_path, changes))
    missing = {
        name: [term for term in terms if term not in text_of(pages[name]).lower()]
        for name, terms in TERMS.items()
    }
    assert {name: terms for name, terms in missing.items() if terms} == {}


# --- What may be used is explained -------------------------------------------------------------


def test_every_name_that_words_may_use_is_explained(tmp_path):
    context = words_context(resolved(tmp_path))[0].context
    names = {name for name in context if not name.startswith("_")} - set(Settings.model_fields)
    terms = {f"term.{name}" for name in context["term"] if "mentor" in name.lower()}
    entries = {f"entry.{name}" for name in BLANK_ENTRY}
    known = {*names, *terms, *entries} - {"term", "entry"}
    assert len(known) > 40
    assert sorted(name for name in known if not re.search(rf"\b{name}\b", README)) == []


def test_every_filter_is_explained():
    assert sorted(name for name in FILTERS if f"| {name}" not in README.replace("\\|", "|")) == []


def test_every_key_of_a_field_and_of_a_piece_is_explained():
    keys = [*Field.model_fields, "of", "otherwise", "when", "say", "built"]
    assert [key for key in keys if not re.search(rf"`{key}\b|\b{key}:", README)] == []


def test_every_piece_is_on_its_page_with_a_reading_for_each_sample():
    page = (BASE / "docs/pieces.md").read_text(encoding="utf-8")
    parts = {part.split("\n", 1)[0]: part for part in page.split("\n## ")[1:]}
    locals_ = [resolve(path).settings.local for path in SAMPLES]
    assert list(parts) == list(PIECES)
    for part in parts.values():
        assert re.search(r"^In `", part, re.MULTILINE)
        assert [each.name for each in locals_ if (each.short_name or each.name) not in part] == []
