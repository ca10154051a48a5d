"""catalog.py: the documents of the base pack, and what a layer may change in their list."""

import pytest

from formgen.findings import exit_code
from formgen.kit import resolve
from formgen.model.catalog import Catalog, read_catalog
from formgen.model.settings import Settings
from formgen.model.validate import check_shape
from formgen.sources.layers import Stack, base_layer
from formgen.sources.paths import CATALOG_FILE
from formgen.sources.strict_yaml import read_yaml
from tests.support.locals import (
    findings_of,
    lines_of,
    resolved,
    without_mark,
    write,
    write_local,
)

BASE = base_layer().folder

# The documents that were asked for, in their order, with their classes.
DOCUMENTS = {
    "manual": "public",
    "readiness-assessment": "program",
    "start-up-notice": "public",
    "mentor-application-process": "public",
    "mentor-application": "archive",
    "mentee-application": "archive",
    "welcome-mentee": "program",
    "letter-of-understanding": "program",
    "mentor-pledge": "program",
    "mentee-pledge": "program",
    "attendance-record": "archive",
    "monthly-record": "archive",
    "mentor-reflection": "private",
    "mentee-reflection": "private",
    "mentor-exit": "archive",
    "mentee-exit": "archive",
    "mentor-thank-you": "program",
    "certificate-of-completion": "program",
    "certificate-of-appreciation": "program",
    "certificate-of-service": "program",
    "confidentiality-agreement": "program",
    "needs-assessment": "program",
    "action-plan": "program",
    "interview-guide": "program",
    "mentee-interview-guide": "program",
    "match-record": "archive",
    "program-plan": "program",
    "mentor-training-outline": "program",
    "program-evaluation": "program",
    "scoring-sheet": "program",
    "answer-accepted": "program",
    "answer-waiting": "program",
    "answer-not-this-year": "program",
    "welcome-mentor": "program",
    "first-month-mentor": "program",
    "first-month-mentee": "program",
    "halfway-script": "program",
    "halfway-notes": "private",
    "questions-people-ask": "public",
    "for-supervisors": "public",
    "flyer": "public",
    "flyer-cards": "public",
    "change-request": "program",
    "sign-in-sheet": "program",
    "year-on-one-page": "public",
}


@pytest.fixture(scope="module")
def catalog():
    """Give the catalog of the base pack."""
    found, findings = check_shape(read_catalog(Stack((base_layer(),))), Catalog)
    assert findings == []
    return found


def test_the_base_pack_has_every_document_in_order_and_of_its_class(catalog):
    assert {name: entry.privacy for name, entry in catalog.documents.items()} == DOCUMENTS
    assert list(catalog.documents) == list(DOCUMENTS)


def test_every_document_has_words_and_no_words_are_left_over(catalog):
    english = BASE / "content" / "en"
    named = {entry.content for entry in catalog.documents.values() if entry.kind != "manual"}
    there = {
        path.relative_to(english).as_posix()
        for folder in ("forms", "letters", "pledges")
        for path in (english / folder).iterdir()
    }

    assert there == named


def test_every_document_has_a_code_of_its_own(catalog):
    codes = [entry.code for entry in catalog.documents.values()]

    assert sorted(set(codes)) == sorted(codes)


def test_every_document_has_the_words_for_its_footer_and_its_group(catalog):
    words = read_yaml(BASE / "content" / "en" / "words.yaml")

    for entry in catalog.documents.values():
        assert words.text("handling", entry.handling)
        assert words.text("audience", entry.audience)
        assert words.text("privacy", entry.privacy)


def test_every_step_of_the_year_has_words_documents_and_a_date_that_can_be_set(tmp_path, catalog):
    words = read_yaml(BASE / "content" / "en" / "words.yaml")
    kit = resolved(tmp_path)

    for name, step in catalog.steps.items():
        assert words.text("steps", name, "title")
        assert words.text("steps", name, "purpose")
        assert not step.until or hasattr(kit.settings.dates, step.until)
    assert {document.step for document in kit.documents} == {*catalog.steps}
    # What holds everything is of no step.
    assert {packet.id for packet in kit.packets if not packet.step} == {"complete-manual"}


def test_a_document_that_names_no_step_belongs_where_its_audience_does(tmp_path):
    write(
        tmp_path / "content/documents.yaml",
        "documents:\n"
        "  mentor-exit: {step: during}\n"
        "  journal: {code: F90, kind: form, title: J, content: forms/mentor-exit.yaml,"
        " audience: year-end, privacy: program, handling: pair}\n"
        "packets:\n"
        "  mine: {code: P90, title: Mine, purpose: P, readers: pair, documents: [mentor-exit]}\n",
    )
    kit = resolved(tmp_path)

    steps = {document.id: document.step for document in kit.documents}
    assert (steps["mentor-exit"], steps["journal"]) == ("during", "finish")
    assert {packet.id: packet.step for packet in kit.packets}["mine"] == "during"


def test_the_program_keeps_by_default_what_the_catalog_lets_it_but_the_match_record(
    tmp_path, catalog
):
    """What somebody wants to learn, and why a match ended, is kept only where a local says so."""
    settings: Settings = resolved(tmp_path).settings

    kept = {name for name, entry in catalog.documents.items() if entry.privacy == "archive"}
    assert kept - {*settings.archive.documents} == {"match-record"}
    assert {*settings.archive.documents} <= kept


BAD_CATALOGS = {
    "unknown kind": (
        "documents:\n  manual:\n    kind: ^^poem",
        "error[bad-choice]",
        '"poem" is not a choice for documents.manual.kind.',
        "use one of: manual, form, agreement, letter, certificate.",
    ),
    "content outside": (
        "documents:\n  manual:\n    content: ^^../../etc",
        "error[bad-name]",
        '"../../etc" is not allowed here.',
        r"it must match ^[a-z0-9-]+(/[a-z0-9-]+)*(\.(yaml|md))?$.",
    ),
    "content that no layer has": (
        "documents:\n  action-plan:\n    content: ^^forms/plan.yaml",
        "error[no-file]",
        "no layer has content/en/forms/plan.yaml.",
        "add the file, or correct its name.",
    ),
    "condition that does not work": (
        "documents:\n  action-plan:\n    relevant: ^^zzz",
        "error[bad-condition]",
        'the condition "zzz" does not work: there is no setting "zzz".',
        "correct it in the catalog.",
    ),
    "name of a document": (
        "documents:\n  A b: ^^{kind: form}",
        "error[bad-name]",
        '"A b" is not allowed here.',
        "use a-z, 0-9 and -, and start with a letter.",
    ),
    "reflections for the archive": (
        "documents:\n  mentor-reflection:\n    privacy: ^^archive",
        "error[private]",
        "mentor-reflection belongs to the pair alone, and no pack gives it to others.",
        "write `privacy: private`; no setting changes this.",
    ),
    "reflections for the committee": (
        "documents:\n  mentee-reflection:\n    privacy: ^^program",
        "error[private]",
        "mentee-reflection belongs to the pair alone, and no pack gives it to others.",
        "write `privacy: private`; no setting changes this.",
    ),
    "reflections to be returned": (
        "documents:\n  mentor-reflection:\n    handling: ^^return",
        "error[private]",
        "mentor-reflection belongs to the pair alone, and no pack gives it to others.",
        "write `handling: private`; no setting changes this.",
    ),
    "reflections under another name": (
        (
            "documents:\n  journal: {code: N1, kind: form, title: Journal, purpose: x,"
            " content: forms/mentor-reflection.yaml, audience: pair, privacy: ^^archive,"
            " handling: private}"
        ),
        "error[private]",
        "journal belongs to the pair alone, and no pack gives it to others.",
        "write `privacy: private`; no setting changes this.",
    ),
}


@pytest.mark.parametrize(
    ("marked", "severity_and_code", "message", "fix"), BAD_CATALOGS.values(), ids=BAD_CATALOGS
)
def test_a_local_catalog_that_does_not_work_is_found_where_it_stands(
    marked, severity_and_code, message, fix, tmp_path
):
    text, line, column = without_mark(marked)
    write(tmp_path / CATALOG_FILE, text)

    found = findings_of(write_local(tmp_path))

    assert lines_of(found, tmp_path)[:1] == [
        f"content/documents.yaml:{line}:{column}: {severity_and_code}: {message} Fix: {fix}"
    ]
    assert exit_code(found) == (4 if "private" in severity_and_code else 3)


def test_a_local_can_add_a_document_and_change_what_one_is_called(tmp_path):
    write(
        tmp_path / CATALOG_FILE,
        "documents:\n"
        "  manual: {title: Handbook}\n"
        "  journal: {code: N1, kind: form, title: Journal, purpose: Notes.,"
        " content: forms/mentor-reflection.yaml, audience: pair, privacy: private,"
        " handling: private}\n",
    )

    kit = resolve(write_local(tmp_path))

    assert kit.documents[0].naming.title.value == "Handbook"
    assert [document.id for document in kit.documents][-1] == "journal"
    assert kit.documents[-1].privacy == "private"


@pytest.mark.parametrize(
    ("key", "word", "near"),
    [
        ("handling", "comittee", "committee"),
        ("audience", "everybody", "everyone"),
        ("step", "finnish", "finish"),
    ],
)
def test_advice_readers_and_steps_that_there_are_not_are_findings(key, word, near, tmp_path):
    text = f"documents: {{manual: {{{key}: {word}}}}}\n"
    write(tmp_path / CATALOG_FILE, text)

    [finding] = findings_of(write_local(tmp_path))

    assert (finding.code, finding.place.column) == ("bad-choice", text.index(word) + 1)
    assert finding.message == f'"{word}" is not a choice for documents.manual.{key}.'
    assert f'did you mean "{near}"?' in finding.fix
