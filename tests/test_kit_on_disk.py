"""The kits of the sample locals on the disk: every document, the manifest, the links."""

import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from formgen.build.publish import INDEX, MANIFEST
from formgen.kit import resolve
from formgen.listing import default_kit
from formgen.sources.layers import base_layer
from tests.support.locals import SAMPLES
from tests.support.tiny import PACKETS

pytestmark = pytest.mark.slow

SAMPLE_IDS = [path.parent.name for path in SAMPLES]
# Packets that have nothing to fill in, or are for printing alone.
PRINTED = ("launch", "complete-manual")
# The ids that others rely on, in their order.
DESIGN = [
    "manual",
    "readiness-assessment",
    "start-up-notice",
    "mentor-application-process",
    "mentor-application",
    "mentee-application",
    "welcome-mentee",
    "letter-of-understanding",
    "mentor-pledge",
    "mentee-pledge",
    "attendance-record",
    "monthly-record",
    "mentor-reflection",
    "mentee-reflection",
    "mentor-exit",
    "mentee-exit",
    "mentor-thank-you",
    "certificate-of-completion",
    "certificate-of-appreciation",
    "certificate-of-service",
    "confidentiality-agreement",
    "needs-assessment",
    "action-plan",
    "interview-guide",
    "match-record",
    "program-plan",
    "mentor-training-outline",
    "program-evaluation",
    "scoring-sheet",
    "answer-accepted",
    "answer-waiting",
    "answer-not-this-year",
    "welcome-mentor",
    "first-month-mentor",
    "first-month-mentee",
    "halfway-script",
    "halfway-notes",
    "questions-people-ask",
    "for-supervisors",
    "flyer",
    "flyer-cards",
    "change-request",
    "sign-in-sheet",
    "year-on-one-page",
]
PRIVATE = {"mentor-reflection", "mentee-reflection", "halfway-notes"}
# What asks nothing, and the certificates, which are framed.
NOT_FILLED = {
    "manual",
    "start-up-notice",
    "mentor-application-process",
    "questions-people-ask",
    "for-supervisors",
    "flyer",
    "flyer-cards",
    "year-on-one-page",
    "certificate-of-completion",
    "certificate-of-appreciation",
    "certificate-of-service",
}
# What a sample local does without, as its settings say.
FOLDERS = ("packets/", "print/", "fillable/", "web/")
# Made where a local has days to put into it.
CALENDAR = "year.ics"
WITH_DAYS = {"riverbend-esp"}
WITHOUT = {
    "riverbend-esp": {"confidentiality-agreement"},
    "harbor-islands-ueso": {"confidentiality-agreement"},
    "juniper-flats-drivers": {
        "interview-guide",
        "monthly-record",
        "needs-assessment",
        "mentor-training-outline",
        "program-evaluation",
    },
}


@pytest.fixture(params=SAMPLE_IDS)
def kit(request, sample_kits):
    return sample_kits[request.param]


def packet_variant(name: str) -> str:
    return "packet-fillable" if name.endswith(".fillable.pdf") else "packet"


def documents_of(kit: Path) -> list[str]:
    return [document for document in DESIGN if document not in WITHOUT[kit.name]]


def manifest_of(kit: Path):
    return json.loads((kit / MANIFEST).read_text(encoding="utf-8"))


def test_the_catalog_has_every_document_in_the_agreed_order():
    built = [document.id for document in default_kit().documents]
    assert built == [document for document in DESIGN if document != "confidentiality-agreement"]
    assert sorted(WITHOUT) == SAMPLE_IDS


def test_together_the_samples_have_every_document():
    built = {document.id for path in SAMPLES for document in resolve(path).documents}
    assert built == set(DESIGN)


def test_every_document_is_there_as_pdf_and_web_page(kit):
    for document in documents_of(kit):
        assert (kit / "print" / f"{document}.pdf").read_bytes().startswith(b"%PDF-1.")
        page = (kit / "web" / f"{document}.html").read_text(encoding="utf-8")
        assert page.startswith("<!doctype html>")


def test_nothing_else_is_there(kit):
    there = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    documents = documents_of(kit)
    assert there == {
        INDEX,
        MANIFEST,
        *([CALENDAR] if kit.name in WITH_DAYS else []),
        *(f"print/{document}.pdf" for document in documents),
        *(f"web/{document}.html" for document in documents),
        *(f"fillable/{document}.pdf" for document in documents if document not in NOT_FILLED),
        *(f"packets/{packet}.pdf" for packet in PACKETS),
        *(f"packets/{packet}.fillable.pdf" for packet in PACKETS if packet not in PRINTED),
    }


def test_the_manifest_lists_every_file_but_itself(kit):
    files = manifest_of(kit)["files"]
    paths = [entry["path"] for entry in files]
    there = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    assert paths == sorted(there - {MANIFEST})
    for entry in files:
        data = (kit / entry["path"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["bytes"] == len(data)


def test_the_manifest_tells_what_each_file_is(kit):
    resolved = resolve(next(path for path in SAMPLES if path.parent.name == kit.name))
    manifest = manifest_of(kit)
    assert manifest["id"] == kit.name
    assert manifest["name"] == resolved.settings.local.name
    assert manifest["edition"] == resolved.edition
    archived = set(resolved.settings.archive.documents)
    repository = base_layer().folder
    layers = {"base": repository, kit.name: resolved.stack.local.folder}
    for entry in manifest["files"]:
        if entry["path"] in {INDEX, CALENDAR}:
            continue
        folder, _, name = entry["path"].partition("/")
        assert name.startswith(f"{entry['document']}.")
        if folder == "packets":
            assert entry["variant"] == packet_variant(name)
        else:
            assert entry["variant"] == folder
            assert (entry["privacy"] == "private") == (entry["document"] in PRIVATE)
            assert (entry["privacy"] == "archive") == (entry["document"] in archived)
        assert bool(entry["pages"]) == (folder != "web")
        assert f"{kit.name}:local.yaml" in entry["sources"]
        for source in entry["sources"]:
            layer, _, path = source.partition(":")
            assert (layers[layer] / path).is_file(), source


class Page(HTMLParser):
    """Gathers the links of a page, and what they can point at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        for name, value in attrs:
            if name in {"href", "src"}:
                self.links.append(value)
            if name == "id":
                self.ids.add(value)


def test_the_kit_s_page_links_all_files_and_only_what_exists(kit):
    page = Page((kit / INDEX).read_text(encoding="utf-8"))
    files = {link for link in page.links if link.startswith((*FOLDERS, CALENDAR))}
    listed = {entry["path"] for entry in manifest_of(kit)["files"]} - {INDEX}
    assert files == listed
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.ids
    others = [link for link in page.links if link not in files and not link.startswith("#")]
    assert {link.partition(":")[0] for link in others} <= {"https", "mailto", "tel", "data"}


def test_the_kit_s_page_lists_documents_by_the_steps_of_the_year(kit):
    page = Page((kit / INDEX).read_text(encoding="utf-8"))
    linked = [Path(link).stem for link in page.links if link.startswith("web/")]
    resolved = resolve(next(path for path in SAMPLES if path.parent.name == kit.name))
    step_of = {each.id: each.step for each in resolved.documents}
    assert linked == [
        "manual",
        *(
            document
            for step in (*resolved.steps, "")
            for document in documents_of(kit)
            if step_of[document] == step and document != "manual"
        ),
    ]


def test_every_link_of_a_web_page_leads_somewhere(kit):
    for path in sorted((kit / "web").glob("*.html")):
        page = Page(path.read_text(encoding="utf-8"))
        for link in page.links:
            if link.startswith("#"):
                assert link[1:] in page.ids, f"{path.name}: {link}"
            elif link.partition(":")[0] not in {"https", "mailto", "tel", "data"}:
                assert (path.parent / unquote(link)).is_file(), f"{path.name}: {link}"
