"""The words of the base pack: our own, plain, in the local's terms, and not stale."""

import re
import warnings
from pathlib import Path

import pytest
import yaml

from formgen.compose.pages import make_composer
from formgen.kit import resolve
from formgen.sources.layers import base_layer
from tests.support.composed import FORMATS, compose_kit, index_of, text_of
from tests.support.everything import KINDS
from tests.support.locals import SAMPLES, changed, write_local
from tests.support.pictures import bitmap
from tests.support.reading import blocks_of, sentences_of, spoken_of
from tests.support.seeds import (
    EXCEPTED,
    STORE,
    WORKS,
    hash_of,
    hashes_of_works,
    runs_of,
    stored_hashes,
)
from tests.support.typefaces import give

BASE = base_layer().folder
SOURCES = sorted(
    path
    for folder in ("content", "templates")
    for path in (BASE / folder).rglob("*")
    if path.suffix in {".yaml", ".md", ".j2", ".css", ".js", ".txt"}
)
OTHER_TERMS = {"program": {"terms": {"mentor": "guide", "mentee": "newcomer"}}}


def kit_of(changes, folder):
    (folder / "logo.png").write_bytes(bitmap())
    give(folder / "fonts")
    return resolve(write_local(folder, changes))


def pages_of(kit):
    """Return every page of a kit in print, and its own page."""
    return {**compose_kit(kit), "index": index_of(make_composer(kit))}


@pytest.fixture(params=list(KINDS.values()), ids=list(KINDS))
def pages(request, tmp_path):
    """Give the pages of a local of each kind, called by the words that the works use."""
    terms = {"program": {"terms": {"mentor": "mentor", "mentee": "mentee"}}}
    return pages_of(kit_of(changed(changed(request.param, {}), terms), tmp_path))


# --- Our own ------------------------------------------------------------------------------


def copied(text, excepted=EXCEPTED):
    """Return the runs of a text that stand in one of the works."""
    stored = stored_hashes()
    return sorted(run for run in runs_of(text, excepted) if hash_of(run) in stored)


def test_the_hashes_are_those_of_the_works():
    """Where the works are not at hand, the hashes are at least those of works with our title."""
    if WORKS.is_dir():
        assert hashes_of_works(WORKS) == stored_hashes()
    assert len(stored_hashes()) == 8792
    assert STORE.stat().st_size < 500_000


@pytest.mark.parametrize(
    "text",
    [
        EXCEPTED[0],
        "see supporting our own: a manual for *ESP* mentoring\n\n  programs",
        "<p>SUPPORTING OUR OWN</p> <p>A MANUAL FOR ESP MENTORING PROGRAMS</p>",
        "1. Not at all 2. somewhat".replace("1. ", "").replace("2. ", "")
        + " quite a bit very much",
    ],
)
def test_a_run_is_seen_however_it_is_set(text):
    assert copied(re.sub(r"</?p>", " ", text), excepted=())


def test_an_exception_holds_for_the_whole_phrase_alone():
    assert copied(f"As {EXCEPTED[0]} says") == []
    assert copied("Supporting our own: a manual for ESP mentoring and more")


def test_no_source_holds_a_run_of_eight_words_of_the_works():
    found = {}
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        # The same with the names that the works use, and without the branches between the words.
        spoken = re.sub(r"\{\{\s*term\.(?:[aA]_)?(\w+)\s*\}\}", r"\1", text)
        spoken = re.sub(r"\{%.*?%\}|\{#.*?#\}|<[^>]*>", " ", spoken, flags=re.DOTALL)
        found[path.relative_to(BASE)] = [*copied(text), *copied(spoken)]

    assert found
    assert {path: runs for path, runs in found.items() if runs} == {}


def test_no_page_holds_a_run_of_eight_words_of_the_works(pages):
    assert {name: found for name, page in pages.items() if (found := copied(text_of(page)))} == {}


def test_no_page_of_a_sample_holds_a_run_of_eight_words_of_the_works(sample):
    found = {name: copied(text_of(page)) for name, page in pages_of(sample).items()}

    assert {name: runs for name, runs in found.items() if runs} == {}


# --- Plain --------------------------------------------------------------------------------

HARDEST = 7
GRADES = Path(__file__).parent / "data/reading_grades.yaml"


def grade_of(text):
    """Return the US school grade that a text takes (Flesch and Kincaid)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import textstat

    return textstat.flesch_kincaid_grade(text)


def test_the_measure_tells_plain_from_hard():
    assert grade_of("The cat sat. The dog ran. We all had fun.") < 3
    assert (
        grade_of(
            "Notwithstanding the aforementioned considerations, participating organizations"
            " necessarily retain responsibility for administrative documentation."
        )
        > 15
    )


def test_every_document_reads_as_easily_as_it_did(sample, sample_file, request):
    composer = make_composer(sample)
    said = {
        document.id: sentences_of(composer.compose(document, FORMATS["web"]).html)
        for document in sample.documents
    }
    grades = {document: grade_of(text) for document, text in said.items()}
    before = known_grades(sample_file.parent.name, grades, request)

    # Even a form says enough in sentences to be measured.
    assert [document for document, text in said.items() if len(text.split()) < 25] == []
    assert {each: grade for each, grade in grades.items() if grade > HARDEST} == {}
    # The measure jumps with each word of a short text, such as a certificate's.
    long = [each for each, text in said.items() if len(text.split()) >= 100]
    assert {each: grades[each] for each in long if grades[each] > before[each] + 0.5} == {}
    assert len(long) >= 20


def known_grades(local, grades, request):
    """Return the grades that are on record; add those of new documents with the switch."""
    on_record = yaml.safe_load(GRADES.read_text(encoding="utf-8"))
    if request.config.getoption("--rewrite-golden"):
        new = {each: round(grade, 1) for each, grade in grades.items()}
        on_record[local] = dict(sorted({**new, **on_record[local]}.items()))
        comment = GRADES.read_text(encoding="utf-8").partition("\n\n")[0]
        GRADES.write_text(f"{comment}\n\n{yaml.safe_dump(on_record)}", encoding="utf-8")
    return on_record[local]


# --- In the local's terms -----------------------------------------------------------------

PARTNER = re.compile(r"\b(?:co-?)?ment(?:or|ee)s?\b", re.IGNORECASE)


@pytest.fixture(params=list(KINDS.values()), ids=list(KINDS))
def renamed(request, tmp_path):
    """Give a local of each kind that calls the two partners by other names."""
    return kit_of(changed(request.param, OTHER_TERMS), tmp_path)


def said_in(page):
    return [*blocks_of(page), *spoken_of(page), *re.findall("<title>(.*?)</title>", page)]


def test_the_partners_are_called_by_the_locals_own_names_alone(renamed):
    composer = make_composer(renamed)
    pages = pages_of(renamed) | {
        f"{document.id} (web)": composer.compose(document, FORMATS["web"]).html
        for document in renamed.documents
    }

    found = {
        name: [text for text in said_in(page) if PARTNER.search(text)]
        for name, page in pages.items()
    }

    assert {name: texts for name, texts in found.items() if texts} == {}


def test_the_names_come_in_the_plural_and_with_capitals(tmp_path):
    text = " ".join(map(text_of, pages_of(kit_of(OTHER_TERMS, tmp_path)).values()))

    for word in ("guide", "guides", "Guide", "Guides", "newcomer", "newcomers", "Newcomer"):
        assert re.search(rf"\b{word}\b", text)
    assert not re.search(r"\ban (?:guide|newcomer)\b", text)


@pytest.mark.parametrize("path", SAMPLES, ids=[path.parent.name for path in SAMPLES])
def test_the_samples_use_their_own_names(path):
    kit = resolve(path)
    terms = kit.settings.program.terms
    text = " ".join(map(text_of, pages_of(kit).values()))

    assert re.search(rf"\b{re.escape(terms.mentor)}\b", text)
    assert re.search(rf"\b{re.escape(terms.mentee)}\b", text)
    assert bool(PARTNER.search(text)) == (terms.mentor == "mentor")


# --- Not stale ----------------------------------------------------------------------------

STALE = {
    "officers of 2006": r"Weaver|Van Roekel|Eskelsen|Billirakis|Cebulski|Crowder|Michael Marks"
    r"|Pringle|Marsha Smith|John I\. Wilson|Al Perez",
    "the CD": r"\bCDs?\b|CD-ROM|\bdiskettes?\b",
    "links of 2006": r"nea\.org|ieanea|ESPProgram",
    "addresses of 2006": r"1201 16th|822-7131|20036",
    "figures of 2006": r"2\.8 million|40 percent|K-12",
    "laws and words of the day": r"No Child Left|NCLB|closing (?:student )?achievement gap",
}


def test_nothing_stale_stands_in_the_sources():
    found = [
        f"{path.relative_to(BASE)}: {match[0]}, {name}"
        for path in SOURCES
        if Path("content/locals") not in path.relative_to(BASE).parents
        for name, pattern in STALE.items()
        for match in re.finditer(pattern, path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_nothing_stale_stands_in_the_pages(pages):
    text = " ".join(map(text_of, pages.values()))

    assert [name for name, pattern in STALE.items() if re.search(pattern, text)] == []


def test_the_credit_names_both_works(pages):
    manual = text_of(pages["manual"])

    if "After two works." not in manual:  # a local may print a line of its own
        assert "Supporting Our Own: A Manual for ESP Mentoring Programs" in manual
        assert "What is ESP Mentoring?" in manual
